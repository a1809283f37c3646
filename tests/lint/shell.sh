#!/bin/sh
# Shell is read by shellcheck; bash is written for people who know C.
cd "${srcdir:-.}" || exit 99
command -v shellcheck >/dev/null || { echo "install shellcheck"; exit 77; }
rc=0
shellcheck -x -S warning dev .ci/run tests/dev/apt tests/dev/*.sh tests/lint/shell.sh \
	tests/lint/self-test.sh tests/with-demo.sh po/extract || rc=1
for file in tests/*/run; do
	[ ! -f "$file" ] || ! head -n 1 "$file" | grep -q 'sh$' ||
		shellcheck -x -S warning "$file" || rc=1
done
exit $rc
