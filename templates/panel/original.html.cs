<?cs include!"parts/panel_top.html.cs" ?>
<div class="desk">
<main id="main" class="work work--wide">
<p class="back"><a href="<?cs var:link(Ticket.url) ?>#m<?cs var:Message.id ?>" data-up><?cs call:icon_dir("arrow-left") ?><?cs var:say1("Ticket {1}", Ticket.number) ?></a></p>
<div class="bar"><h1><?cs if:Letter.subject ?><bdi><?cs var:Letter.subject ?></bdi><?cs else ?><?cs var:_("(no subject)") ?><?cs /if ?></h1></div>
<div class="ticket-grid ticket-grid--bare ticket-grid--letter">
<div class="ticket-main">
<article class="msg" aria-labelledby="from"><header class="msg-head"><?cs call:avatar(Letter) ?><h2 id="from"><bdi><?cs if:Letter.name ?><?cs var:Letter.name ?><?cs else ?><?cs var:Letter.address ?><?cs /if ?></bdi></h2><?cs if:Letter.name ?><span class="muted any"><bdi><?cs var:Letter.address ?></bdi></span><?cs /if ?><time datetime="<?cs var:Letter.at_iso ?>" title="<?cs var:Letter.at ?>"><?cs var:Letter.at_short ?></time></header>
<?cs include!"parts/letter_words.html.cs" ?></article>
</div>
<aside class="ticket-side" aria-label="<?cs var:_("About this letter") ?>">
<section class="card" aria-labelledby="trace"><div class="card-body stack stack--3"><h2 id="trace"><?cs var:_("Why is this here?") ?></h2><?cs include!"parts/letter_trace.html.cs" ?></div></section>
<section class="card" aria-labelledby="facts"><div class="card-body stack stack--3"><h2 id="facts"><?cs var:_("The letter") ?></h2><?cs include!"parts/letter_facts.html.cs" ?></div></section>
</aside>
<div class="ticket-rest">
<?cs include!"parts/letter_source.html.cs" ?>
</div></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
