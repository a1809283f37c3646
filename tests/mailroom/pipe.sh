# shellcheck shell=bash disable=SC2154
# One letter by pipe: kept or asked for again, and never a word.

quiet() { check "it says nothing" "$(wc -c <"$box/said")" 0; }

scene "a letter is kept while the database is away"
letter one | pipe && rc=0 || rc=$?
check "exit status" "$rc" 0
quiet
check "it waits" "$(waiting)" 1
AFTERSALE_DB_SOCKET=/nowhere/db once && rc=0 || rc=$?
check "the worker comes again later" "$rc" 75
check "it still waits" "$(waiting)" 1
once && rc=0 || rc=$?
check "exit status" "$rc" 0
check "it is in the database" "$(mails "state = 'done' AND way = 'pipe'")" 1
check "nothing waits" "$(waiting)" 0
sha=$(letter one | sha256sum | cut -d' ' -f1)
check "its bytes are untouched" "$(sha256sum "$box/home/attachments/${sha:0:2}/${sha:2:2}/$sha" | cut -d' ' -f1)" "$sha"
check "the row knows them" "$(sql "SELECT LOWER(HEX(sha256)) FROM as_mail")" "$sha"

scene "what takes a letter is light, and needs no service"
mkdir "$box/alone"
install -m 755 "$mailroom" "$box/alone/"
letter alone | env -i "$box/alone/mailroom" --pipe --config "$box/aftersale.conf" >"$box/said" 2>&1 && rc=0 || rc=$?
check "exit status" "$rc" 0
quiet
check "it waits" "$(waiting)" 1
check "it loads no database, no mail host and no MIME" \
	"$(ldd "$mailroom" | grep -cE 'libmariadb|libcurl|libgmime|libcrypto')" 0
"$box/alone/mailroom" --once >"$box/said" 2>&1 && rc=0 || rc=$?
check "a service that is not installed" "$rc" 72
check "is told by its path" "$(cat "$box/said")" "$box/alone/mailroom-service: No such file or directory"

scene "nothing but 0 and 75, and no word"
letter x | pipe --unheard-of && rc=0 || rc=$?
check "an argument" "$rc" 75
quiet
letter x | env -i "$mailroom" --pipe --config /nowhere/conf >"$box/said" 2>&1 && rc=0 || rc=$?
check "no configuration" "$rc" 75
quiet
printf '[paths]\nhome = relative\n[nonsense]\n' >"$box/bad.conf"
letter x | env -i "$mailroom" --pipe --config "$box/bad.conf" >"$box/said" 2>&1 && rc=0 || rc=$?
check "a broken configuration" "$rc" 75
quiet
letter x | env -i AFTERSALE_PATHS_SPOOL=/proc/nowhere "$mailroom" --pipe \
	--config "$box/aftersale.conf" >"$box/said" 2>&1 && rc=0 || rc=$?
check "no folder" "$rc" 75
quiet
mkdir "$box/small"
if mount -t tmpfs -o size=64k tmpfs "$box/small" 2>/dev/null; then
	letter x "$(head -c 100000 /dev/zero | tr '\0' x)" |
		env -i AFTERSALE_PATHS_SPOOL="$box/small" "$mailroom" --pipe \
		--config "$box/aftersale.conf" >"$box/said" 2>&1 && rc=0 || rc=$?
	check "a full disk" "$rc" 75
	check "nothing of it stays" "$(find "$box/small" -type f | wc -l)" 0
	letter x | env -i AFTERSALE_PATHS_SPOOL="$box/small" "$mailroom" --pipe \
		--config "$box/aftersale.conf" >"$box/said" 2>&1 && rc=0 || rc=$?
	check "there is room again" "$rc" 0
	umount "$box/small"
	quiet
fi
letter x | (ulimit -f 4; pipe --to big@shop.example) && rc=0 || rc=$?
check "a limit of the account" "$rc" 75
quiet
pipe <&- && rc=0 || rc=$?
check "no standard input" "$rc" 75
quiet
pipe </dev/null && rc=0 || rc=$?
check "nothing at all is no letter" "$rc" 0
once
check "none of these is a letter" "$(mails)" 0
letter x | (ulimit -v 4000; pipe) 2>/dev/null && rc=0 || rc=$?
check "killed for want of memory, it was never begun" "$((rc != 0))" 1
check "no memory, no letter" "$(waiting)" 0

scene "a signal is later"
mkfifo "$box/slow"
env -i "$mailroom" --pipe --config "$box/aftersale.conf" <"$box/slow" & victim=$!
exec 7>"$box/slow"
letter half >&7
sleep 0.3
kill -TERM $victim
wait $victim && rc=0 || rc=$?
exec 7>&-
check "exit status" "$rc" 75
sleep 0.2
check "nothing is kept" "$(waiting)" 0

scene "the envelope"
sender() {	# sender EXPECTED-FROM EXPECTED-TO [OPTION...]
	local from=$1 to=$2
	shift 2
	sql "DELETE FROM as_mail"
	letter "$RANDOM$RANDOM" | pipe "$@"
	once
	check "${env[*]:1} $*" "$(sql "SELECT COALESCE(CONCAT('<', envelope_from, '>'), '-'), COALESCE(envelope_to, '-') FROM as_mail")" "$from	$to"
}
sender - -
sender '<a@b.example>' help+x@shop.example --from a@b.example --to help+x@shop.example
sender '<>' help@shop.example --from '<>' --to '<help@shop.example>'
sender '<>' - --from MAILER-DAEMON
sender - - --from 'two words@b.example' --to "$(printf 'x\ny@b.example')"
env=(PATH=/usr/bin SENDER=a@b.example RECIPIENT=help@shop.example ORIGINAL_RECIPIENT=help+t@shop.example)
sender '<a@b.example>' help+t@shop.example
sender '<c@d.example>' help+t@shop.example --from c@d.example
env=(PATH=/usr/bin SENDER= LOCAL_PART=help LOCAL_PART_SUFFIX=+t LOCAL_PART_PREFIX= DOMAIN=shop.example)
sender '<>' help+t@shop.example
env=(PATH=/usr/bin)

scene "the line of an mbox"
{ echo 'From ann@mail.example Sat Jan 31 12:00:00 2026'; letter boxed; } | pipe
{ echo 'From ann@mail.example Sat Jan 31 12:00:00 2026'; letter boxed; } | pipe
letter boxed | pipe
printf 'From' | pipe
once
check "one letter, three copies" "$(sql "SELECT copies FROM as_mail ORDER BY size DESC LIMIT 1")" 3
check "its sender" "$(sql "SELECT envelope_from FROM as_mail ORDER BY size DESC LIMIT 1")" ann@mail.example
check "four bytes are a letter as well" "$(mails)" 2

scene "a letter of 25 MiB, and one above"
big() { letter "$1"; head -c "$2" /dev/zero | tr '\0' x; }
big fits 26000000 >"$box/big"
/usr/bin/python3 - "$mailroom" "$box/aftersale.conf" "$box/big" >"$box/rss" <<'END'
import resource, subprocess, sys
subprocess.run([sys.argv[1], "--pipe", "--config", sys.argv[2]], stdin=open(sys.argv[3]), check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
END
letter small >"$box/one"
/usr/bin/python3 - "$mailroom" "$box/aftersale.conf" "$box/one" >>"$box/rss" <<'END'
import resource, subprocess, sys
subprocess.run([sys.argv[1], "--pipe", "--config", sys.argv[2]], stdin=open(sys.argv[3]), check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
END
{ read -r large; read -r small; } <"$box/rss"
check "memory does not grow with it ($large KiB, $small KiB)" "$((large - small < 2048))" 1
big above 30000000 | pipe
once
check "whole" "$(mails "size > 26000000 AND full_size IS NULL")" 1
check "the head of the other" "$(mails "size = 1048576 AND full_size > 30000000")" 1

scene "damaged files are set aside and told"
letter good | pipe
for kind in nothing 'no line' '{"way":"pipe","size":5}'; do
	printf '%s' "${kind#nothing}" >"$box/home/spool/mail/new/0$((n = ${n-0} + 1))"
done
printf '{"way":"pipe","size":500}\nhalf' >"$box/home/spool/mail/new/04"
once
check "the good one went" "$(mails)" 1
check "the others are kept" "$(find "$box/home/spool/mail/bad" -type f | wc -l)" 4
check "nothing waits" "$(waiting)" 0

scene "fifty at once are one letter"
letter same >"$box/one"
for ((i = 0; i < 50; i++)); do pipe <"$box/one" & done
wait
check "all were kept" "$(waiting)" 50
once & first=$!
once & second=$!
wait $first $second
once
check "one letter" "$(sql "SELECT COUNT(*), SUM(copies) FROM as_mail")" "1	50"
check "nothing waits" "$(waiting)" 0

for place in spool_written spool_renamed; do
	scene "killed $place"
	letter killed >"$box/one"
	env=(PATH=/usr/bin AFTERSALE_FAIL=$place:1)
	pipe <"$box/one" && rc=0 || rc=$?
	check "the mail host tries again" "$rc" 75
	env=(PATH=/usr/bin)
	pipe <"$box/one"
	once
	check "one letter" "$(mails)" 1
	check "nothing waits" "$(waiting)" 0
done

for place in mail_rows_written mail_rows_committed; do
	for time in 1 2; do
		scene "killed $place, the ${time}. time"
		for n in 1 2 3 4 5; do letter "killed $n" | pipe; done
		AFTERSALE_FAIL=$place:$time once || true
		letter "killed 6" | pipe
		AFTERSALE_FAIL=$place:$time once || true
		once
		check "six letters" "$(mails)" 6
		check "nothing waits" "$(waiting)" 0
	done
done

scene "SIGTERM ends it at once"
"$mailroom" --config "$box/aftersale.conf" 2>>"$box/mailroom.log" & service=$!
letter served | pipe
for ((i = 0; i < 100; i++)); do
	[ "$(mails)" != 1 ] || break
	sleep 0.05
done
check "it was taken" "$(mails)" 1
began=$SECONDS
kill $service
wait $service && rc=0 || rc=$?
check "exit status" "$rc" 0
check "at once" "$((SECONDS - began <= 3))" 1
