#!/bin/sh
# Every requirement PC-01 to PC-62 has a row in tests/README.md, and every row
# there names tests that exist.
cd "${srcdir:-.}" || exit 99
rc=0
complain() { echo "rows.sh: tests/README.md: $*"; rc=1; }

for n in $(seq -w 1 62); do
	case $(grep -c "^| PC-$n |" tests/README.md) in
	1) ;;
	0) complain "PC-$n has no row" ;;
	*) complain "PC-$n has several rows" ;;
	esac
done

# The last column of each row, one test a line: "x.scene", "dir/file" or
# "x_test.c: name".
tests() {
	sed -n 's/^|.*| \([^|]*\) |$/\1/p' tests/README.md |
		sed -e '/^proved by$/d' -e '/^every scene$/d' \
			-e 's/_test\.c: /_test.c:/g' | tr ' ' '\n'
}

exists() {
	case $1 in
	*_test.c:*)	grep -qx "TEST(${1#*:})" "tests/unit/${1%%:*}" 2>/dev/null ;;
	*.scene)	[ -f "tests/scene/$1" ] ;;
	*/*)		[ -f "tests/$1" ] ;;
	*)		false ;;
	esac
}

for test in $(tests | sort -u); do
	exists "$test" || complain "there is no $test"
done
if grep -q '^| PC-[0-9]* |[^|]*|  *|$' tests/README.md; then
	complain "a row names no test"
fi
exit $rc
