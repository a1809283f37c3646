<?cs include!"parts/settings_head.html.cs" ?>
<?cs # One setting, by its kind. `r` has name, kind, label, hint, value, error and options. ?>
<?cs def:one_setting(r) ?><?cs if:r.kind == "switch" ?><?cs call:checkbox(r.name, r.label, r.hint, r) ?><?cs elif:r.kind == "choice" ?><?cs call:select(r.name, r.label, r.hint, r, r.options, "l") ?><?cs elif:r.kind == "text" ?><?cs call:area(r.name, r.label, r.hint, r, "3", "2000") ?><?cs elif:r.kind == "number" ?><?cs call:input(r.name, r.label, r.hint, r, "number", "off", "s", "") ?><?cs elif:r.kind == "email" ?><?cs call:input(r.name, r.label, r.hint, r, "email", "off", "l", "254") ?><?cs elif:r.kind == "url" ?><?cs call:input(r.name, r.label, r.hint, r, "url", "off", "l", "500") ?><?cs elif:r.kind == "secret" ?><?cs call:password(r.name, r.label, r.hint, r, "new-password") ?><?cs else ?><?cs call:input(r.name, r.label, r.hint, r, "text", "off", "l", "250") ?><?cs /if ?><?cs /def ?>
<div class="bar"><h1><?cs var:_("General") ?></h1><?cs include!"parts/settings_menu.html.cs" ?></div>
<div class="stack stack--5"><?cs include!"parts/flash.html.cs" ?><?cs include!"parts/errors.html.cs" ?>
<?cs if:Broken.text ?><div class="notice notice--danger" role="alert"><?cs call:icon("template") ?><h2><?cs var:_("A template of your theme is broken") ?></h2><p><code class="any" dir="ltr"><?cs var:Broken.text ?></code></p><p><?cs var:_("The shipped page is shown instead until the file is right.") ?></p></div><?cs /if ?>
<form class="stack stack--5" method="post" action="<?cs var:Url.config ?>/general" novalidate><?cs call:tokens() ?>
<?cs each:g = Groups ?><section class="card" aria-label="<?cs var:g.title ?>"><div class="card-head"><h2><?cs var:g.title ?></h2></div><div class="card-body stack"><?cs each:r = g.rows ?><?cs call:one_setting(r) ?><?cs /each ?></div></section><?cs /each ?>
<div class="stick form-foot"><button class="btn btn--primary"><?cs var:_("Save") ?></button></div></form></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
