# shellcheck shell=bash disable=SC2154
# process - servers of the demo's own: started as one unprivileged user, known
# by pid files, stopped by these and by nothing else.

# Servers never run as root: this is who they are then.
service_user() {
	if [ "$(id -u)" = 0 ]; then
		echo www-data
	else
		id -un
	fi
}

# as_service COMMAND...: run it as that user, with a bare environment. `exec`
# before it makes the command this very process.
as_service() {
	local become=()

	[ "$1" != exec ] || { become=(exec setsid); shift; }
	[ "$(id -u)" != 0 ] || become+=(setpriv --reuid=www-data
					--regid=www-data --clear-groups)
	"${become[@]}" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
		HOME="$state" TMPDIR="$state/tmp" "$@"
}

# When a process began, in ticks since boot: tells it from a later process
# that was given the same number.
born() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# start NAME COMMAND...: in the background, in a session of its own.
start() {
	local name=$1 pid

	shift
	as_service exec "$@" </dev/null >>"$state/log/$name.log" 2>&1 &
	pid=$!
	echo "$pid $(born $pid)" >"$state/pids/$name"
}

# alive PIDFILE: the process of that file runs, and is still the same one.
alive() {
	local pid birth

	[ -s "$1" ] && read -r pid birth <"$1" || return 1
	[ -n "$birth" ] && [ "$(born "$pid")" = "$birth" ] &&
		! grep -q '^State:[[:space:]]*Z' "/proc/$pid/status"
}

stop() {
	local file=$state/pids/$1 pid patience=300

	if alive "$file"; then
		read -r pid _ <"$file"
		kill -TERM "$pid" 2>/dev/null || true
		while alive "$file" && [ $((patience--)) -gt 0 ]; do
			sleep 0.1
		done
		! alive "$file" || kill -KILL -- "-$pid" 2>/dev/null || true
	fi
	rm -f "$file"
}

# up NAME COMMAND...: wait until the command succeeds, but not for the dead.
up() {
	local name=$1 until=$((SECONDS + 30))

	shift
	until "$@" >/dev/null 2>&1; do
		if ! alive "$state/pids/$name" || [ $SECONDS -ge $until ]; then
			tail -n 5 "$state/log/$name.log" >&2
			die "$name did not start, see $state/log/$name.log"
		fi
		sleep 0.05
	done
}
