<?cs if:Fact.url ?><?cs var:say1("Read and answer: {1}", Fact.url) ?>
<?cs /if ?><?cs if:Fact.reply_possible ?><?cs var:_("You can answer this mail.") ?>
<?cs elif:Fact.url ?><?cs var:_("Please answer on that page: answers to this mail are not read.") ?>
<?cs /if ?>
----------------------------------------------------------------
<?cs var:column(_("Request"), #14) ?><?cs var:Fact.ticket_number ?>
<?cs if:Fact.order_no ?><?cs var:column(_("Order"), #14) ?><?cs var:Fact.order_no ?><?cs if:Fact.order_placed_at ?> <?cs var:say1("of {1}", Fact.order_placed_at) ?><?cs /if ?>
<?cs if:Fact.order_url ?><?cs var:column("", #14) ?><?cs var:Fact.order_url ?>
<?cs /if ?><?cs /if ?><?cs if:Fact.opened_at ?><?cs var:column(_("Opened"), #14) ?><?cs if:Fact.opened_by ?><?cs var:say2("{1} by {2}", Fact.opened_at, Fact.opened_by) ?><?cs else ?><?cs var:Fact.opened_at ?><?cs /if ?>
<?cs /if ?><?cs if:Fact.updated_at ?><?cs var:column(_("Last updated"), #14) ?><?cs var:Fact.updated_at ?>
<?cs /if ?><?cs if:Fact.status ?><?cs var:column(_("Status"), #14) ?><?cs var:Fact.status ?>
<?cs /if ?><?cs if:Fact.priority ?><?cs var:column(_("Priority"), #14) ?><?cs var:Fact.priority ?>
<?cs /if ?>----------------------------------------------------------------
