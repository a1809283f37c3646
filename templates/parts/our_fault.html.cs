<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form"><section class="card card-body stack" aria-labelledby="failure"><div class="row row--line"><span class="empty-art empty-art--s"><?cs call:icon("alert-triangle") ?></span><div class="grow"><p class="tiny muted num">500</p><h1 id="failure"><?cs var:_("Something went wrong on our side") ?></h1></div></div>
<p><?cs var:_("It was not your fault, and we have written it down. If you were sending a message, go back: your browser still has your text. Then try again.") ?></p>
<?cs include!"parts/failure_foot.html.cs" ?></section></main>
<?cs include!"parts/bottom.html.cs" ?>
