<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form">
<div class="stack stack--5"><div class="notice notice--success" role="status"><?cs call:icon("circle-check") ?><h1 class="strong"><?cs if:Ticket.number ?><?cs var:_("We have your message") ?><?cs else ?><?cs var:_("One step is left: look into your mailbox") ?><?cs /if ?></h1><p><?cs if:Ticket.number ?><?cs var:say1("Your request has the number {1}.", Ticket.number) ?> <?cs /if ?><?cs var:say1("We sent a link to {1}.", Sent.to) ?></p></div>
<p><?cs if:Ticket.number ?><?cs var:_("The link opens your request.") ?><?cs else ?><?cs var:_("Open the link in it, then your message is sent. So we know that the address is yours.") ?><?cs /if ?></p>
<p class="muted"><?cs var:_("No mail after five minutes? Look into the folder for unwanted mail, or check the address for a slip.") ?></p>
<div class="form-foot"><a class="btn" href="<?cs var:Url.storefront ?>/guest"><?cs var:_("Write another message") ?></a><?cs if:Shop.url ?><a href="<?cs var:link(Shop.url) ?>"><?cs var:_("To the shop") ?></a><?cs /if ?></div></div>
</main>
<?cs include!"parts/bottom.html.cs" ?>
