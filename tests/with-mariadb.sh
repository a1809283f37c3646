#!/bin/sh
# with-mariadb.sh [--keep DIR] CMD...
#
# Runs CMD beside a MariaDB server of its own: no network, one socket in a
# folder nobody else may enter, the empty database `aftersale` with sql/*.sql
# in it. CMD finds it by AFTERSALE_DB_SOCKET. Whatever CMD does, the server
# ends and its folder goes, unless --keep names one to use again next time.
#
# Making a data folder takes seconds, so that is done once for each server
# version, in AFTERSALE_CACHE (default: _build beside the sources), and copied.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 99
cache=${AFTERSALE_CACHE:-$root/_build}
keep=
if [ "${1-}" = --keep ]; then
	mkdir -p "$2" && keep=$(cd "$2" && pwd) || exit 99
	shift 2
fi
[ $# -gt 0 ] || { sed -n '2s/^# /usage: /p' "$0" >&2; exit 99; }
PATH=$PATH:/usr/sbin:/usr/local/sbin
user=$(id -un)
room=$(mktemp -d /tmp/as.XXXXXX) || exit 99	# short: a socket's path has 107 bytes
server=
cmd=

finish() {
	rc=$?
	trap '' HUP INT TERM
	[ -n "$cmd" ] && kill "$cmd" 2>/dev/null
	if [ -n "$server" ]; then
		# Data that goes anyway need not be put in order first.
		if [ -n "$keep" ]; then kill "$server"; else kill -9 "$server"; fi
		wait "$server"
	fi 2>/dev/null
	rm -rf "$room"
	exit $rc
}
trap finish EXIT
trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM

die() {
	echo "with-mariadb.sh: $*" >&2
	[ -f "$room/log" ] && tail -n 20 "$room/log" >&2
	exit 99
}

# Small files for --innodb, so that the template is quick to copy.
small='--innodb-log-file-size=8M --innodb-data-file-path=ibdata1:8M:autoextend --innodb-autoextend-increment=1'

template() {
	version=$(mariadbd --no-defaults --version) || die "install mariadb-server-core"
	template=$cache/mariadb-$(echo "$version" | sed 's/.*Ver \([^ ]*\).*/\1/')
	[ -d "$template" ] && return
	mkdir -p "$cache" && new=$(mktemp -d "$cache/mariadb-new.XXXXXX") || die "no room for a template"
	mariadb-install-db --no-defaults --user="$user" --datadir="$new" \
		--auth-root-authentication-method=normal --skip-test-db \
		--skip-name-resolve $small >"$room/log" 2>&1 || die "mariadb-install-db failed"
	mv -T "$new" "$template" 2>/dev/null || rm -rf "$new"	# somebody was faster
}

template
data=${keep:-$room/data}
[ -d "$data/mysql" ] || { mkdir -p "$data" && cp -a --reflink=auto "$template/." "$data"; } ||
	die "cannot make $data"

mariadbd --no-defaults --user="$user" --datadir="$data" --socket="$room/s" \
	--pid-file="$room/pid" --skip-networking --skip-name-resolve \
	--skip-log-bin --performance-schema=OFF --skip-slave-start $small \
	--innodb-buffer-pool-size=64M --innodb-flush-log-at-trx-commit=2 \
	--innodb-doublewrite=0 --innodb-use-native-aio=0 --key-buffer-size=1M \
	--aria-pagecache-buffer-size=8M --max-connections=60 \
	--tmpdir="$room" >"$room/log" 2>&1 &
server=$!

export AFTERSALE_DB_SOCKET="$room/s" AFTERSALE_DB_USER=root AFTERSALE_DB_NAME=aftersale
client() {
	mariadb --no-defaults --socket="$room/s" --user=root --default-character-set=utf8mb4 "$@"
}
tries=0
until [ -S "$room/s" ] && client -e 'CREATE DATABASE IF NOT EXISTS aftersale' 2>"$room/why"; do
	kill -0 "$server" 2>/dev/null || die "the server did not start"
	tries=$((tries + 1))
	[ $tries -lt 600 ] || die "the server does not answer: $(cat "$room/why")"
	sleep 0.05
done

fresh=$(client -N aftersale -e 'SHOW TABLES' | head -n 1)
for file in "$root"/sql/*.sql; do
	[ -z "$fresh" ] && [ -f "$file" ] || continue
	client aftersale <"$file" || die "$file cannot be loaded"
done

# As `aftersale migrate` would note it: all there, every step included.
if [ -z "$fresh" ] && [ -f "$root/sql/00-schema.sql" ]; then
	for version in 0 $(cd "$root/sql/step" && ls | sed -n 's/^0*\([1-9][0-9]*\)-.*\.sql$/\1/p'); do
		client aftersale -e "INSERT INTO as_schema VALUES ($version, '', '', NOW(6), 0)" ||
			die "as_schema cannot be filled"
	done
fi

# Beside the shell, so that a signal to the shell ends it at once; by way of
# 3, since what runs beside a shell has no standard input.
exec 3<&0
"$@" <&3 3<&- &
cmd=$!
wait "$cmd"
rc=$?
cmd=
exit $rc
