<?cs include!"parts/panel_top.html.cs" ?>
<div class="desk">
<main id="main" class="work">
<nav aria-label="<?cs var:_("You are here") ?>"><ol class="crumbs"><li><a href="<?cs var:Url.panel ?>/inbox" data-up><?cs var:_("Inbox") ?></a></li><li aria-current="page"><?cs var:_("New ticket") ?></li></ol></nav><div class="bar"><h1><?cs var:_("Write a message to a customer") ?></h1></div>
<div class="ticket-grid ticket-grid--bare"><div class="ticket-main">
<?cs include!"parts/errors.html.cs" ?>
<?cs include!"parts/message_form.html.cs" ?></div>
<aside class="ticket-side" aria-label="<?cs var:_("Order and customer") ?>"><?cs if:Order.no ?><?cs include!"parts/slip.html.cs" ?><?cs /if ?><?cs if:Customer.name ?><?cs include!"parts/customer_card.html.cs" ?><?cs /if ?></aside></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
