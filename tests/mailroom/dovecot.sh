# shellcheck shell=bash disable=SC2154
# A real Dovecot with a private folder, unprivileged, on ports of the loopback:
# IMAP and POP3, plain, STARTTLS and TLS with a certificate of our own making.

service_user=$(id -un)
become=()
if [ "$service_user" = root ]; then
	service_user=www-data
	become=(setpriv --reuid=www-data --regid=www-data --clear-groups)
fi

free_port() {
	/usr/bin/python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

make_certificates() {
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Test CA" \
		-keyout "$box/ca.key" -out "$box/ca.pem" 2>/dev/null
	openssl req -newkey rsa:2048 -nodes -subj "/CN=localhost" \
		-keyout "$box/tls.key" -out "$box/tls.csr" 2>/dev/null
	openssl x509 -req -in "$box/tls.csr" -CA "$box/ca.pem" -CAkey "$box/ca.key" \
		-CAcreateserial -days 2 -out "$box/tls.pem" \
		-extfile <(echo 'subjectAltName=DNS:localhost') 2>/dev/null
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Somebody else" \
		-keyout "$box/other.key" -out "$box/other.pem" 2>/dev/null
}

dovecot_conf() {
	cat <<-END
	base_dir = $box/dovecot/run
	state_dir = $box/dovecot/run
	log_path = $box/dovecot/log
	instance_name = as-$$
	protocols = imap pop3
	listen = 127.0.0.1
	default_internal_user = $service_user
	default_internal_group = $(id -gn "$service_user")
	default_login_user = $service_user
	disable_plaintext_auth = no
	ssl = yes
	ssl_cert = <$box/tls.pem
	ssl_key = <$box/tls.key
	mail_location = maildir:$box/dovecot/mail/%u
	first_valid_uid = 0
	passdb {
	  driver = static
	  args = password=secret
	}
	userdb {
	  driver = static
	  args = uid=$(id -u "$service_user") gid=$(id -g "$service_user") home=$box/dovecot/mail/%u
	}
	service imap-login {
	  chroot =
	  inet_listener imap {
	    port = $imap
	  }
	  inet_listener imaps {
	    port = $imaps
	    ssl = yes
	  }
	}
	service pop3-login {
	  chroot =
	  inet_listener pop3 {
	    port = $pop3
	  }
	  inet_listener pop3s {
	    port = $pop3s
	    ssl = yes
	  }
	}
	service anvil {
	  chroot =
	}
	END
}

start_dovecot() {
	imap=$(free_port) imaps=$(free_port) pop3=$(free_port) pop3s=$(free_port)
	make_certificates
	mkdir -p "$box/dovecot/run" "$box/dovecot/mail"
	dovecot_conf >"$box/dovecot.conf"
	chmod 644 "$box"/{tls.pem,tls.key,dovecot.conf}
	[ ${#become[@]} = 0 ] || chown -R "$service_user" "$box/dovecot"
	${become[@]+"${become[@]}"} dovecot -F -c "$box/dovecot.conf" >/dev/null 2>&1 &
	pids+=($!)
	for ((i = 0; i < 200; i++)); do
		# shellcheck disable=SC2188
		! (: <>"/dev/tcp/127.0.0.1/$imap") 2>/dev/null || return 0
		sleep 0.05
	done
	cat "$box/dovecot/log"
	return 1
}

# put USER SUBJECT [FOLDER]: as if it had been delivered there
put() {
	local at=$box/dovecot/mail/$1${3:+/.$3}

	mkdir -p "$at"/{new,cur,tmp}
	letter "$2" >"$at/tmp/m"
	sed -i 's/$/\r/' "$at/tmp/m"
	mv "$at/tmp/m" "$at/new/$(date +%s%N).$((RANDOM)).x"
	[ ${#become[@]} = 0 ] || chown -R "$service_user" "$box/dovecot/mail/$1"
}

# lies USER [FOLDER]: how many letters are there
lies() { find "$box/dovecot/mail/$1${2:+/.$2}"/{new,cur} -maxdepth 1 -type f 2>/dev/null | wc -l; }

# mailbox USER COLUMN=VALUE...: one that is due
mailbox() {
	local user=$1 columns values
	declare -A row=([kind]=imap [host]=localhost [port]=$imap [tls]=none
		[folder]=INBOX [afterwards]=leave [old_too]=1 [password]=secret)

	shift
	for columns; do row[${columns%%=*}]=${columns#*=}; done
	row[user]=$user
	[ -n "${row[name]-}" ] || row[name]=$user
	values=0x$(/usr/bin/python3 -B "$top/tests/mailroom/seal.py" "$box/home/mailbox.key" "${row[password]}")
	unset 'row[password]'
	columns=password
	for user in "${!row[@]}"; do
		columns+=,$user values+=,\'${row[$user]}\'
	done
	sql "INSERT INTO as_mailbox ($columns, next_at, created_at) VALUES ($values, NOW(6), NOW(6))"
}

due() { sql "UPDATE as_mailbox SET next_at = NOW(6), lease_until = NULL"; }
state() { sql "SELECT failures, COALESCE(SUBSTRING_INDEX(last_error, ' ', 1), 'well') FROM as_mailbox WHERE user = '$1'"; }

# answer USER: what a test of it says
answer() {
	sql "UPDATE as_mailbox SET test_asked_at = NOW(6), test_taken_at = NULL, test_answer = NULL, next_at = NOW(6) + INTERVAL 1 HOUR WHERE user = '$1'"
	once
	sql "SELECT test_answer FROM as_mailbox WHERE user = '$1'"
}
why() { answer "$1" | sed 's/^{"why":"\([a-z_0-9]*\)".*/\1/'; }

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
