<?cs include!"parts/panel_top.html.cs" ?>
<div class="desk desk--rail">
<?cs include!"parts/views_rail.html.cs" ?>
<main id="main" class="work">
<div class="bar"><h1><?cs var:_("Held mail") ?> <?cs if:Nav.held ?><span class="muted num"><?cs var:Nav.held ?></span><?cs /if ?></h1><?cs include!"parts/views_menu.html.cs" ?></div>
<div class="stack stack--3"><?cs include!"parts/flash.html.cs" ?>
<?cs if:subcount(Letters) > #0 ?>
<p class="muted small"><?cs var:_("These letters became no ticket and nobody was answered. Open one to see why, and say what shall become of it.") ?></p>
<div class="table-box"><table class="table table--list"><caption class="vh"><?cs var:_("Held letters, newest first") ?></caption><thead><tr><th scope="col"><?cs var:in("mail", "From") ?></th><th scope="col"><?cs var:_("Subject and reason") ?></th><th scope="col"><?cs var:_("Received") ?></th></tr></thead><tbody><?cs each:l = Letters ?><tr><td class="c-main any letter-who"><?cs if:l.name ?><bdi class="strong" dir="auto"><?cs var:l.name ?></bdi><br><?cs /if ?><?cs if:l.address ?><bdi class="<?cs if:l.name ?>muted tiny<?cs /if ?>"><?cs var:l.address ?></bdi><?cs else ?><span class="muted"><?cs var:_("No sender") ?></span><?cs /if ?></td><td class="c-wide any"><a href="<?cs var:link(l.url) ?>" dir="auto"><?cs if:l.subject ?><?cs var:l.subject ?><?cs else ?><?cs var:_("(no subject)") ?><?cs /if ?></a><br><span class="small"><?cs if:l.bad ?><?cs call:state_badge(l.why, "red") ?><?cs else ?><?cs var:l.why ?><?cs /if ?><?cs if:l.class ?> <span class="muted nowrap"><?cs var:l.class ?></span><?cs /if ?></span></td><td class="fit muted"><time datetime="<?cs var:l.at_iso ?>" title="<?cs var:l.at ?>"><?cs var:l.at_short ?></time></td></tr><?cs /each ?></tbody></table></div>
<?cs include!"parts/pager.html.cs" ?>
<?cs else ?><section class="card empty" aria-labelledby="empty"><span class="empty-art"><?cs call:icon_l("shield-lock") ?></span><h2 id="empty"><?cs var:_("No letter is held") ?></h2><p><?cs var:_("Mail that is no customer’s question, or that may be forged, waits here instead of becoming a ticket.") ?></p></section><?cs if:Pager.newer ?><?cs include!"parts/pager.html.cs" ?><?cs /if ?><?cs /if ?></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
