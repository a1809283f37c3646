<?cs include!"parts/settings_head.html.cs" ?>
<nav aria-label="<?cs var:_("You are here") ?>"><ol class="crumbs"><li><a href="<?cs var:Url.config ?>/mailboxes"><?cs var:_("Mailboxes") ?></a></li><li aria-current="page"><?cs if:Item.new ?><?cs var:_("New") ?><?cs else ?><bdi><?cs var:Item.name ?></bdi><?cs /if ?></li></ol></nav>
<div class="bar"><h1><?cs if:Item.new ?><?cs var:_("Add a mailbox") ?><?cs else ?><?cs var:Item.name ?><?cs /if ?></h1><?cs include!"parts/settings_menu.html.cs" ?></div>
<div class="stack stack--5"><?cs include!"parts/flash.html.cs" ?><?cs include!"parts/errors.html.cs" ?>
<?cs if:Item.why ?><div class="notice notice--warning"><?cs call:icon("alert-triangle") ?><h2><?cs var:Item.why ?></h2><p><?cs var:Item.todo ?></p><?cs if:Item.detail ?><p class="small muted"><bdi><?cs var:Item.detail ?></bdi></p><?cs /if ?></div><?cs /if ?>
<form class="card" method="post" action="<?cs var:link(Item.url) ?>" novalidate aria-label="<?cs var:_("Mailbox") ?>"><div class="card-body stack"><?cs call:tokens() ?><input type="hidden" name="version" value="<?cs var:Item.version ?>">
<?cs call:input("name", _("Name"), _("For this list only"), Form.name, "text", "off", "l", "80") ?>
<?cs call:radios("kind", _("How it is read"), Form.kind, Kinds) ?>
<div class="two"><?cs call:input("host", _("Host"), _("As imap.example.com"), Form.host, "text", "off", "", "255") ?><?cs call:input("port", _("Port"), "", Form.port, "text", "off", "s", "5") ?></div>
<?cs call:select("tls", _("Encryption"), "", Form.tls, Tls, "") ?>
<div class="two"><?cs call:input("user", _("User name"), _("Often the whole address"), Form.user, "text", "off", "", "254") ?><?cs if:Item.new ?><?cs call:password("password", _("Password"), "", Form.password, "new-password") ?><?cs else ?><?cs call:password("password", _("Password"), _("Leave empty to keep the one that is stored"), Form.password, "new-password") ?><?cs /if ?></div>
<div class="only-imap"><?cs call:input("folder", _("Folder"), _("Empty: INBOX"), Form.folder, "text", "off", "l", "255") ?></div>
<?cs call:radios("afterwards", _("Letters that were fetched"), Form.afterwards, Afterwards) ?>
<div class="only-moved"><?cs call:input("move_to", _("Folder to move them to"), "", Form.move_to, "text", "off", "l", "255") ?></div>
<div><?cs call:checkbox("old_too", _("Also fetch what lies there already"), _("Off: only letters that come from now on become tickets"), Form.old_too) ?><?cs call:checkbox("active", _("Fetch this mailbox"), "", Form.active) ?></div>
<div class="form-foot"><button class="btn btn--primary" name="do" value="test"><?cs var:_("Save and test") ?></button><button class="btn" name="do" value="save"><?cs var:_("Save") ?></button><a href="<?cs var:Url.config ?>/mailboxes"><?cs var:_("Cancel") ?></a></div></div></form>
<?cs if:!Item.new ?><form class="card" method="post" action="<?cs var:link(Item.url) ?>" aria-label="<?cs var:_("Remove this mailbox") ?>"><div class="card-body stack"><?cs call:tokens() ?><p><?cs var:_("Removed here, the mailbox is not fetched any more. Letters and tickets stay, here and there.") ?></p><div><button class="btn btn--danger" name="do" value="delete"><?cs var:_("Remove this mailbox") ?></button></div></div></form><?cs /if ?></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
