# shellcheck shell=bash disable=SC2154
# check - all tests, in drawers. A drawer is a function check_NAME below, or
# an executable tests/NAME/run; whoever adds one adds nothing here. `long` is
# only opened when it is named: it may take hours, all the rest takes minutes.

drawers() {
	local name

	for name in lint build unit sanitize; do
		echo $name
	done
	for name in "$top"/tests/*/run; do
		[ ! -x "$name" ] || basename "$(dirname "$name")"
	done | grep -vx long
	[ ! -e "$top/package.json" ] || echo browser
}

check() {
	local passed=0 failed=0 began name rc words=()

	[ "${1:-}" != --list ] || { drawers; return; }
	# One that is named may be `long`; without names it is all but that.
	[ $# -gt 0 ] || mapfile -t words < <(drawers)
	[ $# -eq 0 ] || words=("$@")
	for name in "${words[@]}"; do
		[ "$(type -t "check_$name")" = function ] ||
			[ -x "$top/tests/$name/run" ] ||
			die "no drawer $name; there are: $(drawers | xargs)"
	done
	packages_install build demo check
	PATH=$PATH:/usr/sbin:/sbin
	for name in "${words[@]}"; do
		say "" "== $name"
		began=$SECONDS rc=0
		check_one "$name" || rc=$?
		if [ $rc = 0 ]; then
			passed=$((passed + 1))
			say "== $name passed in $((SECONDS - began)) s"
		else
			failed=$((failed + 1))
			say "== $name FAILED in $((SECONDS - began)) s (status $rc)"
		fi
	done
	say "" "$passed passed, $failed failed"
	[ $failed = 0 ]
}

# In a shell of its own, where -e holds: it would not inside an `if` or `||`.
check_one() {
	local drawer=$1

	if [ "$(type -t "check_$drawer")" = function ]; then
		bash -euo pipefail -c '
			top=$1
			for part in "$top"/tests/dev/*.sh; do
				. "$part"
			done
			"check_$2"' check "$top" "$drawer" </dev/null
	else
		(cd "$top" && srcdir=$top build=$top/_build \
			exec "tests/$drawer/run") </dev/null
	fi
}

# Every lint, even after one has failed.
check_lint() {
	local lint rc=0

	cd "$top" || return
	for lint in tests/lint/*.sh tests/lint/*.pl; do
		if srcdir=$top "$lint"; then
			say "ok   ${lint##*/}"
		else
			say "FAIL ${lint##*/}"
			rc=1
		fi
	done
	return $rc
}

check_build() { build_all; }

check_unit() {
	build_all
	make_check "$top/_build"
}

# All once more, with every mistake in memory and arithmetic made deadly.
check_sanitize() {
	build_in "$top/_build/sanitize" --enable-werror --enable-sanitize
	make_check "$top/_build/sanitize"
	[ ! -x "$top/tests/scene/run" ] ||
		(cd "$top" && srcdir=$top build=$top/_build/sanitize tests/scene/run)
}

# make_check FOLDER: make brings each program of ours a database of its own.
make_check() {
	local log=$1/check.log

	make -s -C "$1" -j2 check >"$log" 2>&1 || {
		cat "$1/test-suite.log" "$log" | tail -n 100
		return 1
	}
	grep -hE '^(\[  PASSED|PASS:|SKIP:)' "$1"/*.log | sort -u
}

# Whole stories in Debian's Chromium, beside a demo; `npm test` knows them.
check_browser() {
	cd "$top" || return
	build_all
	make -s -C _build launder || return
	[ node_modules/.package-lock.json -nt package-lock.json ] ||
		npm ci --silent --no-audit --no-fund
	CHROMIUM=$(type -P chromium) tests/with-demo.sh npm test --silent
}

