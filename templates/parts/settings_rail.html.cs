<nav class="rail" aria-label="<?cs var:_("Settings") ?>"><div class="rail-in"><div><h2><?cs var:_("Settings") ?></h2><ul><?cs include!"parts/settings_nav.html.cs" ?></ul></div></div></nav>
