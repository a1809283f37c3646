# shellcheck shell=bash
# apt - install the packages named, as root, starting no service.
#
# A package like nginx starts its server at once. A policy-rc.d that says no
# prevents it; one that is there already is left alone.
set -eu

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
	printf '#!/bin/sh\nexit 101\n' >"$policy"
	chmod 755 "$policy"
	trap 'rm -f "$policy"' EXIT
	trap 'exit 1' INT TERM HUP
fi

export DEBIAN_FRONTEND=noninteractive
get() { apt-get -y -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@"; }
install() { get install --no-install-recommends --no-upgrade "$@"; }

install "$@" </dev/null || {
	get update </dev/null
	install "$@" </dev/null
}
