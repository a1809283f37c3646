Subject: [#<?cs var:Fact.ticket_number ?>] <?cs var:say1("New request: {1}", Fact.subject) ?>

<?cs var:say2("{1} opened a request on {2}", Fact.author, Fact.written_at) ?>:

<?cs include!"parts/mail_message.txt.cs" ?><?cs include!"parts/mail_ticket.txt.cs" ?><?cs include!"parts/mail_bottom.txt.cs" ?>