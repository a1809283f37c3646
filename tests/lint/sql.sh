#!/bin/sh
# SQL stands in src/store alone, names its columns, pages by key, and is a
# literal: db_script(), which takes a file's text, is for ctl and tests.
cd "${srcdir:-.}" || exit 99
rc=0
complain() { [ -z "$2" ] || { echo "$2"; echo "  ^ $1"; rc=1; }; }

elsewhere=$(find src cgi-bin include -name '*.[ch]' ! -path 'src/store/*')
rooms=$(find src/store -name '*.c')
complain "SQL belongs to src/store" \
	"$(grep -nHE '"[^"]*\b(SELECT .* FROM|INSERT (IGNORE )?INTO|UPDATE as_|DELETE FROM|REPLACE INTO)\b' $elsewhere)"
complain "db_script is for the command line and tests" \
	"$(grep -nHE '\bdb_script\(' $elsewhere $rooms |
	   grep -vE '^(src/ctl/|src/port/db\.c|include/port/db\.h)')"
complain "name the columns" "$(grep -nHE 'SELECT ([a-z]+\.)?\*' $rooms)"
complain "page by key, never by OFFSET" "$(grep -nHE '\bOFFSET\b|LIMIT [0-9?]+, ' $rooms)"
complain "write times with NOW(6)" \
	"$(grep -nHE 'SYSDATE\(|CURRENT_TIMESTAMP|NOW\(\)' $rooms)"
complain "locks are lease rows" "$(grep -nHE 'GET_LOCK|LOCK TABLES' $rooms)"
exit $rc
