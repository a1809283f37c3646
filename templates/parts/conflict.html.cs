<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form"><section class="card card-body stack" aria-labelledby="failure"><div class="row row--line"><span class="empty-art empty-art--s"><?cs call:icon("git-merge") ?></span><div class="grow"><p class="tiny muted num">409</p><h1 id="failure"><?cs var:_("Somebody else was faster") ?></h1></div></div>
<p><?cs if:Failure.text ?><?cs var:Failure.text ?><?cs else ?><?cs var:_("This was changed while you were writing. Go back, load the page again and look at it first. Nothing was overwritten.") ?><?cs /if ?></p>
<?cs include!"parts/failure_foot.html.cs" ?></section></main>
<?cs include!"parts/bottom.html.cs" ?>
