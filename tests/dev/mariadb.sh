# shellcheck shell=bash disable=SC2154
# mariadb - a private server: own folder, own Unix socket, no network.

# mariadb_make FOLDER: an empty server. Its only account is that of the user
# it runs as, through the socket, without a password.
mariadb_make() {
	as_service mariadb-install-db --no-defaults --datadir="$1" \
		--auth-root-authentication-method=socket \
		--auth-root-socket-user="$(service_user)" \
		--skip-test-db --skip-name-resolve >"$state/log/mariadb-install.log" 2>&1 ||
		die "MariaDB could not be set up: $state/log/mariadb-install.log"
}

# The words that start it; a server of the machine is never asked for its
# configuration.
mariadb_command() {
	echo mariadbd --no-defaults --datadir="$1" --socket="$2" \
		--pid-file="$1/server.pid" --skip-networking \
		--skip-name-resolve --character-set-server=utf8mb4 \
		--collation-server=utf8mb4_general_ci \
		--innodb-buffer-pool-load-at-startup=OFF \
		--innodb-buffer-pool-dump-at-shutdown=OFF \
		--performance-schema=OFF --tmpdir="$state/tmp"
	mariadb_sizes
}

# A little server for a little shop; memory as a shop of that size would give
# it when ./dev world put a big population there, or is about to. What a big
# one's buffers do not hold comes from the system's memory, where there is any.
mariadb_sizes() {
	local n=${tickets:-0}

	[ -n "${tickets:-}" ] || [ ! -s "$state/world" ] || n=$(cat "$state/world")
	if [ "$n" -lt 20000 ]; then
		echo --innodb-buffer-pool-size=64M --innodb-log-file-size=48M
	else
		echo --innodb-buffer-pool-size=1G --innodb-log-file-size=1G \
			--innodb-flush-method=fsync
	fi
	# While it is filled nobody misses what a power cut would take.
	[ -z "${tickets:-}" ] || echo --innodb-flush-log-at-trx-commit=0 \
		--innodb-doublewrite=0 --innodb-sort-buffer-size=64M
}

# mariadb_root SOCKET [ARGUMENT...]: SQL from standard input, all rights.
mariadb_root() {
	local socket=$1

	shift
	as_service mariadb --no-defaults --socket="$socket" \
		--user="$(service_user)" --default-character-set=utf8mb4 --batch \
		--skip-column-names "$@"
}
