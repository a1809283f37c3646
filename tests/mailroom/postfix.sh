# shellcheck shell=bash disable=SC2154
# A real Postfix with private folders on a port of the loopback, which hands
# letters to `mailroom --pipe`. Only root can start one.

if [ "$(id -u)" != 0 ]; then
	echo "  Postfix is left out: it starts for root alone"
	return 0
fi

# Letters are handed over under this account, which owns the spool.
chown -R www-data "$box/home"
cp "$box/aftersale.conf" "$box/postfix.conf"
chown www-data "$box/postfix.conf"
chmod 600 "$box/postfix.conf"
install -m 755 "$mailroom" "$mailroom-service" "$box/"

postfix_conf() {
	mkdir -p "$box/postfix" "$box/postfix-queue" "$box/postfix-data"
	chown postfix "$box/postfix-data"
	cat >"$box/postfix/main.cf" <<-END
	compatibility_level = 3.6
	queue_directory = $box/postfix-queue
	data_directory = $box/postfix-data
	command_directory = /usr/sbin
	daemon_directory = /usr/lib/postfix/sbin
	mail_owner = postfix
	setgid_group = postdrop
	myhostname = mail.shop.example
	mydestination =
	inet_interfaces = 127.0.0.1
	inet_protocols = ipv4
	mynetworks = 127.0.0.0/8
	alias_maps =
	local_recipient_maps =
	virtual_mailbox_domains = shop.example
	virtual_transport = aftersale
	recipient_delimiter = +
	aftersale_destination_recipient_limit = 1
	message_size_limit = 40000000
	mailbox_size_limit = 0
	minimal_backoff_time = 1s
	maximal_backoff_time = 1s
	queue_run_delay = 1s
	maillog_file = $box/postfix.log
	maillog_file_prefixes = $box
	END
	cat >"$box/postfix/master.cf" <<-END
	127.0.0.1:$smtp inet n - n - - smtpd
	pickup unix n - n 60 1 pickup
	cleanup unix n - n - 0 cleanup
	qmgr unix n - n 1 1 qmgr
	rewrite unix - - n - - trivial-rewrite
	bounce unix - - n - 0 bounce
	defer unix - - n - 0 bounce
	trace unix - - n - 0 bounce
	error unix - - n - - error
	retry unix - - n - - error
	anvil unix - - n - 1 anvil
	scache unix - - n - 1 scache
	postlog unix-dgram n - n - 1 postlogd
	smtp unix - - n - - smtp
	aftersale unix - n n - 10 pipe flags=F user=www-data
	 argv=$box/mailroom --pipe --config $box/postfix.conf --from \${sender} --to \${original_recipient}
	END
}

# hand FROM TO: the letter on standard input, by SMTP
hand() {
	/usr/bin/python3 - "$smtp" "$1" "$2" <(cat) <<-'END'
	import smtplib, sys
	with open(sys.argv[4], "rb") as f:
	    letter = f.read()
	with smtplib.SMTP("127.0.0.1", int(sys.argv[1])) as host:
	    host.sendmail(sys.argv[2], [sys.argv[3]], letter)
	END
}

arrives() {	# arrives N: in the spool
	for ((i = 0; i < 200; i++)); do
		[ "$(waiting)" != "$1" ] || return 0
		sleep 0.05
	done
}

declare -F free_port >/dev/null ||
	free_port() { /usr/bin/python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
smtp=$(free_port)
postfix_conf
postfix -c "$box/postfix" start >"$box/postfix.start" 2>&1 || cat "$box/postfix.start"

scene "through Postfix"
letter posted | hand ann@mail.example help+1042.abc@shop.example
arrives 1
once
check "it arrived" "$(sql "SELECT way, envelope_from, envelope_to FROM as_mail" | tr '\t' ' ')" "pipe ann@mail.example help+1042.abc@shop.example"

scene "a bounce has the empty return path"
letter bounce | hand '' help@shop.example
arrives 1
once
check "its envelope" "$(sql "SELECT CONCAT('<', envelope_from, '>') FROM as_mail")" "<>"

scene "a hundred at once, while the spool is away and back"
mkdir -p "$box/home/spool/mail"
chmod 500 "$box/home/spool" "$box/home/spool/mail"
chown -R root "$box/home/spool"
for ((n = 0; n < 25; n++)); do
	for k in 1 2 3 4; do
		letter "many $n $k" | hand ann@mail.example help@shop.example &
		hands[k]=$!
	done
	wait "${hands[@]}"
done
check "Postfix keeps them" "$(waiting)" 0
chown -R www-data "$box/home/spool"
chmod 700 "$box/home/spool" "$box/home/spool/mail"
postfix -c "$box/postfix" flush
arrives 100
once; once
check "all arrived" "$(mails)" 100
check "Postfix sent none back" "$(grep -c 'status=bounced' "$box/postfix.log" || true)" 0

scene "30 MB"
{ letter large; head -c 30000000 /dev/zero | tr '\0' 'x' | fold -w 900; } | hand ann@mail.example help@shop.example
arrives 1
once
check "its head" "$(mails "size = 1048576 AND full_size > 30000000")" 1

postfix -c "$box/postfix" stop >/dev/null 2>&1 || true
chown -R root "$box/home"
