# shellcheck shell=bash disable=SC2154
# demo - the help desk beside a little shop, all in one folder:
#
#	app/	the installed programs		db/	MariaDB's data
#	site/	shop and mail sink		mail/	every mail sent
#	etc/	configuration			files/	attachments, spool
#	log/	what each server says		pids/	what runs now
#	run/	sockets				signins.txt
#
# Everything runs as one unprivileged user, on sockets and loopback ports of
# its own. What runs is known by pid files, so nothing else is ever stopped.

# shellcheck disable=SC2034
declare top state run port listen detach fresh address base
declare pw_owner pw_desk pw_views pw_shop pw_admin pw_agent pw_sso pw_cookie

default_dir() {
	local home=${XDG_STATE_HOME:-$HOME/.local/state}

	# Root's home is closed to the user that the servers run as.
	[ "$(id -u)" != 0 ] || home=/var/lib
	echo "$home/aftersale-demo"
}

demo_options() {
	state=$(default_dir) port=8080 listen=127.0.0.1 detach='' fresh=''
	while [ $# -gt 0 ]; do
		case $1 in
		--port)		port=${2:?--port wants a number}; shift ;;
		--dir)		state=${2:?--dir wants a folder}; shift ;;
		--listen)	listen=${2:?--listen wants an address}; shift ;;
		--detach)	detach=yes ;;
		--fresh)	fresh=yes ;;
		*)		usage >&2; exit 64 ;;
		esac
		shift
	done
	[[ $port =~ ^[0-9]{1,5}$ && $port -gt 0 && $port -lt 65536 ]] ||
		die "$port is no port"
	state=$(realpath -m "$state")
	[[ $state != *[[:space:]\'\"\\\;\{\}\$\|\&\#]* ]] ||
		die "$state: a name without spaces, quotes or \\ ; { } \$ | & # please"
}

demo() {
	local began=$SECONDS

	demo_options "$@"
	packages_install build demo
	PATH=$PATH:/usr/sbin:/sbin
	demo_not_running
	port_is_free
	build_all
	demo_folders
	trap demo_down EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	demo_database
	demo_sink
	demo_config
	demo_setup
	demo_servers
	demo_signins
	say "" "Started in $((SECONDS - began)) s. Everything is in $state."
	if [ -n "$detach" ]; then
		trap - EXIT
		say "End it with: ./dev stop --dir $state"
	else
		say "Ctrl-C ends it and keeps all data."
		demo_watch
	fi
}

demo_stop() {
	demo_options "$@"
	[ -d "$state/pids" ] || die "no demo in $state"
	demo_down
}

demo_down() {
	local name

	trap '' INT TERM HUP
	for name in nginx shop storefront board panel config mailroom courier sink mariadb; do
		stop $name
	done
	demo_forget_run_folder
}

# Stay until a signal comes or a server is gone.
demo_watch() {
	local file

	while :; do
		for file in "$state"/pids/*; do
			alive "$file" || die "${file##*/} ended by itself, see" \
				"$state/log/${file##*/}.log"
		done
		sleep 1 &
		wait $! || true
	done
}

# --- before the start --------------------------------------------------

demo_not_running() {
	local file

	for file in "$state"/pids/*; do
		! alive "$file" ||
			die "a demo runs in $state already; ./dev stop --dir $state ends it"
	done
}

# Where it is seen from this machine.
demo_address() {
	address=$listen
	[ "$address" != 0.0.0.0 ] || address=127.0.0.1
	base=http://$address:$port
}

port_is_free() {
	demo_address
	case $listen in
	127.*)	;;
	*)	warn "--listen $listen: everyone who reaches this machine can" \
			"read the demo's pages and mails, without encryption" ;;
	esac
	# shellcheck disable=SC2188
	if (: <>"/dev/tcp/$address/$port") 2>/dev/null; then
		die "port $port of $address is taken by another program;" \
			"choose one with --port N"
	fi
}

demo_folders() {
	local mark=$state/made-by-aftersale-demo

	if [ -e "$state" ] && [ ! -e "$mark" ] && [ -n "$(ls -A "$state")" ]; then
		die "$state is not empty and no demo of ours; choose another --dir"
	fi
	[ -z "$fresh" ] || [ ! -e "$mark" ] || rm -rf "${state:?}"/*
	umask 022
	mkdir -p "$state"/{app,db,done,etc,files/attachments,files/spool} \
		"$state"/{log,mail,pids,run,site,tmp}
	: >>"$mark"
	: >>"$state/log/aftersale.log"
	chmod 711 "$state" "$state"/{etc,log}
	chmod 700 "$state"/{db,files,mail,run,tmp}
	build_copy "$state/app"
	cp -u "$top"/tests/demo/*.{py,css} "$state/site/"
	demo_run_folder
	demo_secrets
	hand_over -R "$state"/{db,files,log/aftersale.log,mail,run,tmp} "$run"
	as_service test -r "$state/site/shop.py" ||
		die "$(service_user) cannot reach $state;" \
			"choose another --dir, such as /var/tmp/aftersale"
}

# hand_over FILE...: to the servers' user. What root reads again (secrets, pid
# files) is never among them: a server must not tell root what to do.
hand_over() {
	[ "$(id -u)" != 0 ] || chown www-data:www-data "$@"
}

# A socket's path has room for 107 bytes.
demo_run_folder() {
	run=$state/run
	[ ${#run} -gt 80 ] || return 0
	demo_forget_run_folder
	run=$(mktemp -d /tmp/as.XXXX)
	echo "$run" >"$state/run-is-at"
}

demo_forget_run_folder() {
	[ ! -s "$state/run-is-at" ] ||
		rm -rf "$(cat "$state/run-is-at")" "$state/run-is-at"
}

# New passwords for every demo; kept as shell variables.
demo_secrets() {
	local file=$state/secrets name

	[ -s "$file" ] || (
		umask 077
		for name in owner desk views shop admin agent sso cookie; do
			echo "pw_$name=$(new_password)$(new_password)"
		done >"$file"
	)
	# shellcheck source=/dev/null
	. "$file"
	pw_admin=${pw_admin:0:16} pw_agent=${pw_agent:0:16}
}

# once NAME COMMAND...: what is done at the first start only.
once() {
	local name=$1

	shift
	[ -e "$state/done/$name" ] || {
		"$@"
		: >"$state/done/$name"
	}
}

# --- the database ------------------------------------------------------

demo_sql() { mariadb_root "$run/db.sock" "$@"; }

demo_database() {
	once mariadb mariadb_make "$state/db"
	# shellcheck disable=SC2046
	start mariadb $(mariadb_command "$state/db" "$run/db.sock")
	up mariadb demo_sql --execute='SELECT 1'
	once accounts demo_accounts
	once shop demo_shop
}

# The help desk reads the shop through views, with an account that may
# nothing else; only `owner`, who makes them, sees the shop's tables.
demo_accounts() {
	demo_sql <<-END
	CREATE DATABASE aftersale CHARACTER SET utf8mb4;
	CREATE DATABASE aftersale_views CHARACTER SET utf8mb4;
	CREATE DATABASE mokka CHARACTER SET utf8mb4;
	CREATE USER owner@localhost IDENTIFIED BY '$pw_owner';
	CREATE USER aftersale@localhost IDENTIFIED BY '$pw_desk';
	CREATE USER aftersale_shop@localhost IDENTIFIED BY '$pw_views';
	CREATE USER mokka@localhost IDENTIFIED BY '$pw_shop';
	GRANT ALL ON aftersale.* TO owner@localhost;
	GRANT ALL ON aftersale_views.* TO owner@localhost;
	GRANT SELECT ON mokka.* TO owner@localhost;
	GRANT SELECT, INSERT, UPDATE, DELETE ON aftersale.* TO aftersale@localhost;
	GRANT SELECT ON aftersale_views.* TO aftersale_shop@localhost;
	GRANT SELECT ON mokka.* TO mokka@localhost;
	END
}

demo_shop() {
	/usr/bin/python3 "$top/tests/demo/world.py" | demo_sql mokka
}

# The sink takes a free port and writes it down.
demo_sink() {
	rm -f "$run/sink.port"
	start sink /usr/bin/python3 "$state/site/sink.py" \
		--mail "$state/mail" --http "$run/sink.sock" \
		--port-file "$run/sink.port" \
		--pipe "$(program mailroom) --pipe --config $state/etc/aftersale.conf" \
		--desk help@mokka.example
	up sink test -s "$run/sink.port"
}

# --- the help desk -----------------------------------------------------

program() { find "$state/app" -type f -name "$1" -perm -u+x | head -n 1; }

ctl() { as_service "$(program aftersale)" --config "$state/etc/owner.conf" "$@"; }

demo_setup() {
	ctl migrate >>"$state/log/setup.log"
	once "views-$(cksum <"$top/sql/shops/demo.sql" | cut -d' ' -f1)" demo_views
	once people demo_people
	once settings demo_settings
}

# What the owner of this shop would write into General and Mail.
demo_settings() {
	demo_sql aftersale <<-END
	INSERT INTO as_setting (shop_id, name, value) VALUES
		(1, 'shop_name', 'Mokka & Mehl'), (1, 'shop_url', '$base/'),
		(1, 'zone', 'Europe/Berlin'), (1, 'customer_theme', 'auto'),
		(1, 'imprint_url', '$base/imprint'),
		(1, 'privacy_url', '$base/privacy'),
		(1, 'accessibility_url', '$base/accessibility'),
		(1, 'notify_address', 'shop@mokka.example'),
		(1, 'mail_in', '1')
	ON DUPLICATE KEY UPDATE value = VALUES(value);
	UPDATE as_setting SET value = value + 1 WHERE name = 'revision';
	END
}

demo_views() { ctl shop apply main --from mokka >>"$state/log/setup.log"; }

demo_people() {
	demo_person admin@mokka.example 'Ada Okonkwo' administrator "$pw_admin"
	demo_person ben@mokka.example 'Ben Sørensen' agent "$pw_agent"
}

# demo_person EMAIL NAME ROLE PASSWORD
demo_person() {
	local file=$state/etc/password

	(umask 077; echo "$4" >"$file")
	hand_over "$file"
	ctl admin add --email "$1" --name "$2" --role "$3" \
		--password-file "$file" >>"$state/log/setup.log"
	rm -f "$file"
}

demo_servers() {
	local name

	for name in storefront board panel config; do
		rm -f "$run/$name.sock"
		start $name "$(program $name)" --config "$state/etc/aftersale.conf" \
			--socket "$run/$name.sock" --workers 3
	done
	start courier "$(program courier)" --config "$state/etc/aftersale.conf"
	start mailroom "$(program mailroom)" --config "$state/etc/aftersale.conf"
	start shop /usr/bin/python3 "$state/site/shop.py" \
		--config "$state/etc/shop.json" --http "$run/shop.sock"
	for name in storefront board panel config shop; do
		up $name test -S "$run/$name.sock"
	done
	start nginx nginx -p "$state" -c "$state/etc/nginx.conf" -e stderr
	up nginx test -s "$run/nginx.pid"
	up courier true
	up mailroom true
}

demo_signins() {
	(
		umask 077
		cat >"$state/signins.txt" <<-END
		Shop         $base/
		             choose a customer there; no password
		Help desk    $base/help/
		Panel        $base/help/panel/
		Settings     $base/help/config/
		Mails        $base/mail/

		Administrator  admin@mokka.example  $pw_admin
		Agent          ben@mokka.example    $pw_agent
		Guest          guest@example.org    order MM-20001, the link comes by mail
		END
	)
	say "" "$(cat "$state/signins.txt")"
}
