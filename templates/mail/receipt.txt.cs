Subject: [#<?cs var:Fact.ticket_number ?>] <?cs var:_("We have your message") ?>

<?cs var:_("Thank you for writing. We will answer as soon as we can.") ?>

<?cs include!"parts/mail_ticket.txt.cs" ?><?cs include!"parts/mail_bottom.txt.cs" ?>