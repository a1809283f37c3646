<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form"><section class="card card-body stack" aria-labelledby="failure"><div class="row row--line"><span class="empty-art empty-art--s"><?cs call:icon("alert-circle") ?></span><div class="grow"><p class="tiny muted num">400</p><h1 id="failure"><?cs var:_("We could not read that") ?></h1></div></div>
<p><?cs var:_("The page you came from may be old, or the address is cut off. Go back, load the page again and try once more.") ?></p>
<?cs include!"parts/failure_foot.html.cs" ?></section></main>
<?cs include!"parts/bottom.html.cs" ?>
