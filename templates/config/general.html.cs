<?cs include!"parts/settings_head.html.cs" ?>
<div class="bar"><h1><?cs var:_("General") ?></h1><?cs include!"parts/settings_menu.html.cs" ?></div>
<div class="stack stack--5"><?cs include!"parts/flash.html.cs" ?><?cs include!"parts/errors.html.cs" ?>
<?cs if:Broken.text ?><div class="notice notice--danger" role="alert"><?cs call:icon("template") ?><h2><?cs var:_("A template of your theme is broken") ?></h2><p><code class="any" dir="ltr"><?cs var:Broken.text ?></code></p><p><?cs var:_("The shipped page is shown instead until the file is right.") ?></p></div><?cs /if ?>
<form class="stack stack--5" method="post" action="<?cs var:Url.config ?>/general" novalidate><?cs call:tokens() ?>
<?cs include!"parts/setting_fields.html.cs" ?>
<div class="stick form-foot"><button class="btn btn--primary"><?cs var:_("Save") ?></button></div></form></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
