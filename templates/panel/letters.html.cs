<?cs include!"parts/panel_top.html.cs" ?>
<div class="desk">
<main id="main" class="work">
<div class="bar"><h1><?cs var:_("Mails that could not be sent") ?></h1></div>
<div class="stack"><?cs include!"parts/flash.html.cs" ?>
<?cs each:h = Hosts ?><div class="notice notice--warning"><?cs call:icon("wifi-off") ?><h2><?cs var:say1("{1} does not answer", h.name) ?></h2><p><?cs var:say2("Since {1}. Tried again each minute; {2} mails wait and go out by themselves.", h.since, h.due) ?><?cs if:h.why ?> <bdi><?cs var:h.why ?></bdi><?cs /if ?></p></div><?cs /each ?>
<?cs if:subcount(Letters) > #0 ?>
<form method="post" action="<?cs var:Url.panel ?>/letters"><?cs call:tokens() ?><div class="table-box"><table class="table table--list"><caption class="vh"><?cs var:_("Mails that could not be sent, newest first") ?></caption><thead><tr><th scope="col"><?cs var:in("mail", "To") ?></th><th scope="col"><?cs var:_("Subject and reason") ?></th><th scope="col"><?cs var:_("Tried") ?></th><th scope="col"><span class="vh"><?cs var:_("Actions") ?></span></th></tr></thead><tbody><?cs each:l = Letters ?><tr><td class="c-main c-wide any letter-who"><bdi><?cs var:l.to ?></bdi></td><td class="c-wide any"><?cs if:l.ticket.url ?><a href="<?cs var:link(l.ticket.url) ?>" dir="auto"><?cs var:l.subject ?></a><?cs else ?><span dir="auto"><?cs var:l.subject ?></span><?cs /if ?><?cs if:l.why ?><br><span class="muted small"><bdi><?cs var:l.why ?></bdi></span><?cs /if ?></td><td class="fit"><?cs call:when(l.at_short, l.at_iso) ?><?cs if:l.tries ?><br><span class="muted tiny"><?cs var:many("once", "{1} times", l.tries) ?></span><?cs /if ?></td><td class="fit"><span class="row row--tight row--line"><button class="btn btn--s" name="again" value="<?cs var:l.id ?>"><?cs var:_("Send again") ?><span class="vh"> <?cs var:l.to ?></span></button><button class="btn btn--s btn--quiet" name="drop" value="<?cs var:l.id ?>"><?cs var:_("Give up") ?><span class="vh"> <?cs var:l.to ?></span></button></span></td></tr><?cs /each ?></tbody></table></div></form>
<?cs include!"parts/pager.html.cs" ?>
<?cs else ?><section class="card empty" aria-labelledby="empty"><span class="empty-art"><?cs call:icon_l("mail") ?></span><h2 id="empty"><?cs var:_("Every mail was sent") ?></h2></section><?cs /if ?></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
