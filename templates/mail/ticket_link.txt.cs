Subject: [#<?cs var:Fact.ticket_number ?>] <?cs var:_("The link to your request") ?>

<?cs var:_("With this link you can read your request and answer. It is good for 30 days; keep it to yourself.") ?>

<?cs include!"parts/mail_ticket.txt.cs" ?><?cs include!"parts/mail_bottom.txt.cs" ?>