# shellcheck shell=bash disable=SC2154
# doctor - one thing after the other is broken, recognised and mended.

# A whole set-up, as doctor likes it.
well() {
	fresh
	(umask 077; mkdir -p "$room/home/attachments" "$room/home/spool")
	ctl migrate
	echo 'correct horse battery' >"$room/password"
	ctl admin add --email ann@shop.example --name Ann --password-file "$room/password"
	one "INSERT INTO as_chore (name, next_at) VALUES ('fold_counts', NOW(6) + INTERVAL 1 MINUTE)"
	sed -i 's|https://shop.example/help|http://localhost/help|' "$room/conf"
}
# set_conf SED-SCRIPT: change the configuration file.
set_conf() { sed -i "$1" "$room/conf"; }
# has CHECK STATE WORDS NAME: doctor ends with 1 if STATE is wrong, and says so
# under CHECK.
has() {
	local rc_wanted=0

	[ "$2" != wrong ] || rc_wanted=1
	ctl doctor
	[ "$rc" = "$rc_wanted" ] || { not "$4: exit $rc"; show; return; }
	awk -v state="$2" -v check="$1" '
		/^[a-z]/ { on = index($0, state) == 1 && $NF == check }
		on { print }' "$room/out" >"$room/part"
	if grep -qF -- "$3" "$room/part"; then ok; else not "$4: not said under $1: $3"; show; fi
}

fresh
set_conf '/\[web\]/,/base_url/d'
has configuration wrong 'base_url' 'no base_url'
fresh
echo 'colour = red' >>"$room/conf"
has configuration wrong 'colour' 'an unknown key'
ctl doctor --json; is 1 '"state":"left out"' 'what cannot be looked at is left out'
ctl config check; is 2 'colour' 'config check of a wrong file'

well
ctl doctor; is 0 'Nothing is wrong.' 'a set-up in good order'
ctl doctor --json; is 0 '{"wrong":0,"checks":[{"name":"configuration","state":"ok","findings":[]},' 'as JSON'
if command -v python3 >/dev/null; then
	python3 -m json.tool "$room/out" >/dev/null && ok || not 'JSON that can be read'
fi
ctl doctor now; is 2 'usage' 'another word'
ctl config check; is 0 'is fine' 'config check'
ctl config where; is 0 "$room/conf" 'config where'
ctl config; is 2 'usage' 'config alone'

chmod 644 "$room/conf"; echo 'password = x' >"$room/extra"; sed -i '/user = root/r '"$room/extra" "$room/conf"
has configuration wrong 'conf' 'secrets that others can read'
ctl config check; is 1 'conf' 'config check says it, too'
conf; set_conf 's|https://shop.example/help|http://localhost/help|'

set_conf 's|base_url = .*|base_url = https://shop.example/help|'
has address wrong 'address of the sample' "the sample's address"
set_conf 's|base_url = .*|base_url = http://shop.test/help|'
set_conf 's|\[db\]|cookie_insecure = yes\n[db]|'
has address advice 'not encrypted' 'plain http'
conf; set_conf 's|https://shop.example/help|http://localhost/help|'

chmod 755 "$room/home/attachments"
ctl doctor; is 0 'Nothing is wrong.' 'a folder below one that is closed'
chmod 755 "$room" "$room/home"
has folders wrong "chmod o-rwx $room/home/attachments" 'a folder that is open'
chmod 700 "$room" "$room/home" "$room/home/attachments"
mv "$room/home/spool" "$room/home/away"
has folders wrong 'spool: No such file' 'no folder'
mv "$room/home/away" "$room/home/spool"
mkdir -p "$room/public_html"; mv "$room/home" "$room/public_html/home"
set_conf "s|home = .*|home = $room/public_html/home|"
has folders wrong 'can be read from outside' "a folder of the web server's"
mv "$room/public_html/home" "$room/home"; set_conf "s|home = .*|home = $room/home|"
set_conf 's|^assets = .*|assets = /nowhere|'
has folders wrong '/nowhere: No such file' 'no assets'
set_conf "s|^assets = .*|assets = $top/templates/assets|"

set_conf 's|^inspector = .*|inspector = /nowhere/inspector|'
has inspector wrong '/nowhere/inspector: No such file' 'no inspector'
set_conf 's|^inspector = .*|inspector = /bin/true|'
has inspector wrong 'took a picture for application/octet-stream' 'another program'
set_conf "s|^inspector = .*|inspector = $build/inspector|"
set_conf 's|^reader = .*|reader = /nowhere/reader|'
has reader wrong '/nowhere/reader: No such file' 'no reader'
set_conf 's|^reader = .*|reader = /bin/true|'
has reader wrong 'could not read a letter' 'another program'
set_conf "s|^reader = .*|reader = $build/reader|"

cp -r "$top/templates" "$room/templates"
set_conf "s|^templates = .*|templates = $room/templates|"
printf '<?cs if:X ?>' >"$room/templates/panel/inbox.html.cs"
has templates wrong 'inbox.html.cs' 'a broken template'
set_conf "s|^templates = .*|templates = $top/templates|"
mkdir -p "$room/theme/panel"
set_conf "s|^locale|theme = $room/theme\nlocale|"
printf '<?cs var:X' >"$room/theme/panel/inbox.html.cs"
has templates wrong 'theme: panel/inbox.html.cs' 'a broken theme'
rm "$room/theme/panel/inbox.html.cs"
echo x >"$room/theme/panel/indox.html.cs"
has templates advice 'replaces nothing' 'a file of the theme that nobody reads'
rm -r "$room/theme"

set_conf 's|^locale = .*|locale = /nowhere|'
has words wrong '/nowhere/de/LC_MESSAGES' 'no catalogue'
set_conf "s|^locale = .*|locale = $build/locale|"

set_conf 's|^socket = .*|socket = /nowhere/s|'
has database wrong 'Is the server running?' 'no server'
set_conf "s|^socket = .*|socket = $socket|"
set_conf 's|^user = .*|user = nobody|'
has database wrong 'See user and password' 'no such account'
set_conf 's|^user = .*|user = root\nname = nowhere|'
has database wrong 'Create the database' 'no such database'
set_conf '/^name = nowhere/d'
sql -e "ALTER DATABASE aftersale CHARACTER SET latin1"
has database advice 'begins new tables in latin1' 'another charset'
sql -e "ALTER DATABASE aftersale CHARACTER SET utf8mb4; SET GLOBAL innodb_flush_log_at_trx_commit = 2"
has database advice 'power cut' 'a server that forgets'
sql -e 'SET GLOBAL innodb_flush_log_at_trx_commit = 1, max_allowed_packet = 1048576'
has database advice 'max_allowed_packet' 'small packets'
sql -e 'SET GLOBAL max_allowed_packet = 16777216'

sql -e "CREATE OR REPLACE USER reader@localhost IDENTIFIED BY 'r'; GRANT SELECT ON aftersale.* TO reader@localhost"
printf '[db.panel]\nuser = reader\npassword = r\n' >>"$room/conf"
has accounts wrong 'The account reader cannot work' 'an account without rights'
sql -e 'GRANT INSERT, UPDATE, DELETE ON aftersale.* TO reader@localhost'
ctl doctor; is 0 'Nothing is wrong.' 'an account with the rights it needs'
conf; set_conf 's|https://shop.example/help|http://localhost/help|'

AFTERSALE_NOW='2026-03-05 12:00:00' ctl doctor; is 1 'seconds off' 'another time'
one 'RENAME TABLE as_schema TO as_schema_gone'
has schema wrong 'tables are not made' 'no tables'
one 'RENAME TABLE as_schema_gone TO as_schema'
one "INSERT INTO as_schema VALUES (9000, 'later', '', NOW(6), 0)"
has schema advice 'these programs know' 'newer tables'
one 'DELETE FROM as_schema WHERE version = 9000'

one 'UPDATE as_agent SET active = FALSE'
has people wrong 'nobody who may manage accounts' 'no administrator'
one 'UPDATE as_agent SET active = TRUE'

printf '[shop.1]\nmap = opencart\n' >>"$room/conf"
has shops wrong 'aftersale shop apply 1' 'views that were never made'
conf; set_conf 's|https://shop.example/help|http://localhost/help|'
has shops advice 'No shop is connected' 'no shop'

one 'INSERT INTO as_count_delta (shop_id, owner_id, status_id, n) VALUES (1, 0, 1, 3), (1, 7, 2, -1)'
has counts wrong 'wrong for 2 status and owner' 'numbers that are off'
ctl recount; is 0 '2 numbers mended' 'recount'
ctl doctor; is 0 'Nothing is wrong.' 'mended'
ctl recount; is 0 '0 numbers mended, 0 tickets' 'nothing to mend'

one "INSERT INTO as_ticket (id, number, customer_id, subject, type_id, status_id, turn, priority_id,
	source, lang, opened_by_kind, opened_by_name, messages, created_at, updated_at, waiting_since)
	SELECT 40001, '1', 1, 's', 1, id, turn, 1, 'shop', 'en', 'system', 'n', 2, NOW(6), NOW(6), NOW(6)
	FROM as_status WHERE turn = 'store' LIMIT 1;
	INSERT INTO as_message (ticket_id, origin_ticket_id, kind, author_kind, author_name, type_id,
	status_id, priority_id, body, created_at) VALUES
	(40001, 40001, 'customer', 'system', 'n', 1, 1, 1, 'b', NOW(6)),
	(40001, 40001, 'note', 'system', 'n', 1, 1, 1, 'b', NOW(6))"
has tickets wrong '1 tickets have other messages' 'a ticket that counts its messages wrong'
ctl recount; is 0 '2 numbers mended, 1 tickets' 'recount of a ticket'
[ "$(one 'SELECT messages, last_message_id - last_public_id FROM as_ticket')" = '2 1' ] && ok || not 'what was counted'
ctl doctor; is 0 'Nothing is wrong.' 'a ticket that was mended'
one 'DELETE FROM as_message; DELETE FROM as_ticket; DELETE FROM as_count; DELETE FROM as_count_delta'

hash=$(printf 'lost' | sha256sum | cut -d' ' -f1)
one "INSERT INTO as_blob (sha256, size, created_at) VALUES (UNHEX('$hash'), 4, NOW(6))"
has attachments wrong '1 of the newest 1 files are missing' 'a file that is gone'
one 'DELETE FROM as_blob'
mkdir -p "$room/home/attachments/${hash:0:2}/${hash:2:2}"
echo lost >"$room/home/attachments/${hash:0:2}/${hash:2:2}/$hash"
touch -d '3 days ago' "$room/home/attachments/${hash:0:2}/${hash:2:2}/$hash"
has attachments advice '1 files in' 'a file that belongs to nothing'
rm -r "$room/home/attachments/${hash:0:2}"

set_conf '/^from = /d'
has mail wrong 'no address to send from' 'no sender'
conf; set_conf 's|https://shop.example/help|http://localhost/help|'
one "INSERT INTO as_mail_host (host, away_since, last_error)
	VALUES ('smtp://mail.test', NOW(6) - INTERVAL 3 HOUR, 'connection refused')"
has mail wrong 'smtp://mail.test has not taken mail for 180 minutes: connection refused' 'a host that is away'
one 'DELETE FROM as_mail_host'
ctl admin add --email bob@shop.example --name Bob --invite
one 'UPDATE as_outbox SET due_at = NOW(6) - INTERVAL 40 MINUTE'
has mail wrong '1 letters are overdue, the oldest since 40 minutes' 'letters that wait'
one "UPDATE as_outbox SET state = 'failed'"
has mail advice '1 letters could not be delivered' 'letters that were given up'
one 'DELETE FROM as_outbox'
one "INSERT INTO as_mail (sha256, size, way, state, due_at, received_at, decided_at, class, outcome, trace)
	VALUES (UNHEX(SHA2('x', 256)), 1, 'pipe', 'done', NOW(6), NOW(6), NOW(6), 'human', 'opened',
	'[{\"code\":\"receipt_capped\",\"with\":\"zoe@mail.example\"}]')"
has mailroom advice '1 receipts of the last day were not sent' 'receipts that were held back'
one 'DELETE FROM as_mail'

one 'UPDATE as_chore SET next_at = NOW(6) - INTERVAL 20 MINUTE'
has courier wrong 'not run for 21 minutes' 'a courier that died'
one 'DELETE FROM as_chore'
has courier wrong 'has never run' 'no courier'

# The words that are no commands.
ctl --version; is 0 'aftersale ' 'version'
for word in admin config doctor migrate recount shop; do
	ctl "$word" --help; is 0 'usage: aftersale' "help of $word"
	ctl --help; is 0 "aftersale $word" "$word in the help"
done
