<?cs include!"parts/settings_head.html.cs" ?>
<?cs include!"parts/value_fields.html.cs" ?>
<nav aria-label="<?cs var:_("You are here") ?>"><ol class="crumbs"><li><a href="<?cs var:Url.config ?>/helpdesk#status"><?cs var:_("Manage Help Desk") ?></a></li><li aria-current="page"><?cs if:Item.new ?><?cs var:_("New") ?><?cs else ?><?cs var:Item.name ?><?cs /if ?></li></ol></nav>
<div class="bar"><h1><?cs if:Item.new ?><?cs var:_("New status") ?><?cs else ?><?cs var:_("Edit status") ?><?cs /if ?></h1><?cs include!"parts/settings_menu.html.cs" ?></div>
<div class="stack stack--5"><?cs include!"parts/flash.html.cs" ?><?cs include!"parts/errors.html.cs" ?>
<form class="stack stack--5" method="post" action="<?cs var:link(Item.url) ?>" enctype="multipart/form-data" novalidate><?cs call:tokens() ?><input type="hidden" name="version" value="<?cs var:Item.version ?>"><section class="card card-body stack stack--5" aria-label="<?cs var:_("Status") ?>">
<?cs call:name_field() ?>
<?cs call:input("label", _("What customers see"), _("Leave empty to show the name"), Form.label, "text", "off", "l", "40") ?>
<?cs call:translations("label", _("What customers see")) ?>
<?cs call:select("category", _("Whose turn is it?"), _("Rules and clocks use this, not the name"), Form.category, Categories, "l") ?>
<?cs call:colour_field() ?>
<?cs call:image_fields() ?>
<?cs call:preview(Preview) ?>
<div><?cs call:checkbox("may_reply", _("Customers may answer"), _("Off: the form for an answer is hidden"), Form.may_reply) ?><?cs call:checkbox("final", _("Only administrators may change it"), _("Customers who write again still open it"), Form.final) ?></div>
</section>
<?cs call:value_foot(_("Save status")) ?></form></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
