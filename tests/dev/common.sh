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
