# shellcheck shell=bash disable=SC2154
# admin - who may sign in, and migrate before that.

fresh
ctl admin list; is 1 'run: aftersale migrate' 'nobody before the tables'
ctl migrate; is 0 'The database is at step' 'an empty database'
ctl migrate; is 0 'no step to walk' 'again'
ctl migrate now; is 2 'usage' 'migrate knows no such word'
ctl migrate --help; is 0 'usage' 'help'
same "$(one 'SELECT COUNT(*) > 5 FROM as_label')" 1 'a help desk begins with something'
[ ! -e "$build/locale/de" ] ||
	same "$(one "SELECT COUNT(*) FROM as_label WHERE lang = 'de' AND name = 'Lieferung'")" 1 'in German, too'

echo 'correct horse battery' >"$room/password"
ctl admin list; is 0 'nobody yet' 'an empty list'
ctl admin add --email ' Ann@Shop.Example' --name $'Ann  \x01Ödegård' --password-file "$room/password"
is 0 'Ann Ödegård <ann@shop.example> may sign in as administrator' 'the first is the administrator'
ctl admin add --email bob@shop.example --name Bob --invite
is 0 'as agent with the link we mail' 'the second is not'
same "$(one 'SELECT letter, recipient_kind, to_address FROM as_outbox')" \
	'staff_invite agent bob@shop.example' 'a letter is on its way'
same "$(one 'SELECT COUNT(*) FROM as_agent_secret')" 1 'and no password'
ctl admin add --email cy@shop.example --name Cy --role administrator --invite
is 0 'as administrator' 'a second administrator'
ctl admin list; is 0 'ann@shop.example                 administrator    active   Ann' 'the list'
same "$(one "SELECT COUNT(*) FROM as_audit WHERE what LIKE 'agent.%' AND agent_id IS NULL")" 3 'it is noted'

ctl admin add --email ANN@shop.example --name Ann --password-file "$room/password"
is 1 'ann@shop.example has an account already' 'twice'
ctl admin add --email 'ann shop' --name Ann --invite; is 2 'no e-mail address' 'no address'
ctl admin add --email dan@shop.example --invite; is 2 '--name is missing' 'no name'
ctl admin add --email dan@shop.example --name ' ' --invite; is 2 '1 to 120 characters' 'an empty name'
ctl admin add --email dan@shop.example --name $'\xff' --invite; is 2 'not in UTF-8' 'a broken name'
ctl admin add --email dan@shop.example --name Dan; is 2 'either --password-file' 'neither'
ctl admin add --email dan@shop.example --name Dan --invite --password-file "$room/password"
is 2 'either --password-file' 'both'
ctl admin add --email dan@shop.example --name Dan --role king --invite; is 2 'no role king' 'no such role'
ctl admin add --email dan@shop.example --name Dan --password-file "$room/none"; is 1 'No such file' 'no such file'
ctl admin add --shoe 44; is 2 'usage' 'no such option'
ctl admin; is 2 'usage' 'no verb'
same "$(one 'SELECT COUNT(*) FROM as_agent')" 3 'nothing of that is left'

printf '%s' 'short' >"$room/short"
ctl admin password --email ann@shop.example --password-file "$room/short"; is 2 '10 characters or more' 'too short'
ctl admin password --email ann@shop.example; is 2 '--password-file is missing' 'no password'
ctl admin password --email eve@shop.example --password-file "$room/password"; is 1 'nobody active' 'nobody'
one "INSERT INTO as_agent_session (hash, agent_id, created_at, seen_at, expires_at)
	SELECT UNHEX(SHA2(email, 256)), id, NOW(6), NOW(6), NOW(6) + INTERVAL 1 DAY FROM as_agent"
before=$(one 'SELECT MAX(password) FROM as_agent_secret')
printf 'another long password\r\nand a second line\n' >"$room/password"
ctl admin password --email Ann@shop.example --password-file "$room/password"
is 0 'all sessions have ended' 'a new password'
same "$(one 'SELECT COUNT(*) FROM as_agent_session')" 2 'only hers have ended'
[ "$(one 'SELECT password FROM as_agent_secret')" != "$before" ] && ok || not 'the hash has changed'
