<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page">
<?cs include!"parts/flash.html.cs" ?>
<div class="page-head"><h1><?cs var:_("Your requests") ?></h1><a class="btn btn--primary" href="<?cs var:Url.storefront ?>/new"><?cs call:icon("message-plus") ?><?cs var:_("Add New Message") ?></a></div>
<div class="stack"><nav class="tabs" aria-label="<?cs var:_("Requests") ?>"><a href="<?cs var:Url.storefront ?>/requests"<?cs if:State != "closed" ?> aria-current="page"<?cs /if ?>><?cs var:in("requests", "Open") ?> <span class="count"><?cs var:Count.open ?></span></a><a href="<?cs var:Url.storefront ?>/requests?state=closed"<?cs if:State == "closed" ?> aria-current="page"<?cs /if ?>><?cs var:in("requests", "Closed") ?> <span class="count"><?cs var:Count.closed ?></span></a></nav>
<form role="search" class="row" method="get" action="<?cs var:Url.storefront ?>/requests"><label class="vh" for="q"><?cs var:_("Search your requests") ?></label><span class="grow"><input class="input" id="q" type="search" name="q" value="<?cs var:Query ?>" dir="auto" placeholder="<?cs var:_("Words, order or request number") ?>"></span><?cs if:State == "closed" ?><input type="hidden" name="state" value="closed"><?cs /if ?><button class="btn"><?cs call:icon("search") ?><?cs var:_("Search") ?></button></form>
<?cs if:subcount(Tickets) > #0 ?>
<ol class="requests"><?cs each:t = Tickets ?><li><h2><a href="<?cs var:link(t.url) ?>" dir="auto"><?cs var:t.subject ?></a><?cs if:t.new ?> <span class="new-mark"><?cs var:_("New answer") ?></span><?cs /if ?></h2><p class="small muted clip" dir="auto"><?cs var:t.snippet ?></p><p class="tiny muted num"><?cs var:say1("Request {1}", t.number) ?> · <?cs if:t.order.no ?><?cs var:say1("Order {1}", t.order.no) ?><?cs else ?><?cs var:_("No order") ?><?cs /if ?> · <?cs call:when(t.updated_at, t.updated_iso) ?></p><?cs call:turn(t.turn) ?></li><?cs /each ?></ol>
<?cs include!"parts/pager.html.cs" ?>
<?cs elif:Query ?>
<section class="card empty" aria-labelledby="empty"><h2 id="empty"><?cs var:_("No request matches these words") ?></h2><a class="btn" href="<?cs var:Url.storefront ?>/requests"><?cs var:_("Show all requests") ?></a></section>
<?cs else ?>
<section class="card empty" aria-labelledby="empty"><span class="empty-art"><?cs call:icon_l("messages") ?></span><h2 id="empty"><?cs if:State == "closed" ?><?cs var:_("No closed requests") ?><?cs else ?><?cs var:_("No open requests") ?><?cs /if ?></h2><p><?cs var:_("What you write to us, and our answers, stay here.") ?></p></section>
<?cs /if ?></div>
</main>
<?cs include!"parts/bottom.html.cs" ?>
