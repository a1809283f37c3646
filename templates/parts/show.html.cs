<?cs # How single values look everywhere: icons, badges, whose turn it is, people, times. ?>
<?cs def:icon(name) ?><svg class="icon" aria-hidden="true"><use href="<?cs var:Url.assets ?>/icons.svg?v=<?cs var:Asset.version ?>#<?cs var:name ?>"/></svg><?cs /def ?>
<?cs def:icon_s(name) ?><svg class="icon icon--s" aria-hidden="true"><use href="<?cs var:Url.assets ?>/icons.svg?v=<?cs var:Asset.version ?>#<?cs var:name ?>"/></svg><?cs /def ?>
<?cs def:icon_l(name) ?><svg class="icon icon--l" aria-hidden="true"><use href="<?cs var:Url.assets ?>/icons.svg?v=<?cs var:Asset.version ?>#<?cs var:name ?>"/></svg><?cs /def ?>
<?cs # Points somewhere, so it turns around in right-to-left languages. ?>
<?cs def:icon_dir(name) ?><svg class="icon icon--s icon--dir" aria-hidden="true"><use href="<?cs var:Url.assets ?>/icons.svg?v=<?cs var:Asset.version ?>#<?cs var:name ?>"/></svg><?cs /def ?>
<?cs def:mark() ?><svg class="mark" aria-hidden="true"><use href="<?cs var:Url.assets ?>/icons.svg?v=<?cs var:Asset.version ?>#mark"/></svg><?cs /def ?>

<?cs # Filled: the reader must act. Half: the other side. Ring: nobody. ?>
<?cs def:dot(who) ?><span class="dot<?cs if:who == "you" ?> dot--you<?cs elif:who == "other" ?> dot--half<?cs /if ?>"></span><?cs /def ?>
<?cs def:turn(t) ?><span class="turn<?cs if:t.who == "you" ?> turn--you<?cs elif:t.who == "nobody" ?> muted<?cs /if ?>"><?cs call:dot(t.who) ?><?cs var:t.text ?></span><?cs /def ?>

<?cs # An image says its name to everybody; beside words it is silent. ?>
<?cs def:image_alone(v) ?><span class="badge badge--image"><img src="<?cs var:link(v.image) ?>" alt="<?cs var:v.name ?>" title="<?cs var:v.name ?>"></span><?cs /def ?>
<?cs def:image_and_words(v) ?><span class="badge badge--<?cs var:v.colour ?>"><img src="<?cs var:link(v.image) ?>" alt="" width="16" height="16"><?cs var:v.name ?></span><?cs /def ?>
<?cs def:status_words(v) ?><span class="badge badge--<?cs var:v.colour ?>"><?cs call:dot(v.turn) ?><?cs var:v.name ?></span><?cs /def ?>

<?cs def:status_badge(v) ?><?cs if:!v.image || Show.status == "text" ?><?cs call:status_words(v) ?><?cs elif:Show.status == "both" ?><?cs call:image_and_words(v) ?><?cs else ?><?cs call:image_alone(v) ?><?cs /if ?><?cs /def ?>
<?cs # A type in words has no tint: it says what, not how it stands. ?>
<?cs def:type_badge(v) ?><?cs if:!v.image || Show.type == "text" ?><?cs var:v.name ?><?cs elif:Show.type == "both" ?><?cs call:image_and_words(v) ?><?cs else ?><?cs call:image_alone(v) ?><?cs /if ?><?cs /def ?>
<?cs def:priority_badge(v) ?><?cs if:!v.image || Show.priority == "text" ?><span class="badge badge--<?cs var:v.colour ?>"><?cs var:v.name ?></span><?cs elif:Show.priority == "both" ?><?cs call:image_and_words(v) ?><?cs else ?><?cs call:image_alone(v) ?><?cs /if ?><?cs /def ?>
<?cs def:state_badge(text, colour) ?><span class="badge<?cs if:colour ?> badge--<?cs var:colour ?><?cs /if ?>"><?cs var:text ?></span><?cs /def ?>

<?cs def:avatar(p) ?><span class="avatar avatar--<?cs var:p.colour ?>" aria-hidden="true"><?cs var:p.initials ?></span><?cs /def ?>
<?cs def:when(text, iso) ?><time<?cs if:iso ?> datetime="<?cs var:iso ?>"<?cs /if ?>><?cs var:text ?></time><?cs /def ?>
<?cs # A text with what was searched for marked in it. ?>
<?cs def:pieces(list) ?><?cs each:p = list ?><?cs if:p.hit ?><mark><?cs var:p.text ?></mark><?cs else ?><?cs var:p.text ?><?cs /if ?><?cs /each ?><?cs /def ?>
<?cs def:nothing(words) ?><span class="muted">–<span class="vh"><?cs var:words ?></span></span><?cs /def ?>

<?cs # The head of a column that sorts. `s` is Sort.<column>. ?>
<?cs def:sort_head(label, s, class) ?><th scope="col"<?cs if:s.dir ?> aria-sort="<?cs var:s.dir ?>"<?cs /if ?> class="<?cs var:class ?>"><?cs if:s.url ?><a class="sort" href="<?cs var:link(s.url) ?>"><?cs var:label ?><?cs if:s.dir == "ascending" ?><?cs call:icon_s("arrow-up") ?><?cs elif:s.dir == "descending" ?><?cs call:icon_s("arrow-down") ?><?cs else ?><?cs call:icon_s("arrows-sort") ?><?cs /if ?></a><?cs else ?><?cs var:label ?><?cs /if ?></th><?cs /def ?>
<?cs # A column of images needs less room than a column of words. ?>
<?cs def:priority_head(s) ?><?cs if:Show.priority == "image" ?><th scope="col"<?cs if:s.dir ?> aria-sort="<?cs var:s.dir ?>"<?cs /if ?> class="w-icon"><a class="sort"<?cs if:s.url ?> href="<?cs var:link(s.url) ?>"<?cs /if ?>><span class="vh"><?cs var:_("Priority") ?></span><?cs call:icon_s("flag") ?><?cs if:s.dir == "ascending" ?><?cs call:icon_s("arrow-up") ?><?cs elif:s.dir == "descending" ?><?cs call:icon_s("arrow-down") ?><?cs elif:s.url ?><?cs call:icon_s("arrows-sort") ?><?cs /if ?></a></th><?cs else ?><?cs call:sort_head(_("Priority"), s, "w-m") ?><?cs /if ?><?cs /def ?>
