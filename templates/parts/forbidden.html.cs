<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form"><section class="card card-body stack" aria-labelledby="failure"><div class="row row--line"><span class="empty-art empty-art--s"><?cs call:icon("lock") ?></span><div class="grow"><p class="tiny muted num">403</p><h1 id="failure"><?cs var:_("You don’t have access to this") ?></h1></div></div>
<p><?cs var:_("You are signed in, but this is for other people. If you think that is wrong, ask the shop.") ?></p>
<?cs include!"parts/failure_foot.html.cs" ?></section></main>
<?cs include!"parts/bottom.html.cs" ?>
