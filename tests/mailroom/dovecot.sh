# shellcheck shell=bash disable=SC2154
# Letters fetched from a real Dovecot (host.sh).

declare -F start_dovecot >/dev/null || . "$top/tests/mailroom/host.sh"
declare -F dovecot_runs >/dev/null || start_dovecot
dovecot_runs() { :; }

for kind in imap pop3; do
	for tls in none starttls tls; do
		scene "$kind, $tls"
		case $kind$tls in
		imaptls) port=$imaps ;; pop3tls) port=$pop3s ;;
		imap*) port=$imap ;; *) port=$pop3 ;;
		esac
		for n in 1 2 3; do put "u$kind$tls" "$kind $tls $n"; done
		mailbox "u$kind$tls" kind=$kind port="$port" tls=$tls
		once
		check "letters" "$(mails "way = '$kind'")" 3
		check "state" "$(state "u$kind$tls")" "0	well"
		due; once
		check "they are fetched once" "$(sql "SELECT SUM(copies) FROM as_mail")" 3
		put "u$kind$tls" "$kind $tls 4"
		due; once
		check "and the next one" "$(sql "SELECT COUNT(*), SUM(copies) FROM as_mail")" "4	4"
		check "they stay" "$(lies "u$kind$tls")" 4
		rm -rf "$box/dovecot/mail/u$kind$tls"
	done
done

for kind in imap pop3; do
	[ $kind = imap ] && port=$imap || port=$pop3
	scene "$kind: what lay there before us is not ours"
	put old "old $kind 1"
	mailbox old kind=$kind port="$port" old_too=0
	once
	check "old ones" "$(mails)" 0
	put old "new $kind"
	due; once
	check "new ones" "$(mails)" 1
	rm -rf "$box/dovecot/mail/old"

	scene "$kind: deleted afterwards"
	for n in 1 2 3; do put gone "gone $kind $n"; done
	mailbox gone kind=$kind port="$port" afterwards=delete
	once
	check "letters" "$(mails)" 3
	check "nothing stays" "$(lies gone)" 0
	rm -rf "$box/dovecot/mail/gone"
done

scene "moved afterwards, into a folder that is made"
for n in 1 2; do put moved "moved $n"; done
mailbox moved afterwards=move move_to='Erledigt & gelöscht'
once
check "letters" "$(mails)" 2
check "none is left" "$(lies moved)" 0
check "they are there" "$(lies moved 'Erledigt &- gel&APY-scht')" 2
check "a test knows the folder" "$(answer moved | grep -c '"Erledigt & gelöscht"')" 1
check "state" "$(state moved)" "0	well"

scene "a folder of another name"
put folder "in a folder" Support
put folder "in the inbox"
mailbox folder folder=Support
once
check "letters" "$(sql "SELECT COUNT(*) FROM as_mail")" 1

scene "the folder was numbered anew"
for n in 1 2 3; do put anew "anew $n"; done
mailbox anew
once
check "letters" "$(mails)" 3
sleep 1.1	# Dovecot takes the time for it
rm -f "$box"/dovecot/mail/anew/dovecot*
put anew "anew 4"
due; once; due; once
check "none is lost, none is doubled" "$(mails)" 4
check "those that came again were recognised" "$(sql "SELECT SUM(copies) FROM as_mail")" 7
check "state" "$(state anew)" "0	well"

scene "many letters, in batches"
for ((n = 0; n < 120; n++)); do put many "many $n"; done
mailbox many
once
check "letters" "$(sql "SELECT COUNT(*), SUM(copies) FROM as_mail")" "120	120"

scene "one letter by pipe, IMAP and POP3"
author=zoe	# of whom there was nothing yet: Ann has written too much
put three "three ways"
mailbox three
mailbox three kind=pop3 port="$pop3" name=again
{ echo 'Return-Path: <ann@mail.example>'; letter "three ways"; } | pipe --from ann@mail.example
letter "three ways" | pipe --from ann@mail.example
once; once
check "letters that differ in their bytes" "$(($(mails) > 1))" 1
check "messages made of them" "$(sql "SELECT COUNT(DISTINCT message_id) FROM as_mail")" 1
check "tickets" "$(sql "SELECT COUNT(*) FROM as_ticket WHERE subject = 'three ways'")" 1
check "messages" "$(sql "SELECT COUNT(*) FROM as_message m JOIN as_ticket t ON t.id = m.ticket_id WHERE t.subject = 'three ways' AND m.kind = 'customer'")" 1
[ $failed = 0 ] || sql "SELECT way, state, class, outcome, reason, message_id, last_error FROM as_mail"
author=ann

scene "two mailrooms share the work"
for ((n = 0; n < 40; n++)); do put shared "shared $n"; put shared2 "shared2 $n"; done
mailbox shared
mailbox shared2 kind=pop3 port="$pop3"
once & first=$!
once & second=$!
wait $first $second
once
check "letters" "$(sql "SELECT COUNT(*), SUM(copies) FROM as_mail")" "80	80"

for place in spool_written spool_renamed letter_collected; do
	for kind in imap pop3; do
		scene "killed $place ($kind)"
		[ $kind = imap ] && port=$imap || port=$pop3
		for n in 1 2 3 4; do put victim "victim $n"; done
		mailbox victim kind=$kind port="$port" afterwards=delete
		AFTERSALE_FAIL=$place:2 once || true
		due; once; due; once
		check "letters" "$(mails)" 4
		check "nothing waits" "$(waiting)" 0
		check "nothing stays there" "$(lies victim)" 0
		rm -rf "$box/dovecot/mail/victim"
	done
done

scene "what is wrong, in a word"
put words "a letter"
mailbox words
check "nothing" "$(why words)" well
check "letters are counted" "$(answer words | grep -c '"letters":1')" 1
check "the test takes nothing" "$(mails)" 0
mailbox wrong password=wrong
check "password" "$(why wrong)" password
mailbox nofolder folder=Suport
check "folder" "$(why nofolder)" no_folder
check "the folders there are" "$(answer nofolder | grep -c '"folders":\["INBOX"')" 1
mailbox noname host=nowhere.invalid
check "name" "$(why noname)" no_name
mailbox refused port="$(free_port)"
check "nobody listens" "$(why refused)" refused
mailbox plain port="$imap" tls=tls
check "no TLS at this port" "$(why plain)" no_tls
mailbox certificate host=127.0.0.1 port="$imaps" tls=tls
check "a certificate of another name" "$(why certificate)" certificate
cp "$box/ca.pem" "$box/ca.kept"
cp "$box/other.pem" "$box/ca.pem"
mailbox stranger port="$imaps" tls=tls
check "a certificate of a stranger" "$(why stranger)" certificate
cp "$box/ca.kept" "$box/ca.pem"
mailbox another port="$pop3"
check "POP3 there" "$(why another)" is_pop3
mailbox another2 port="$imap" kind=pop3
check "IMAP there" "$(why another2)" is_imap
mv "$box/home/mailbox.key" "$box/home/key.away"
check "the key is gone" "$(why words)" key
due; once
check "its state says so" "$(state words)" "1	key"
mv "$box/home/key.away" "$box/home/mailbox.key"
