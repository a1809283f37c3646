# shellcheck shell=bash disable=SC2154
# A real Dovecot with a private folder, unprivileged, on ports of the loopback:
# IMAP and POP3, plain, STARTTLS and TLS with a certificate of our own making.
# tests/faults starts it, too: $box is its folder, $pids gets its process.

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
