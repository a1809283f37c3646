<?cs if:Fact.url ?><p><a class="go" href="<?cs var:link(Fact.url) ?>"><?cs var:_("Read and answer") ?></a></p>
<?cs /if ?><?cs if:Fact.reply_possible ?><p class="by"><?cs var:_("You can answer this mail.") ?></p>
<?cs elif:Fact.url ?><p class="by"><?cs var:_("Please answer on that page: answers to this mail are not read.") ?></p>
<?cs /if ?><dl>
<dt><?cs var:_("Request") ?></dt><dd><?cs var:Fact.ticket_number ?></dd>
<?cs if:Fact.order_no ?><dt><?cs var:_("Order") ?></dt><dd><?cs if:Fact.order_url ?><a href="<?cs var:link(Fact.order_url) ?>"><?cs var:Fact.order_no ?></a><?cs else ?><?cs var:Fact.order_no ?><?cs /if ?><?cs if:Fact.order_placed_at ?> <?cs var:say1("of {1}", Fact.order_placed_at) ?><?cs /if ?></dd>
<?cs /if ?><?cs if:Fact.opened_at ?><dt><?cs var:_("Opened") ?></dt><dd><?cs if:Fact.opened_by ?><?cs var:say2("{1} by {2}", Fact.opened_at, Fact.opened_by) ?><?cs else ?><?cs var:Fact.opened_at ?><?cs /if ?></dd>
<?cs /if ?><?cs if:Fact.updated_at ?><dt><?cs var:_("Last updated") ?></dt><dd><?cs var:Fact.updated_at ?></dd>
<?cs /if ?><?cs if:Fact.status ?><dt><?cs var:_("Status") ?></dt><dd><?cs var:Fact.status ?></dd>
<?cs /if ?><?cs if:Fact.priority ?><dt><?cs var:_("Priority") ?></dt><dd><?cs var:Fact.priority ?></dd>
<?cs /if ?></dl>
