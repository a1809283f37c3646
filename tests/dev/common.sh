# shellcheck shell=bash
# common - words that all parts of ./dev use.

say() { printf '%s\n' "$@"; }

warn() { printf 'dev: %s\n' "$*" >&2; }

die() {
	warn "$@"
	exit 1
}

# A word nobody can guess, safe in every file and SQL text.
new_password() { od -An -N12 -tx1 /dev/urandom | tr -d ' \n'; }

# Servers never run as root: this is who they are then.
service_user() {
	if [ "$(id -u)" = 0 ]; then
		echo www-data
	else
		id -un
	fi
}

# as_service COMMAND...: run it as that user, with a bare environment.
as_service() {
	local bare=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
		    HOME="$state" TMPDIR="$state/tmp")

	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid=www-data --regid=www-data --clear-groups \
			"${bare[@]}" "$@"
	else
		"${bare[@]}" "$@"
	fi
}

# When a process began, in ticks since boot: tells it from a later process
# that was given the same number.
born() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# wait_for SECONDS WHAT COMMAND...: until the command succeeds.
wait_for() {
	local until=$((SECONDS + $1)) what=$2

	shift 2
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt "$until" ] || die "$what did not come up"
		sleep 0.05
	done
}
