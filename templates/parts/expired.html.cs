<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form"><section class="card card-body stack" aria-labelledby="failure"><div class="row row--line"><span class="empty-art empty-art--s"><?cs call:icon("clock") ?></span><div class="grow"><p class="tiny muted num">403</p><h1 id="failure"><?cs var:_("This page was open for too long") ?></h1></div></div>
<p><?cs var:_("For your safety a form is valid for a limited time. Go back, load the page again and send it once more.") ?></p>
<?cs include!"parts/failure_foot.html.cs" ?></section></main>
<?cs include!"parts/bottom.html.cs" ?>
