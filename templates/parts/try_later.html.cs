<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form"><section class="card card-body stack" aria-labelledby="failure"><div class="row row--line"><span class="empty-art empty-art--s"><?cs call:icon("refresh") ?></span><div class="grow"><p class="tiny muted num">503</p><h1 id="failure"><?cs var:_("We can’t answer at the moment") ?></h1></div></div>
<p><?cs if:Failure.wait ?><?cs var:many("Something we need does not answer. Try again in 1 second.", "Something we need does not answer. Try again in {1} seconds.", Failure.wait) ?><?cs else ?><?cs var:_("Something we need does not answer. Try again in a minute.") ?><?cs /if ?></p>
<p><?cs var:_("Nothing that was saved is lost. If you were sending a message, go back: your browser still has your text.") ?></p>
<?cs include!"parts/failure_foot.html.cs" ?></section></main>
<?cs include!"parts/bottom.html.cs" ?>
