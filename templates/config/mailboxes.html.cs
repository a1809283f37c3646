<?cs include!"parts/settings_head.html.cs" ?>
<div class="bar"><h1><?cs var:_("Mailboxes") ?></h1><?cs include!"parts/settings_menu.html.cs" ?><a class="btn btn--primary" href="<?cs var:Url.config ?>/mailboxes/new"><?cs call:icon("plus") ?><?cs var:_("Add a mailbox") ?></a></div>
<div class="stack stack--5"><?cs include!"parts/flash.html.cs" ?>
<p class="muted"><?cs var:_("Letters to the help desk are fetched from here. A mail host that hands letters over itself needs no mailbox.") ?></p>
<?cs if:Mailroom.silent && subcount(Mailboxes) > #0 ?><?cs include!"parts/mailroom_silent.html.cs" ?><?cs /if ?>
<?cs if:subcount(Mailboxes) > #0 ?><div class="table-box"><table class="table table--list"><caption class="vh"><?cs var:_("Mailboxes") ?></caption><thead><tr><th scope="col"><?cs var:_("Mailbox") ?></th><th scope="col"><?cs var:_("State") ?></th><th scope="col"><?cs var:_("Last fetched") ?></th><th scope="col"><span class="vh"><?cs var:_("Actions") ?></span></th></tr></thead><tbody><?cs each:m = Mailboxes ?><tr><td class="c-main c-wide"><a class="subject strong" href="<?cs var:link(m.url) ?>"><bdi><?cs var:m.name ?></bdi></a><br><span class="muted tiny any"><bdi><?cs var:m.where ?></bdi></span><?cs if:m.why ?><br><span class="small"><?cs var:m.why ?><?cs if:m.failures ?> <?cs var:m.failures ?>.<?cs /if ?></span><?cs /if ?></td><td class="fit" data-label="<?cs var:_("State") ?>"><?cs call:state_badge(m.state, m.state_colour) ?></td><td class="fit" data-label="<?cs var:_("Last fetched") ?>"><?cs if:m.ok_iso ?><?cs call:when(m.ok_short, m.ok_iso) ?><?cs else ?><?cs call:nothing(_("never")) ?><?cs /if ?></td><td class="fit"><a class="btn btn--s" href="<?cs var:link(m.url) ?>"><?cs var:_("Edit") ?><span class="vh"> <?cs var:m.name ?></span></a></td></tr><?cs /each ?></tbody></table></div>
<?cs else ?><p class="card card-body"><?cs var:_("No mailbox is fetched yet.") ?></p><?cs /if ?></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
