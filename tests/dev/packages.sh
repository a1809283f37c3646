# shellcheck shell=bash disable=SC2154
# packages - what Debian has to bring. The list is the file `packages`.

# packages_missing PURPOSE...
packages_missing() {
	local purpose package command purposes=" $* " installed

	installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' |
		    sed -n 's/^ii  *//p')
	while read -r purpose package command; do
		case $purpose in ''|'#'*) continue ;; esac
		[[ $purposes == *" $purpose "* ]] || continue
		[ -z "$command" ] || [ ! -x "$(type -P "$command")" ] ||
			continue
		grep -qx "$package" <<<"$installed" || echo "$package"
	done <"$top/tests/dev/packages"
}

# packages_install PURPOSE...: asks apt only when something is missing.
packages_install() {
	local missing as_root=()

	PATH=$PATH:/usr/sbin:/sbin
	type -P dpkg-query >/dev/null || {
		warn "no dpkg here: see tests/dev/packages for what is needed"
		return
	}
	missing=$(packages_missing "$@")
	[ -n "$missing" ] || return 0
	missing=${missing//$'\n'/ }
	say "Installing $missing"
	if [ "$(id -u)" != 0 ]; then
		type -P sudo >/dev/null ||
			die "install them as root: apt-get install $missing"
		as_root=(sudo)
	fi
	# shellcheck disable=SC2086
	"${as_root[@]}" bash -s -- $missing <"$top/tests/dev/apt" ||
		die "apt-get did not install them all"
}
