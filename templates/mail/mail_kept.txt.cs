Subject: [<?cs var:Fact.ticket_number ?>] <?cs var:_("Your mail was kept as a note") ?>

<?cs var:_("What you wrote by mail was not sent to the customer. It stands in the request as a note that only the team sees.") ?>
<?cs var:Fact.reason ?>

<?cs var:_("Open the request") ?>: <?cs var:Fact.url ?>

-- 
<?cs var:Fact.shop_name ?>
