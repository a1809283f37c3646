# shellcheck shell=bash disable=SC2154
# world - a demo installation with three years behind it, for measuring.

declare tickets day bytes

world() {
	world_options "$@"
	packages_install build demo
	PATH=$PATH:/usr/sbin:/sbin
	world_refuse
	build_all
	make -s -C "$top/_build" world
	world_room
	if alive "$state/pids/mariadb"; then
		world_beside
	else
		world_ground
	fi
	world_fill
}

world_options() {
	local rest=()

	tickets='' day='' bytes=''
	while [ $# -gt 0 ]; do
		case $1 in
		--tickets)	tickets=${2:?--tickets wants a number}; shift ;;
		--day)		day=${2:?--day wants YYYY-MM-DD}; shift ;;
		--bytes)	bytes=${2:?--bytes wants a number}; shift ;;
		--dir|--port)	rest+=("$1" "${2:?$1 wants a value}"); shift ;;
		*)		usage >&2; exit 64 ;;
		esac
		shift
	done
	demo_options "${rest[@]}"
	[[ $tickets =~ ^[1-9][0-9]{0,6}$ && $tickets -le 2000000 ]] ||
		world_usage "--tickets is a number from 1 to 2000000"
	[[ $day =~ ^([0-9]{4}-[0-9]{2}-[0-9]{2})?$ ]] ||
		world_usage "--day is written YYYY-MM-DD"
	[[ $bytes =~ ^[0-9]{0,9}$ ]] || world_usage "--bytes is a number"
}

world_usage() {
	warn "$@"
	usage >&2
	exit 64
}

# A world is made once; the program looks again, at the tables.
world_refuse() {
	[ ! -s "$state/world" ] ||
		die "$state has a world of $(cat "$state/world") tickets already;" \
			"choose another --dir"
}

# Before anything is written; the program looks again.
world_room() {
	local disk=$state

	while [ ! -d "$disk" ]; do
		disk=$(dirname "$disk")
	done
	"$top/_build/world" --tickets "$tickets" ${bytes:+--bytes "$bytes"} \
		--data "$disk" || exit 1
}

# A demo runs there: its server takes the world as it is.
world_beside() {
	run=$state/run
	[ ! -s "$state/run-is-at" ] || run=$(cat "$state/run-is-at")
	[ "$tickets" -lt 20000 ] || demo_sql --execute="SET GLOBAL
		innodb_buffer_pool_size = 1 << 30, innodb_log_file_size = 1 << 30"
}

# The installation itself, as a demo makes it at its first start; what was
# started for it ends with it.
world_ground() {
	demo_address
	demo_folders
	trap demo_down EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	demo_database
	demo_sink
	demo_config
	demo_setup
	stop sink
}

world_fill() {
	# A checkout may be closed to the servers' user.
	install -m 755 "$top/_build/world" "$state/app/world"
	as_service "$state/app/world" --tickets "$tickets" ${day:+--day "$day"} \
		${bytes:+--bytes "$bytes"} --socket "$run/db.sock" \
		--files "$state/files/attachments" --data "$state/db" || exit 1
	echo "$tickets" >"$state/world"
}
