<?cs include!"parts/panel_top.html.cs" ?>
<div class="desk">
<main id="main" class="work work--wide">
<p class="back"><a href="<?cs var:Url.panel ?>/held" data-up><?cs call:icon_dir("arrow-left") ?><?cs var:_("Held mail") ?></a></p>
<div class="bar"><h1><?cs if:Letter.subject ?><bdi><?cs var:Letter.subject ?></bdi><?cs else ?><?cs var:_("(no subject)") ?><?cs /if ?></h1></div>
<div class="ticket-grid ticket-grid--bare ticket-grid--letter">
<div class="ticket-main">
<?cs include!"parts/flash.html.cs" ?>
<?cs if:Faster.text ?><div class="notice notice--warning" role="alert" tabindex="-1" data-focus><?cs call:icon("git-merge") ?><p class="strong"><?cs var:Faster.text ?></p></div><?cs /if ?>
<?cs include!"parts/errors.html.cs" ?>
<?cs if:Done.text ?><div id="done"<?cs if:Done.soon ?> data-look-after="3"<?cs /if ?>><div class="notice notice--<?cs var:Done.kind ?>"><?cs if:Done.kind == "success" ?><?cs call:icon("circle-check") ?><?cs else ?><?cs call:icon("info-circle") ?><?cs /if ?><p class="strong"><?cs var:Done.text ?></p><?cs if:Done.at ?><p class="small muted"><?cs call:when(Done.at, Done.at_iso) ?></p><?cs /if ?><?cs if:Done.url ?><p><a href="<?cs var:link(Done.url) ?>"><?cs var:say1("Open ticket {1}", Done.number) ?></a></p><?cs /if ?><?cs if:Done.soon ?><p><a href="<?cs var:link(Letter.url) ?>"><?cs var:_("Look again") ?></a></p><?cs /if ?><?cs if:Done.undo ?><form method="post" action="<?cs var:link(Letter.url) ?>"><?cs call:tokens() ?><button class="btn btn--s" name="do" value="restore"><?cs call:icon_dir("arrow-back-up") ?><?cs var:_("Undo: hold it again") ?></button></form><?cs /if ?></div></div>
<?cs else ?><section class="notice notice--<?cs if:Letter.bad ?>danger<?cs else ?>warning<?cs /if ?>" aria-labelledby="why"><?cs call:icon("shield-lock") ?><h2 id="why"><?cs var:Letter.why ?></h2><?cs if:Letter.because ?><p><?cs var:Letter.because ?></p><?cs /if ?><?cs if:Letter.error ?><p class="small"><bdi class="any"><?cs var:Letter.error ?></bdi></p><?cs /if ?></section><?cs /if ?>
<article class="msg" aria-labelledby="from"><header class="msg-head"><?cs call:avatar(Letter) ?><h2 id="from"><bdi><?cs if:Letter.name ?><?cs var:Letter.name ?><?cs elif:Letter.address ?><?cs var:Letter.address ?><?cs else ?><?cs var:_("No sender") ?><?cs /if ?></bdi></h2><?cs if:Letter.name ?><span class="muted any"><bdi><?cs var:Letter.address ?></bdi></span><?cs /if ?><time datetime="<?cs var:Letter.at_iso ?>" title="<?cs var:Letter.at ?>"><?cs var:Letter.at_short ?></time></header>
<?cs include!"parts/letter_words.html.cs" ?></article>
</div>
<aside class="ticket-side" aria-label="<?cs var:_("What shall become of it") ?>">
<?cs if:!Done.text ?><section class="card" aria-labelledby="become"><div class="card-head"><h2 id="become"><?cs var:_("What shall become of it?") ?></h2></div><form class="card-body stack stack--3" method="post" action="<?cs var:link(Letter.url) ?>"><?cs call:tokens() ?>
<?cs if:Letter.bad ?><button class="btn btn--primary btn--wide" name="do" value="again"><?cs call:icon_s("refresh") ?><?cs var:_("Try again") ?></button><p class="hint"><?cs var:_("It is read once more within a minute.") ?></p>
<?cs else ?><?cs if:May.create ?><button class="btn btn--primary btn--wide" name="do" value="ticket"><?cs call:icon_s("message-plus") ?><?cs var:_("Make a ticket of it") ?></button><?cs /if ?>
<?cs if:May.join || May.note ?><div class="<?cs call:field_class(Form.number) ?>"><label for="number"><?cs var:_("Ticket number") ?></label><?cs call:complaint("number", Form.number) ?><input class="input" id="number" name="number" maxlength="32" inputmode="numeric" autocomplete="off" dir="ltr" value="<?cs var:Form.number.value ?>"<?cs call:described("number", "", Form.number) ?>></div><div class="row row--tight row--fill"><?cs if:May.join ?><button class="btn" name="do" value="join"><?cs var:_("Add to it") ?></button><?cs /if ?><?cs if:May.note ?><button class="btn btn--note" name="do" value="note"><?cs call:icon_s("lock") ?><?cs var:_("Keep as note") ?></button><?cs /if ?></div><p class="hint"><?cs var:_("Added, the customer sees it; a note is seen by your team alone.") ?></p><?cs /if ?><?cs /if ?>
<div class="<?cs if:Letter.bad || May.create || May.join || May.note ?>apart <?cs /if ?>stack stack--2"><button class="btn btn--danger btn--wide" name="do" value="drop"><?cs call:icon_s("trash") ?><?cs var:_("Throw away") ?></button><p class="hint"><?cs var:_("Nobody is told. The letter itself stays until its time is over, and this can be undone until then.") ?></p></div>
</form></section><?cs /if ?>
<section class="card" aria-labelledby="facts"><div class="card-body stack stack--3"><h2 id="facts"><?cs var:_("The letter") ?></h2><?cs include!"parts/letter_facts.html.cs" ?>
<?cs if:Letter.address ?><form class="stack stack--2" method="post" action="<?cs var:link(Letter.url) ?>"><?cs call:tokens() ?><?cs if:Letter.blocked ?><p class="small row row--tight row--line"><?cs call:icon_s("ban") ?><span><?cs var:_("All mail of this address is held.") ?></span></p><div><button class="btn btn--s" name="do" value="unblock"><?cs var:_("Don’t hold all its mail any more") ?></button></div><?cs else ?><div><button class="btn btn--s" name="do" value="block"><?cs call:icon_s("ban") ?><?cs var:_("Hold all mail of this address") ?></button></div><?cs /if ?></form><?cs /if ?></div></section>
</aside>
<div class="ticket-rest">
<details class="card" id="trace" open><summary><?cs var:_("Why is this here?") ?></summary><div class="card-body"><?cs include!"parts/letter_trace.html.cs" ?></div></details>
<?cs include!"parts/letter_source.html.cs" ?>
</div></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
