<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form"><section class="card card-body stack" aria-labelledby="failure"><div class="row row--line"><span class="empty-art empty-art--s"><?cs call:icon("search") ?></span><div class="grow"><p class="tiny muted num">404</p><h1 id="failure"><?cs var:_("We can’t find this page") ?></h1></div></div>
<p><?cs var:_("It may have been removed, or it belongs to another account. If you followed a link from a mail, sign in with the address the mail went to.") ?></p>
<?cs include!"parts/failure_foot.html.cs" ?></section></main>
<?cs include!"parts/bottom.html.cs" ?>
