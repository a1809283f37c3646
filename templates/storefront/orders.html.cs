<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page">
<?cs include!"parts/flash.html.cs" ?>
<div class="page-head"><h1><?cs var:_("Your orders") ?></h1><a href="<?cs var:Url.storefront ?>/requests"><?cs if:Count.requests ?><?cs var:say1("Your requests ({1})", Count.requests) ?><?cs else ?><?cs var:_("Your requests") ?><?cs /if ?></a></div>
<?cs if:Shop.down ?>
<div class="stack"><div class="notice notice--warning"><?cs call:icon("wifi-off") ?><h2><?cs var:_("We can’t show your orders at the moment") ?></h2><p><?cs var:_("You can still write to us and give the order number. Nothing you wrote is lost.") ?></p></div>
<form class="card card-body row row--end" method="get" action="<?cs var:Url.storefront ?>/new"><?cs call:input("order", _("Order number (if you know it)"), "", Form.order, "text", "off", "m", "64") ?><?cs call:primary(_("Write a Message")) ?></form></div>
<?cs elif:subcount(Orders) == #0 ?>
<section class="card empty" aria-labelledby="empty"><span class="empty-art"><?cs call:icon_l("package") ?></span><h2 id="empty"><?cs var:_("You have no orders in this shop yet") ?></h2><p><?cs var:_("When you buy something, it appears here with a button to get help.") ?></p><a class="btn" href="<?cs var:Url.storefront ?>/new"><?cs call:icon("message-plus") ?><?cs var:_("Write a Message") ?></a></section>
<?cs else ?>
<ol class="orders"><?cs each:o = Orders ?>
<li class="order"><div class="order-main"><div class="order-id"><h2><a class="order-no" href="<?cs var:link(o.url) ?>"><?cs var:say1("Order {1}", o.no) ?></a></h2><p class="small muted"><?cs call:when(o.placed, o.placed_iso) ?></p></div><div class="order-items"><span class="thumb"><?cs call:icon("shopping-bag") ?></span><span class="grow" dir="auto"><?cs var:o.items ?></span></div><p class="order-total"><?cs var:o.total ?></p><p class="order-state"><?cs if:o.status ?><?cs call:state_badge(o.status, o.colour) ?><?cs /if ?></p><div class="order-act"><?cs if:subcount(o.tickets) > #0 ?><a class="btn btn--quiet" href="<?cs var:link(o.new_url) ?>"><?cs var:_("New request") ?><span class="vh"> <?cs var:say1("about order {1}", o.no) ?></span></a><?cs else ?><a class="btn" href="<?cs var:link(o.new_url) ?>"><?cs var:_("Get help") ?><span class="vh"> <?cs var:say1("with order {1}", o.no) ?></span></a><?cs /if ?></div></div>
<?cs if:subcount(o.tickets) > #0 ?><ul class="order-requests" aria-label="<?cs var:say1("Requests about order {1}", o.no) ?>"><?cs each:t = o.tickets ?><li><span><a href="<?cs var:link(t.url) ?>" dir="auto"><?cs var:t.subject ?></a> <span class="muted small num nowrap"><?cs var:say1("Request {1}", t.number) ?></span></span><?cs if:t.new ?><span class="new-mark"><?cs var:_("New answer") ?></span><?cs /if ?><?cs call:turn(t.turn) ?></li><?cs /each ?></ul><?cs /if ?></li>
<?cs /each ?></ol>
<?cs include!"parts/pager.html.cs" ?>
<p><?cs var:_("Question about something else?") ?> <a href="<?cs var:Url.storefront ?>/new"><?cs var:_("Write a Message") ?></a></p>
<?cs /if ?>
</main>
<?cs include!"parts/bottom.html.cs" ?>
