<?cs include!"parts/panel_top.html.cs" ?>
<?cs set:Deep = "1" ?>
<div class="desk">
<main id="main" class="work">
<?cs if:Order.no ?>
<nav aria-label="<?cs var:_("You are here") ?>"><ol class="crumbs"><li><a href="<?cs var:Url.panel ?>/order"><?cs var:_("Orders") ?></a></li><li aria-current="page"><bdi><?cs var:Order.no ?></bdi></li></ol></nav>
<div class="bar"><h1 class="row"><?cs var:say1("Order {1}", Order.no) ?> <?cs if:Order.status ?><?cs call:state_badge(Order.status, Order.colour) ?><?cs /if ?></h1><?cs if:Order.shop_url ?><a class="btn" href="<?cs var:link(Order.shop_url) ?>"><?cs call:icon("external-link") ?><?cs var:_("Open in the shop") ?></a><?cs /if ?></div>
<?cs include!"parts/flash.html.cs" ?>
<div class="ticket-grid ticket-grid--bare"><div class="ticket-main">
<section class="card" id="desk" aria-labelledby="desk-h"><div class="card-head"><h2 id="desk-h"><?cs var:_("Help Desk") ?></h2><a class="btn btn--primary btn--s" href="<?cs var:Url.panel ?>/new?order=<?cs var:url(Order.key) ?>"><?cs call:icon_s("plus") ?><?cs var:_("Add New Message") ?></a></div>
<?cs if:subcount(Tickets) > #0 ?><div class="table-box table-box--flat"><table class="table table--cards" data-rows><caption class="vh"><?cs var:say1("Tickets of order {1}", Order.no) ?></caption><thead><tr><?cs call:sort_head(_("Status"), Sort.status, "") ?><?cs call:sort_head(_("Priority"), Sort.priority, "") ?><?cs call:sort_head(_("Subject"), Sort.subject, "") ?><?cs call:sort_head(_("Type"), Sort.type, "") ?><?cs call:sort_head(_("Updated"), Sort.updated, "") ?></tr></thead><tbody><?cs each:t = Tickets ?><tr><td class="fit c-a"><?cs call:status_badge(t.status) ?></td><td class="fit c-b"><?cs call:priority_badge(t.priority) ?></td><td class="c-main"><a class="subject strong" href="<?cs var:link(t.url) ?>" dir="auto"><?cs var:t.subject ?></a> <span class="muted tiny num"><?cs var:t.number ?></span></td><td class="p1"><?cs call:type_badge(t.type) ?></td><td class="fit c-time"><?cs call:when(t.updated_at, t.updated_iso) ?></td></tr><?cs /each ?></tbody></table></div>
<?cs else ?><p class="card-body muted"><?cs var:_("Nobody has written about this order yet.") ?></p><?cs /if ?><p class="card-foot small"><a href="<?cs var:Url.panel ?>/new?order=<?cs var:url(Order.key) ?>"><?cs var:_("Write a Message") ?></a> · <a href="<?cs var:Url.panel ?>/postings"><?cs var:_("View All Postings") ?></a></p></section>
<?cs if:subcount(Messages) > #0 ?><section class="stack stack--3" aria-labelledby="latest"><h2 id="latest"><?cs var:_("Latest messages") ?></h2><ol class="talk"><?cs each:m = Messages ?><?cs include!"parts/message.html.cs" ?><?cs /each ?></ol></section><?cs /if ?></div>
<aside class="ticket-side" aria-label="<?cs var:_("Order and customer") ?>"><?cs include!"parts/slip.html.cs" ?><?cs include!"parts/order_history.html.cs" ?><?cs if:Customer.name ?><?cs include!"parts/customer_card.html.cs" ?><?cs /if ?></aside></div>
<?cs else ?>
<div class="bar"><h1><?cs var:_("Orders") ?></h1></div>
<div class="stack"><?cs if:Shop.down ?><div class="notice notice--warning"><?cs call:icon("wifi-off") ?><p><?cs var:_("The shop didn’t answer. Try again in a minute.") ?></p></div><?cs /if ?>
<form role="search" class="card card-body row row--end" method="get" action="<?cs var:Url.panel ?>/order"><div class="field grow"><label for="no"><?cs var:_("Order number") ?></label><input class="input input--l" id="no" name="no" type="search" value="<?cs var:Query ?>" dir="auto" data-search></div><button class="btn btn--primary"><?cs call:icon("search") ?><?cs var:_("Find order") ?></button></form>
<?cs if:subcount(Orders) > #0 ?><div class="table-box"><table class="table table--list" data-rows><caption class="vh"><?cs var:_("Orders found") ?></caption><thead><tr><th scope="col"><?cs var:_("Order") ?></th><th scope="col"><?cs var:_("Placed") ?></th><th scope="col"><?cs var:_("Customer") ?></th><th scope="col"><?cs var:_("Status") ?></th><th scope="col" class="end"><?cs var:_("Total") ?></th></tr></thead><tbody><?cs each:o = Orders ?><tr><td class="c-main"><a class="subject strong order-no" href="<?cs var:link(o.url) ?>"><?cs var:o.no ?></a></td><td class="fit"><?cs call:when(o.placed, o.placed_iso) ?></td><td><bdi><?cs var:o.customer.name ?></bdi></td><td class="fit"><?cs if:o.status ?><?cs call:state_badge(o.status, o.colour) ?><?cs /if ?></td><td class="fit end num"><?cs var:o.total ?></td></tr><?cs /each ?></tbody></table></div>
<?cs elif:Query && !Shop.down ?><section class="card empty" aria-labelledby="empty"><span class="empty-art"><?cs call:icon_l("package") ?></span><h2 id="empty"><?cs var:say1("The shop has no order {1}", Query) ?></h2><p><?cs var:_("Order numbers are compared as a whole.") ?></p></section>
<?cs else ?><p class="muted"><?cs var:_("Enter the number of an order to see it with everything that was written about it.") ?></p><?cs /if ?></div>
<?cs /if ?>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
