#!/bin/sh
# A lint that accepts everything looks like a house in good order. Here every
# lint gets samples it must refuse, one by one, and one it must accept.
here=$(cd "$(dirname "$0")" && pwd) || exit 99
top=$(cd "$here/../.." && pwd) || exit 99
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
rc=0
n=0

wrong() {
	echo "self-test: $*"
	rc=1
}

# A house with nothing in it but what the samples bring.
fresh() {
	rm -rf "${folder:?}/house"
	mkdir -p "$folder/house/templates/parts" "$folder/house/po" \
		"$folder/house/src/base" "$folder/house/include" "$folder/house/cgi-bin"
	cp "$top/po/extract" "$folder/house/po/"
	echo 'a part' | tr -d 'a-z ' > "$folder/house/templates/parts/top.html.cs"
}

accepts() {	# lint what
	n=$((n + 1))
	srcdir="$folder/house" "$here/$1" > "$folder/said" 2>&1 ||
		wrong "$1 refuses $2: $(head -n 1 "$folder/said")"
}

refuses() {	# lint what
	n=$((n + 1))
	srcdir="$folder/house" "$here/$1" > "$folder/said" 2>&1 &&
		wrong "$1 accepts $2"
	# It must have complained, not broken down.
	grep -q '^[a-z][a-z0-9_./-]*:' "$folder/said" ||
		wrong "$1 says nothing about $2: $(head -n 1 "$folder/said")"
}

# --- templates --------------------------------------------------------------

good_template() {
	fresh
	printf '%s\n' "$1" > "$folder/house/templates/page.html.cs"
	accepts templates.pl "$1"
}

bad_template() {
	fresh
	printf '%s\n' "$1" > "$folder/house/templates/page.html.cs"
	refuses templates.pl "$1"
}

# A sample a line; an empty line or one that begins with # is none.
each_line() {
	while IFS= read -r sample; do
		case $sample in ''|'# '*) continue ;; esac
		"$1" "$sample"
	done
}

each_line good_template <<'END'
<?cs include!"parts/top.html.cs" ?><p><?cs var:Ticket.subject ?></p>
<p class="a<?cs if:X ?> b<?cs /if ?>"<?cs if:Y ?> hidden<?cs /if ?>><?cs var:_("Hello") ?></p>
<a href="<?cs var:Url.board ?>/ticket/<?cs var:url(t.number) ?>?a=<?cs var:n ?>"><?cs var:t.number ?></a>
<a href="<?cs var:link(Shop.url) ?>" title="<?cs var:say1("Open {1}", t.name) ?>">&rarr;</a>
<a href="mailto:<?cs var:url(email) ?>">7</a><a href="#m<?cs var:m.id ?>">8</a>
<a href="<?cs if:X ?><?cs var:Url.board ?><?cs else ?><?cs var:Url.panel ?><?cs /if ?>/x">9</a>
<p><?cs var:many("one file", "{1} files", subcount(Files)) ?> <?cs var:in("button", "Open") ?></p>
<div><?cs var:paragraphs(m.body) ?></div><script type="module" src="<?cs var:Url.assets ?>/a.js"></script>
<?cs def:mark(name) ?> aria-describedby="h-<?cs var:name ?>"<?cs /def ?><p<?cs call:mark("a (b) c") ?>></p>
<?cs each:x = List ?><?cs if:first(x) ?>1<?cs elif:x == "url(" ?>2<?cs else ?>3<?cs /if ?><?cs /each ?>
<?cs # url(x) + y is not written in a comment ?><!-- neither here -->
END

each_line bad_template <<'END'
# commands
<?cs uvar:X ?>
<?cs evar:X ?>
<?cs lvar:X ?>
<?cs alt:X ?><?cs /alt ?>
<?cs name:X ?>
<?cs escape:"js" ?><?cs var:X ?><?cs /escape ?>
<?cs linclude!"parts/top.html.cs" ?>
<?cs include:"parts/top.html.cs" ?>
<?cs include!Page.template ?>
<?cs include!"/etc/passwd" ?>
<?cs include!"../parts/top.html.cs" ?>
<?cs include!"parts/missing.html.cs" ?>
<?cs include!"parts/" + X ?>
<?cs var!X ?>
<?cs set:X
<?cs if:X ?>
<?cs if:X ?><?cs /each ?>
<?cs /if ?>
# functions
<?cs var:html_escape(X) ?>
<?cs var:string.slice(X, 0, 1) ?>
<?cs var:name(X) ?>
<?cs if:unknown(X) ?><?cs /if ?>
<?cs var:url(X) + Y ?>
<?cs var:X + url(Y) ?>
<?cs var:paragraphs(X) + "" ?>
<?cs var:url(X) + url(Y) ?>
<?cs var:say1("{1}", url(X)) ?>
<?cs var:paragraphs(url(X)) ?>
<?cs set:X = paragraphs(Y) ?>
<?cs if:url(X) ?><?cs /if ?>
<?cs def:m(x) ?><?cs var:x ?><?cs /def ?><?cs call:m(link(X)) ?>
<?cs var:_(X) ?>
<?cs var:_("a" + X) ?>
<?cs var:_("") ?>
<?cs var:_("costs $5") ?>
<?cs var:say1(X, Y) ?>
<?cs var:in(X, "word") ?>
<?cs var:in("context", X) ?>
<?cs var:many("one", X, n) ?>
# addresses
<a href="/tickets">1</a>
<img src="/a.png">
<form action="/send"></form>
<a href="tickets">1</a>
<a href="<?cs var:t.url ?>">1</a>
<a href="<?cs var:Shop.url ?>">1</a>
<a href="<?cs var:Url ?>">1</a>
<a href="<?cs var:X + Url.board ?>">1</a>
<a href="<?cs call:m() ?>">1</a>
<a href="javascript:alert(1)">1</a>
<a href="https://<?cs var:host ?>">1</a>
<a href="<?cs if:X ?><?cs var:Url.board ?><?cs /if ?><?cs var:Y ?>">1</a>
<a href="<?cs if:X ?><?cs var:Y ?><?cs else ?><?cs var:Url.board ?><?cs /if ?>">1</a>
<a href="<?cs each:x = X ?><?cs var:x ?><?cs /each ?>">1</a>
<button formaction="<?cs var:X ?>">1</button>
<?cs def:m(x) ?> href="<?cs var:x ?>"<?cs /def ?>
# markup
<p class=<?cs var:X ?>></p>
<p class='<?cs var:X ?>'></p>
<p class=x></p>
<p <?cs var:X ?>></p>
<p data-<?cs var:X ?>="1"></p>
<<?cs var:X ?>>
<p class="<?cs if:X ?>a"<?cs else ?>b<?cs /if ?>></p>
<p <?cs if:X ?>class="<?cs /if ?>a">
<p class="a
<p onclick="x()"></p>
<p OnClick="x()"></p>
<p style="color: red"></p>
<style>p { color: red }</style>
<script>alert(1)</script>
<script>var x = "<?cs var:X ?>";</script>
<script src="<?cs var:Url.assets ?>/a.js">var x = "<?cs var:X ?>";</script>
<!-- <?cs var:X ?> -->
<base href="<?cs var:Url.board ?>">
<iframe srcdoc="<?cs var:X ?>"></iframe>
<img srcset="<?cs var:X ?>">
a < b
# words
<p>Hello</p>
<img src="<?cs var:Url.assets ?>/a.png" alt="A picture">
<input placeholder="Your name">
END

fresh
echo 'x' > "$folder/house/templates/page.cs"
refuses templates.pl 'a name that does not say how values are written'
fresh
echo '<?cs var:X ?>' > "$folder/house/templates/letter.txt.cs"
accepts templates.pl 'a letter'
echo '<?cs uvar:X ?>' > "$folder/house/templates/letter.txt.cs"
refuses templates.pl 'uvar in a letter'
echo '<?cs include!"parts/top.html.cs" ?>' > "$folder/house/templates/letter.txt.cs"
refuses templates.pl 'a part for pages in a letter'

# --- words ------------------------------------------------------------------

catalogue() {	# entries
	fresh
	printf '<?cs var:_("Hello {1}") ?><?cs var:many("one", "{1} many", n) ?>' \
		> "$folder/house/templates/page.html.cs"
	printf '#define X _("In C")\n' > "$folder/house/src/base/x.c"
	printf 'msgid ""\nmsgstr "%s"\n\n%s\n' \
		'Content-Type: text/plain; charset=UTF-8\n' "$1" \
		> "$folder/house/po/de.po"
}
hello='msgid "Hello {1}"
msgstr "Hallo {1}"
'
many='msgid "one"
msgid_plural "{1} many"
msgstr[0] "einer"
msgstr[1] "{1} viele"
'
in_c='msgid "In C"
msgstr "In C"
'
catalogue "$hello
$many
$in_c"
accepts words.pl 'a complete catalogue'
catalogue "$hello
$many"
refuses words.pl 'a missing word of C'
catalogue "$many
$in_c"
refuses words.pl 'a missing word of a template'
catalogue "$(echo "$hello" | sed 's/Hallo.*"/"/')
$many
$in_c"
refuses words.pl 'an empty translation'
catalogue "#, fuzzy
$hello
$many
$in_c"
refuses words.pl 'a fuzzy translation'
catalogue "$(echo "$hello" | sed 's/Hallo {1}/Hallo/')
$many
$in_c"
refuses words.pl 'a lost placeholder'
catalogue "$(echo "$hello" | sed 's/Hallo {1}/Hallo {2}/')
$many
$in_c"
refuses words.pl 'another placeholder'
catalogue "$hello
$(echo "$many" | sed 's/{1} viele/viele/')
$in_c"
refuses words.pl 'a plural without its number'
catalogue "$hello
$(echo "$many" | sed 's/{1} viele//')
$in_c"
refuses words.pl 'a plural form that is empty'
catalogue "$hello
$many
$in_c"
printf 'words_many(a, N_("In C"), N_("In C"), n)\n' \
	>> "$folder/house/src/base/x.c"
refuses words.pl 'a plural that is marked as two words'
catalogue ''
rm "$folder/house/po/de.po"
refuses words.pl 'a house without catalogues'

# --- floors -----------------------------------------------------------------

includes() {	# file line
	fresh
	mkdir -p "$folder/house/$(dirname "$1")"
	echo "#include $2" > "$folder/house/$1"
}
includes src/desk/x.c '"store/x.h"'
accepts floors.sh 'a look downstairs'
includes src/base/x.c '"port/db.h"'
refuses floors.sh 'a look upstairs'
includes src/port/x.c '"port/db.h"'
refuses floors.sh 'a port that knows another'
includes cgi-bin/panel/x.c '"store/ticket.h"'
refuses floors.sh 'a page that reaches past the desk'
includes src/desk/x.c '<ClearSilver.h>'
refuses floors.sh 'a second door for ClearSilver'
includes src/desk/x.c '<gmime/gmime.h>'
refuses floors.sh 'a third door for GMime'

# --- schema -----------------------------------------------------------------

schema() {	# statements
	fresh
	mkdir -p "$folder/house/sql/step" "$folder/house/include/store"
	echo "$1" > "$folder/house/sql/10-thing.sql"
	echo 'enum { SCHEMA_VERSION = 0 };' > "$folder/house/include/store/schema.h"
}
step() {	# name version
	schema "$thing"
	echo "${3-UPDATE as_thing SET n = 1;}" > "$folder/house/sql/step/$1"
	echo "enum { SCHEMA_VERSION = $2 };" > "$folder/house/include/store/schema.h"
}
thing='CREATE TABLE IF NOT EXISTS as_thing (
	id BIGINT NOT NULL PRIMARY KEY, -- no TIMESTAMP
	at DATETIME(6) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;'
bad_schema() {	# sed-script
	schema "$(echo "$thing" | sed "$1")"
	refuses schema.pl "$1"
}
schema "$thing"
accepts schema.pl 'a table in good order'
each_line bad_schema <<'END'
s/IF NOT EXISTS//
s/as_thing/thing/
s/as_thing/as_shop_thing/
s/ENGINE = InnoDB//
s/ENGINE = InnoDB/ENGINE = Aria/
s/DEFAULT CHARSET = utf8mb4//
s/CHARSET = utf8mb4/CHARSET = utf8/
s/COLLATE = utf8mb4_bin//
s/DATETIME(6)/DATETIME/
s/DATETIME(6)/DATETIME(3)/
s/DATETIME(6)/TIMESTAMP(6)/
s/DATETIME(6)/DOUBLE/
s/NULL$/NULL REFERENCES as_other (id) ON DELETE CASCADE/
s/;$//
END
step 0001-more.sql 1
accepts schema.pl 'a step'
step 0001-more.sql 0
refuses schema.pl 'a step that SCHEMA_VERSION forgot'
step 0002-more.sql 2
refuses schema.pl 'a gap between steps'
bad_step() { step 0001-more.sql 1 "$1"; refuses schema.pl "$1"; }
each_line bad_step <<'END'
ALTER TABLE as_thing ADD COLUMN x INT;
ALTER TABLE as_thing ADD x INT;
ALTER TABLE as_thing ADD INDEX IF NOT EXISTS a (a), ADD INDEX b (b);
ALTER TABLE as_thing DROP COLUMN x;
DROP TABLE as_thing;
INSERT INTO as_thing VALUES (1);
END

# --- css --------------------------------------------------------------------

sheet() {	# a template, and the sheet
	fresh
	mkdir -p "$folder/house/templates/assets"
	printf '%s\n' "$1" > "$folder/house/templates/page.html.cs"
	printf '%s\n' "$2" > "$folder/house/templates/assets/aftersale.css"
}
sheet '<p class="a<?cs if:x ?> b<?cs /if ?> c--<?cs var:x ?>">' '.a, p > .b:hover { x: url(d.e) } .c--f { x: 1 }'
accepts css.pl 'classes that a template has, in whole or begun'
sheet '<?cs call:badge(x, "a b") ?><?cs def:badge(x, y) ?><?cs var:"c" ?><?cs /def ?>' '.a { } .b { } /* .d */ .c { }'
accepts css.pl 'classes that macros hand on, and none of comments'
bad_class() { sheet '<p class="a" id="b">c</p>' "$1"; refuses css.pl "$1"; }
each_line bad_class <<'END'
.b { color: red }
.a.c { color: red }
@media print { .a, .d { color: red } }
.a--d { color: red }
END

# --- rows -------------------------------------------------------------------

rows() {	# sed-script for a README in good order
	fresh
	mkdir -p "$folder/house/tests/scene" "$folder/house/tests/unit"
	echo 'a story' > "$folder/house/tests/scene/a.scene"
	echo 'TEST(b_is_so)' > "$folder/house/tests/unit/b_test.c"
	seq -w 1 62 | sed 's/.*/| PC-& | words | a.scene b_test.c: b_is_so |/' |
		sed "$1" > "$folder/house/tests/README.md"
}
bad_rows() { rows "$1"; refuses rows.sh "$1"; }
rows ''
accepts rows.sh 'a row for every requirement'
each_line bad_rows <<'END'
/PC-40/d
/PC-40/p
/PC-40/s/a.scene/c.scene/
/PC-40/s/b_is_so/b_is_not/
/PC-40/s/b_test/c_test/
/PC-40/s/a.scene.*so |/|/
/PC-40/s/a.scene/browser/
END

# --- sql --------------------------------------------------------------------

code() {	# where line
	fresh
	mkdir -p "$folder/house/src/store" "$folder/house/src/desk"
	printf '%s\n' "$2" > "$folder/house/src/$1/room.c"
}
bad_row() { code store "$1"; refuses sql.sh "$1"; }
bad_rule() { code desk "$1"; refuses sql.sh "$1 on the desk floor"; }
code store '	TRY(db_rows(db, "SELECT id FROM as_thing WHERE id < ? LIMIT 26", s, o, a));'
accepts sql.sh 'a statement in the store'
each_line bad_row <<'END'
"SELECT * FROM as_thing"
"SELECT t.* FROM as_thing t"
"SELECT id FROM as_thing LIMIT 25 OFFSET ?"
"SELECT id FROM as_thing LIMIT 50, 25"
"UPDATE as_thing SET at = SYSDATE(6)"
"UPDATE as_thing SET at = NOW()"
"SELECT GET_LOCK('x', 1)"
db_script(db, text);
END
each_line bad_rule <<'END'
db_rows(db, "SELECT id FROM as_thing LIMIT 1", s, o, a);
db_run(db, "UPDATE as_thing SET x = 1", NULL, NO_ARGS);
db_run(db, "DELETE FROM as_thing", NULL, NO_ARGS);
db_script(db, text);
END

[ $rc -ne 0 ] || echo "self-test: $n samples judged as they should be"
exit $rc
