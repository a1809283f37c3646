<?cs include!"parts/settings_head.html.cs" ?>
<div class="bar"><h1><?cs var:_("Log of changes") ?></h1><?cs include!"parts/settings_menu.html.cs" ?></div>
<div class="stack stack--5"><?cs if:subcount(Changes) > #0 ?>
<div class="table-box"><table class="table table--list"><caption class="vh"><?cs var:_("Who changed what, newest first") ?></caption><thead><tr><th scope="col"><?cs var:_("When") ?></th><th scope="col"><?cs var:_("Who") ?></th><th scope="col"><?cs var:_("What") ?></th><th scope="col"><?cs var:in("change", "Before") ?></th><th scope="col"><?cs var:in("change", "After") ?></th></tr></thead><tbody><?cs each:c = Changes ?><tr><td class="fit" data-label="<?cs var:_("When") ?>"><?cs call:when(c.at_short, c.at_iso) ?></td><td data-label="<?cs var:_("Who") ?>"><bdi><?cs var:c.by ?></bdi></td><th scope="row" class="c-main"><code class="any" dir="ltr"><?cs var:c.what ?></code></th><td data-label="<?cs var:in("change", "Before") ?>"><?cs if:c.old ?><span class="any"><bdi><?cs var:c.old ?></bdi></span><?cs else ?><?cs call:nothing(_("nothing")) ?><?cs /if ?></td><td data-label="<?cs var:in("change", "After") ?>"><?cs if:c.new ?><span class="any"><bdi><?cs var:c.new ?></bdi></span><?cs else ?><?cs call:nothing(_("nothing")) ?><?cs /if ?></td></tr><?cs /each ?></tbody></table></div><?cs include!"parts/pager.html.cs" ?>
<?cs else ?><p class="muted"><?cs var:_("Nothing was changed yet.") ?></p><?cs /if ?></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
