<nav class="rail" aria-label="<?cs var:_("Views") ?>"><div class="rail-in"><div><h2><?cs var:_("Views") ?></h2><ul><?cs include!"parts/views_nav.html.cs" ?></ul></div></div></nav>
