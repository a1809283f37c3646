<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form"><section class="card card-body stack" aria-labelledby="failure"><div class="row row--line"><span class="empty-art empty-art--s"><?cs call:icon("clock") ?></span><div class="grow"><p class="tiny muted num">429</p><h1 id="failure"><?cs var:_("Too many tries") ?></h1></div></div>
<p><?cs if:Failure.wait ?><?cs var:many("Wait 1 second, then try again.", "Wait {1} seconds, then try again.", Failure.wait) ?><?cs else ?><?cs var:_("Wait a little, then try again.") ?><?cs /if ?></p>
<?cs include!"parts/failure_foot.html.cs" ?></section></main>
<?cs include!"parts/bottom.html.cs" ?>
