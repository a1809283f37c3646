<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form"><section class="card card-body stack" aria-labelledby="failure"><div class="row row--line"><span class="empty-art empty-art--s"><?cs call:icon("alert-triangle") ?></span><div class="grow"><p class="tiny muted num">507</p><h1 id="failure"><?cs var:_("We have no room left") ?></h1></div></div>
<p><?cs var:_("Your message was not saved. We have been told and are making room. Go back to keep your text, and try again later.") ?></p>
<?cs include!"parts/failure_foot.html.cs" ?></section></main>
<?cs include!"parts/bottom.html.cs" ?>
