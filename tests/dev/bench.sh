# shellcheck shell=bash disable=SC2154
# bench - how fast, how near to the floor, how much slower in a big world.
# Each world is an installation of its own, as the demo's; tests/bench/README.md
# tells what is measured there.

# shellcheck disable=SC2034
declare bench_tickets bench_small bench_json bench_words bench_folder bench_fresh
declare bench_port bench_states

bench_options() {
	bench_tickets=1000000 bench_small=1000 bench_json='' bench_fresh=''
	bench_folder=$(dirname "$(default_dir)") bench_words=()
	bench_port=18090 listen=127.0.0.1 fresh='' detach=''
	while [ $# -gt 0 ]; do
		case $1 in
		--tickets)	bench_tickets=${2:?--tickets wants a number}; shift ;;
		--small)	bench_small=${2:?--small wants a number}; shift ;;
		--json)		bench_json=$(realpath -m "${2:?--json wants a file}"); shift ;;
		--dir)		bench_folder=$(realpath -m "${2:?--dir wants a folder}"); shift ;;
		--port)		bench_port=${2:?--port wants a number}; shift ;;
		--fresh)	bench_fresh=yes ;;
		--no-floor)	bench_words+=("$1") ;;
		--scene|--workers|--rounds|--seconds|--records|--connections)
				bench_words+=("$1" "${2:?$1 wants a value}"); shift ;;
		*)		usage >&2; exit 64 ;;
		esac
		shift
	done
	[[ $bench_tickets =~ ^[1-9][0-9]*$ && $bench_small =~ ^[0-9]+$ ]] ||
		die "--tickets and --small want numbers"
}

# Both worlds are up at once and take turns: what the machine does elsewhere
# meanwhile, it does to both.
bench() {
	local began=$SECONDS small=() rc=0 told="./dev bench $*"

	bench_options "$@"
	packages_install build demo bench
	PATH=$PATH:/usr/sbin:/sbin
	build_all
	make -s -C "$top/_build" floor
	mkdir -p "$bench_folder"
	bench_states=()
	trap bench_down EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	if [ "$bench_small" -gt 0 ] && [ "$bench_small" != "$bench_tickets" ]; then
		bench_up "$bench_small" $((bench_port + 1)) pristine
		small=(--small "$bench_small" --small-state "$state" --small-port "$port")
	fi
	bench_up "$bench_tickets" "$bench_port" ''
	/usr/bin/python3 "$top/tests/bench/bench.py" --state "$state" --port "$port" \
		--tickets "$bench_tickets" --json "$state/result.json" \
		--command "$told" "${small[@]}" "${bench_words[@]}" || rc=1
	[ -z "$bench_json" ] || [ $rc != 0 ] || cp "$state/result.json" "$bench_json"
	[ $rc = 0 ] || die "some scenes failed; logs are in $bench_folder/*/log"
	say "" "Took $((SECONDS - began)) s."
}

bench_down() {
	for state in "${bench_states[@]}"; do
		demo_down
	done
}

# Worlds below 200 tickets are made through the pages, by bench.py.
bench_made() {
	[ "$1" -ge 200 ] || return 0
	[ ! -s "$state/world" ] || return 0
	"$top/dev" world --tickets "$1" --dir "$state"
}

bench_restore() {
	[ -s "$state/world" ] || return 0
	if [ -e "$state/db.pristine" ]; then
		rm -rf "${state:?}/db"
		cp -a "$state/db.pristine" "$state/db"
	else
		cp -a "$state/db" "$state/db.pristine"
	fi
}

# bench_up TICKETS PORT PRISTINE: all of a demo but its programs, its shop and
# its courier: what is measured is started by bench.py, and nothing else works
# meanwhile. With PRISTINE the data of the last run is forgotten: what a run
# writes would make a small world another one.
bench_up() {
	state=$bench_folder/aftersale-bench-$1 port=$2
	[ -z "$bench_fresh" ] || [ ! -e "$state/made-by-aftersale-demo" ] ||
		rm -rf "$state"
	port_is_free
	bench_made "$1"
	[ -z "$3" ] || bench_restore
	demo_not_running
	demo_folders
	bench_states+=("$state")
	install -m 755 "$top/_build/floor" "$state/app/libexec/aftersale/"
	demo_database
	demo_sql --execute='SET GLOBAL innodb_buffer_pool_size = 1 << 30,
		innodb_log_file_size = 1 << 30, innodb_flush_log_at_trx_commit = 1'
	demo_sink
	demo_config
	demo_setup
	bench_nginx >>"$state/etc/nginx.conf"
	start nginx nginx -p "$state" -c "$state/etc/nginx.conf" -e stderr
	up nginx test -s "$run/nginx.pid"
}

# The same server with the floor in it, under /floor as the others under /help.
bench_nginx() {
	local conf

	conf=$(sed '/^location \/ {/,$d' "$state/etc/nginx.conf")
	: >"$state/etc/nginx.conf"
	cat <<-END
	$conf
	location ~ ^/floor(/|\$) {
		fastcgi_split_path_info ^(/floor)(.*)\$;
		fastcgi_pass unix:$run/floor.sock;
	}
	}
	}
	END
}
