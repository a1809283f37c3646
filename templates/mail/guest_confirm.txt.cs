Subject: <?cs var:say1("Send your message to {1}", Fact.shop_name) ?>

<?cs var:_("Somebody, most likely you, wrote to us and gave this address. Open the link to send the message; nothing reaches us before. If it was not you, simply delete this mail.") ?>

<?cs var:_("See and send your message") ?>: <?cs var:Fact.url ?>

<?cs include!"parts/mail_bottom.txt.cs" ?>
