<?cs include!"parts/settings_head.html.cs" ?>
<nav aria-label="<?cs var:_("You are here") ?>"><ol class="crumbs"><li><a href="<?cs var:Url.config ?>/staff"><?cs var:_("Team and roles") ?></a></li><li aria-current="page"><?cs if:Item.new ?><?cs var:_("New") ?><?cs else ?><bdi><?cs var:Item.name ?></bdi><?cs /if ?></li></ol></nav>
<div class="bar"><h1><?cs if:Item.new ?><?cs var:_("Add someone") ?><?cs else ?><?cs var:Item.name ?><?cs /if ?></h1><?cs include!"parts/settings_menu.html.cs" ?></div>
<div class="stack stack--5"><?cs include!"parts/flash.html.cs" ?><?cs include!"parts/errors.html.cs" ?>
<form class="card" method="post" action="<?cs var:link(Item.url) ?>" novalidate aria-label="<?cs var:_("Person") ?>"><div class="card-body stack"><?cs call:tokens() ?><input type="hidden" name="version" value="<?cs var:Item.version ?>"><div class="two"><?cs call:input("name", _("Name"), _("Customers see it beside the answers"), Form.name, "text", "off", "", "100") ?><?cs call:input("email", _("E-mail address"), _("For signing in, and for mails"), Form.email, "email", "off", "", "254") ?></div>
<?cs call:radios("role", _("Role"), Form.role, Roles) ?>
<?cs call:radios("notify", _("Mails"), Form.notify, Mails) ?>
<?cs if:!Item.new && !Item.me ?><?cs call:checkbox("active", _("May sign in"), _("Taken away, all sessions end at once. What was written stays."), Form.active) ?><?cs /if ?>
<div class="form-foot"><button class="btn btn--primary"><?cs if:Item.new ?><?cs var:_("Add and invite by mail") ?><?cs else ?><?cs var:_("Save person") ?><?cs /if ?></button><?cs if:!Item.new ?><button class="btn" name="do" value="invite"><?cs if:Item.invited ?><?cs var:_("Send the invitation again") ?><?cs else ?><?cs var:_("Send a link for a new password") ?><?cs /if ?></button><?cs /if ?><a href="<?cs var:Url.config ?>/staff"><?cs var:_("Cancel") ?></a></div></div></form></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
