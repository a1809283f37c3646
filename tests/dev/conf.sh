# shellcheck shell=bash disable=SC2154
# conf - what the demo's servers read: help desk, shop and nginx.

demo_config() {
	(
		umask 077
		desk_conf aftersale "$pw_desk" aftersale_shop "$pw_views" \
			>"$state/etc/aftersale.conf"
		# For the command line, when it makes tables and views.
		desk_conf owner "$pw_owner" owner "$pw_owner" \
			>"$state/etc/owner.conf"
		nginx_conf >"$state/etc/nginx.conf"
		shop_conf >"$state/etc/shop.json"
	)
	hand_over "$state"/etc/*
}

# desk_conf USER PASSWORD VIEWS-USER VIEWS-PASSWORD
desk_conf() {
	cat <<-END
	[db]
	socket = $run/db.sock
	name = aftersale
	user = $1
	password = $2

	[paths]
	home = $state/files
	templates = $state/app/share/aftersale/templates
	assets = $state/app/share/aftersale/assets
	locale = $state/app/share/locale
	sql = $state/app/share/aftersale/sql
	inspector = $state/app/libexec/aftersale/inspector
	reader = $state/app/libexec/aftersale/reader

	[web]
	base_url = $base/help
	$([ "$listen" = 127.0.0.1 ] || echo cookie_insecure = yes)

	[shop.main]
	name = Mokka & Mehl
	db = aftersale_views
	socket = $run/db.sock
	user = $3
	password = $4
	map = demo
	timezone = Europe/Berlin
	login_url = $base/help-login
	order_url = $base/orders/{order}
	secret = $pw_sso
	key = int
	time = utc
	text = plain

	[mail]
	smtp_url = smtp://127.0.0.1:$(cat "$run/sink.port")
	ehlo = localhost
	from = help@mokka.example
	END
}

shop_conf() {
	cat <<-END
	{
	"db": {"unix_socket": "$run/db.sock", "user": "mokka",
	       "password": "$pw_shop", "database": "mokka"},
	"desk": "$base/help",
	"shop": "main",
	"secret": "$pw_sso",
	"cookie": "$pw_cookie"
	}
	END
}

# The sample that people are given, with our paths, inside a server of its
# own that knows nothing of the machine's.
nginx_conf() {
	cat <<-END
	daemon off;
	worker_processes 1;
	pid $run/nginx.pid;
	error_log stderr warn;
	events { worker_connections 256; }
	http {
	include /etc/nginx/mime.types;
	client_body_temp_path $state/tmp/body;
	fastcgi_temp_path $state/tmp/fastcgi;
	proxy_temp_path $state/tmp/proxy;
	scgi_temp_path $state/tmp/scgi;
	uwsgi_temp_path $state/tmp/uwsgi;
	server_tokens off;
	END
	sed -e "s|listen 443 ssl http2;|listen $listen:$port;|" \
		-e '/ssl_certificate/d' \
		-e 's|server_name shop.example;|server_name _;|' \
		-e "s|/run/aftersale/|$run/|" \
		-e "s|/usr/share/aftersale/|$state/app/share/aftersale/|" \
		-e "s|/var/log/nginx/|$state/log/|" \
		-e "/# Your shop's own locations/,\$d" \
		"$top/conf/nginx.conf.sample"
	cat <<-END
	location / { proxy_pass http://unix:$run/shop.sock:; }
	location ^~ /mail { proxy_pass http://unix:$run/sink.sock:; }
	}
	}
	END
}
