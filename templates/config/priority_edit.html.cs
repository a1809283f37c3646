<?cs include!"parts/settings_head.html.cs" ?>
<?cs include!"parts/value_fields.html.cs" ?>
<nav aria-label="<?cs var:_("You are here") ?>"><ol class="crumbs"><li><a href="<?cs var:Url.config ?>/helpdesk#priority"><?cs var:_("Manage Help Desk") ?></a></li><li aria-current="page"><?cs if:Item.new ?><?cs var:_("New") ?><?cs else ?><?cs var:Item.name ?><?cs /if ?></li></ol></nav>
<div class="bar"><h1><?cs if:Item.new ?><?cs var:_("New priority") ?><?cs else ?><?cs var:_("Edit priority") ?><?cs /if ?></h1><?cs include!"parts/settings_menu.html.cs" ?></div>
<div class="stack stack--5"><?cs include!"parts/flash.html.cs" ?><?cs include!"parts/errors.html.cs" ?>
<form class="stack stack--5" method="post" action="<?cs var:link(Item.url) ?>" enctype="multipart/form-data" novalidate><?cs call:tokens() ?><input type="hidden" name="version" value="<?cs var:Item.version ?>"><section class="card card-body stack stack--5" aria-label="<?cs var:_("Priority") ?>">
<?cs call:name_field() ?>
<?cs call:input("hint", _("Help line"), _("As: important issue, answer today"), Form.hint, "text", "off", "l", "120") ?>
<?cs call:translations("hint", _("Help line")) ?>
<?cs call:colour_field() ?>
<?cs call:image_fields() ?>
<?cs call:preview(Preview) ?>
<div><?cs call:checkbox("shop", _("Customers may choose it"), "", Form.shop) ?><?cs call:checkbox("default", _("Chosen at first"), "", Form.default) ?></div>
</section>
<?cs call:value_foot(_("Save priority")) ?></form></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
