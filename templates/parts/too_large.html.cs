<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form"><section class="card card-body stack" aria-labelledby="failure"><div class="row row--line"><span class="empty-art empty-art--s"><?cs call:icon("file") ?></span><div class="grow"><p class="tiny muted num">413</p><h1 id="failure"><?cs var:_("That is too large") ?></h1></div></div>
<p><?cs if:Failure.text ?><?cs var:Failure.text ?><?cs else ?><?cs var:_("One of the files is too large, or all of them together. Go back, remove something and send the rest.") ?><?cs /if ?></p>
<?cs include!"parts/failure_foot.html.cs" ?></section></main>
<?cs include!"parts/bottom.html.cs" ?>
