#!/bin/bash
# with-demo.sh CMD...
#
# Runs CMD beside a demo of its own: new data, a free port. CMD finds it by
# AFTERSALE_DEMO_URL (http://127.0.0.1:PORT, no slash at the end) and
# AFTERSALE_DEMO_DIR (etc, log, mail, secrets, as tests/dev/demo.sh says).
# Whatever CMD does, the demo ends and its folder goes.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)

free_port() {
	local port

	for _ in {1..50}; do
		port=$((20000 + RANDOM % 10000))
		# shellcheck disable=SC2188
		(: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
	done
	echo $port
}

[ $# -gt 0 ] || { sed -n '2s/^# /usage: /p' "$0" >&2; exit 99; }
dir=$(mktemp -d /tmp/as.XXXX)
chmod 711 "$dir"
port=$(free_port)
finish() {
	local rc=$?

	trap '' INT TERM HUP
	"$top/dev" stop --dir "$dir/demo" || true
	[ $rc = 0 ] || (cd "$dir/demo/log" && tail -n 20 storefront.log \
		board.log panel.log config.log courier.log setup.log >&2) || true
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

"$top/dev" demo --dir "$dir/demo" --port "$port" --detach >/dev/null
AFTERSALE_DEMO_URL=http://127.0.0.1:$port AFTERSALE_DEMO_DIR=$dir/demo "$@"
