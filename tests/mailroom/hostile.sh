# shellcheck shell=bash disable=SC2154
# Hosts that misbehave (hostile.py): patience and memory have ends, the other
# mailboxes go on, and no letter is lost or doubled.

declare -F mailbox >/dev/null || . "$top/tests/mailroom/dovecot.sh"

mkdir -p "$box/hostile"
printf '7\n' >"$box/hostile/validity"
printf '1 one\n2 two\n3 three\n' >"$box/hostile/uids"
/usr/bin/python3 -B "$top/tests/mailroom/hostile.py" "$box/hostile" &
pids+=($!)
for ((i = 0; i < 100; i++)); do [ ! -f "$box/hostile/ports" ] || break; sleep 0.05; done

hostile() {	# hostile MODE [COLUMN=VALUE...]
	local mode=$1

	shift
	mailbox "$mode" host=127.0.0.1 port="$(sed -n "s/^$mode //p" "$box/hostile/ports")" "$@"
}

# measured SECONDS: works through what is due, and says how it was: the wall
# time, and the memory of the fetcher above one that had nothing to do.
measured() {
	/usr/bin/python3 - "$mailroom" "$box/aftersale.conf" "$box/mailroom.log" <<-'END'
	import resource, subprocess, sys, time
	began = time.time()
	subprocess.run([sys.argv[1], "--config", sys.argv[2], "--once"],
	               stderr=open(sys.argv[3], "a"))
	print(int(time.time() - began), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
	END
}

scene "what an idle fetcher takes"
read -r _ idle < <(measured)

# Each beside a mailbox that is well.
for case in 'mute slow 0' 'drip slow 0' 'dripping slow 0' 'cut cut 0' \
	    'nopass password 0' 'folders no_folder 0' 'endless well 1' 'huge well 1' \
	    'lines * 0' 'http is_other 0' 'pop3 is_pop3 0'; do
	read -r mode want letters <<<"$case"
	scene "$mode"
	hostile $mode
	rm -rf "$box/dovecot/mail/beside"
	put beside "beside $mode"
	mailbox beside
	read -r seconds peak < <(measured)
	case $want in
	well) check "state" "$(state $mode)" "0	well" ;;
	'*') check "it failed" "$(sql "SELECT failures FROM as_mailbox WHERE user = '$mode'")" 1 ;;
	*) check "state" "$(state $mode)" "1	$want" ;;
	esac
	check "patience ($seconds s)" "$((seconds <= 35))" 1
	check "memory ($peak KiB, idle $idle)" "$((peak - idle <= 16384))" 1
	check "the other mailbox" "$(mails "mailbox_id = (SELECT id FROM as_mailbox WHERE user = 'beside')")" 1
	check "its letters" "$(mails "mailbox_id = (SELECT id FROM as_mailbox WHERE user = '$mode')")" "$letters"
	check "no half of a letter" "$(halves)" 0
	[ "$want" = well ] ||
		check "it waits" "$(sql "SELECT next_at > NOW(6) + INTERVAL 20 SECOND FROM as_mailbox WHERE user = '$mode'")" 1
done

scene "who is silent keeps nobody waiting"
hostile mute
hostile drip
sql "UPDATE as_mailbox SET next_at = '2000-01-01'"
rm -rf "$box/dovecot/mail/beside"
put beside "beside the silent"
mailbox beside
once &
for ((i = 0; i < 60; i++)); do [ "$(waiting)$(mails)" = 00 ] || break; sleep 0.1; done
check "the letter is here before they have answered" "$((i < 60))" 1
check "they were asked" "$(sql "SELECT COUNT(*) FROM as_mailbox WHERE lease_until IS NOT NULL")" 2
wait $!
check "and it came once" "$(mails)" 1

scene "ten thousand folders"
hostile folders
answer folders >"$box/answer"
check "the answer has an end" "$(($(wc -c <"$box/answer") < 10000))" 1
check "and names some" "$(grep -c '"why":"no_folder".*"Folder é 0"' "$box/answer")" 1

scene "of a letter without an end the head is kept"
hostile huge
once
check "its head" "$(mails "size = 1048576 AND full_size > 26214400")" 1
due; once
check "once" "$(sql "SELECT SUM(copies) FROM as_mail")" 1

scene "numbered anew"
hostile renumber
once
check "letters" "$(sql "SELECT COUNT(*), SUM(copies) FROM as_mail")" "3	3"
printf '8\n' >"$box/hostile/validity"
printf '1 zero\n2 one\n3 two\n9 four\n' >"$box/hostile/uids"
due; once; due; once
check "letters" "$(sql "SELECT COUNT(*), SUM(copies) FROM as_mail")" "5	7"

scene "numbered anew in the middle of a round"
printf '9\n' >"$box/hostile/validity"
printf '1 one\n2 two\n' >"$box/hostile/uids"
hostile renumber
once
printf '3 three\n4 four\n' >>"$box/hostile/uids"
sql "UPDATE as_mailbox SET uidvalidity = 4711"
due; once; due; once
check "letters" "$(mails)" 4

scene "a letter that the host keeps from us blocks nobody"
hostile broken
once
check "the others" "$(mails)" 2
check "it is told" "$(state broken)" "0	kept"
due; once
check "it is told on" "$(state broken)" "0	kept"
check "it is not asked again at once" "$(grep -c 'UID FETCH 2 ' "$box/hostile/broken.log")" 1
check "but in two minutes" "$(sql "SELECT refused, again_at BETWEEN NOW(6) + INTERVAL 1 MINUTE AND NOW(6) + INTERVAL 2 MINUTE FROM as_mailbox_seen WHERE uid = '2'")" "1	1"
sql "UPDATE as_mailbox_seen SET again_at = NOW(6) WHERE uid = '2'"
due; once
check "and later in four" "$(sql "SELECT refused, again_at > NOW(6) + INTERVAL 3 MINUTE FROM as_mailbox_seen WHERE uid = '2'")" "2	1"
check "it was asked again" "$(grep -c 'UID FETCH 2 ' "$box/hostile/broken.log")" 2
check "they came once" "$(sql "SELECT SUM(copies) FROM as_mail")" 2
check "and the rest is known" "$(sql "SELECT last_uid, (SELECT COUNT(*) FROM as_mailbox_seen WHERE NOT refused) FROM as_mailbox")" "1	1"

scene "a list of numbers that mislead"
hostile mislead
once
check "it asks for those in its range alone" "$(grep -c 'UID FETCH' "$box/hostile/mislead.log")" 2

scene "forty thousand letters"
hostile crowd
sql "UPDATE as_mailbox SET begun_at = NOW(6), uidvalidity = 1, last_uid = 4294899999"
timeout 5 "$mailroom" --config "$box/aftersale.conf" --once 2>>"$box/mailroom.log" || true
check "the one there is" "$(mails)" 1
check "the others are asked for one after another" "$(sql "SELECT last_uid > 4294900010 FROM as_mailbox")" 1

scene "back-off"
hostile cut
for n in 1 2 3 4 5 6 7 8; do due; once; done
check "failures" "$(state cut)" "8	cut"
check "an hour at most" "$(sql "SELECT next_at BETWEEN NOW(6) + INTERVAL 50 MINUTE AND NOW(6) + INTERVAL 60 MINUTE FROM as_mailbox")" 1
