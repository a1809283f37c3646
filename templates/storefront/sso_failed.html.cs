<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form"><section class="card card-body stack" aria-labelledby="failure"><div class="row row--line"><span class="empty-art empty-art--s"><?cs call:icon("key") ?></span><div class="grow"><h1 id="failure"><?cs var:_("The shop could not sign you in here") ?></h1></div></div>
<p><?cs if:Failure.text ?><?cs var:Failure.text ?><?cs else ?><?cs var:_("The link from the shop is too old or was used before. Go back to the shop, sign in and open your orders once more.") ?><?cs /if ?></p>
<div class="row"><a class="btn btn--primary" href="<?cs if:Failure.url ?><?cs var:link(Failure.url) ?><?cs else ?><?cs var:link(Shop.url) ?><?cs /if ?>"><?cs var:_("To the shop") ?></a><a href="<?cs var:Url.storefront ?>/guest"><?cs var:_("Write without an account") ?></a></div>
<?cs if:Failure.id ?><p class="tiny muted"><?cs var:say1("If you write to us about it, give this number: {1}", Failure.id) ?></p><?cs /if ?></section></main>
<?cs include!"parts/bottom.html.cs" ?>
