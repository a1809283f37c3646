# shellcheck shell=bash disable=SC2154
# wait - a page says 503, and its log why, until the database is migrated.

# visit PROGRAM PATH: as a web server without FastCGI would call it.
visit() {
	env -i PATH="$PATH" LSAN_OPTIONS="$LSAN_OPTIONS" AFTERSALE_CONF="$room/conf" \
		GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET PATH_INFO="$2" \
		SCRIPT_NAME=/help HTTP_HOST=shop.example HTTPS=on REMOTE_ADDR=192.0.2.1 \
		SERVER_PROTOCOL=HTTP/1.1 QUERY_STRING= REQUEST_URI="/help$2" \
		"$build/$1" >"$room/out" 2>&1
	rc=$?
}

fresh
(umask 077; mkdir -p "$room/home/attachments" "$room/home/spool")
for program in storefront panel; do
	visit $program /; is 0 'Status: 503' "$program before migrate"
	is 0 'run: aftersale migrate' "$program tells its log why"
done
ctl migrate
one 'DELETE FROM as_schema'
visit panel /sign-in; is 0 'Status: 503' 'an installation that was broken off'
ctl migrate
visit panel /sign-in; is 0 'Status: 200' 'after migrate'
