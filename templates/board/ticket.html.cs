<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--split">
<nav aria-label="<?cs var:_("You are here") ?>"><ol class="crumbs"><?cs if:Me.kind == "customer" ?><li><a href="<?cs var:Url.storefront ?>/orders"><?cs var:_("Your orders") ?></a></li><?cs /if ?><?cs if:Ticket.order.no ?><li><a href="<?cs var:link(Ticket.order.url) ?>"><?cs var:say1("Order {1}", Ticket.order.no) ?></a></li><?cs /if ?><li aria-current="page"><?cs var:say1("Request {1}", Ticket.number) ?></li></ol></nav>
<div class="page-head"><div class="stack stack--1"><h1 dir="auto"><?cs var:Ticket.subject ?></h1><p class="muted small"><?cs var:say2("Request {1} · opened {2}", Ticket.number, Ticket.opened_at) ?><?cs if:Ticket.updated_at ?> · <?cs var:say1("last updated {1}", Ticket.updated_at) ?><?cs /if ?></p></div><?cs call:turn(Ticket.turn) ?></div>
<div class="stack">
<?cs include!"parts/flash.html.cs" ?>
<?cs include!"parts/errors.html.cs" ?>
<?cs if:subcount(Messages) > #4 ?><p class="small"><a href="#write"><?cs var:_("Jump to the newest") ?></a></p><?cs /if ?>
<?cs include!"parts/conversation.html.cs" ?>
<?cs if:Write.url ?><section class="card" aria-labelledby="answer"><div class="card-body stack"><h2 id="answer"><?cs if:Write.closed ?><?cs var:_("Write again to reopen") ?><?cs else ?><?cs var:_("Add New Message") ?><?cs /if ?></h2>
<?cs include!"parts/message_form.html.cs" ?></div></section>
<?cs else ?><p><?cs var:_("This request is closed.") ?> <a href="<?cs var:Url.storefront ?>/new"><?cs var:_("Write a Message") ?></a></p><?cs /if ?>
</div>
<?cs if:Order.no ?><aside aria-label="<?cs var:_("Order") ?>"><?cs include!"parts/slip.html.cs" ?></aside><?cs /if ?>
</main>
<?cs include!"parts/bottom.html.cs" ?>
