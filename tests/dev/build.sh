# shellcheck shell=bash disable=SC2154
# build - out of tree, so that the checkout stays as git made it.

# build_in FOLDER CONFIGURE-OPTION...
build_in() {
	local folder=$1

	shift
	mkdir -p "$top/conf/build-aux" "$folder"
	[ -e "$top/configure" ] || (cd "$top" && autoreconf -i)
	[ -e "$folder/Makefile" ] ||
		(cd "$folder" && "$top/configure" -q "$@") || return
	make -s -C "$folder" -j2
}

build_all() { build_in "$top/_build" --enable-werror; }

# build_copy FOLDER: the finished house, moved to where the servers may read
# it: a checkout often lies in a home that is closed to them.
build_copy() {
	make -s -C "$top/_build" install prefix="$1" >/dev/null
}
