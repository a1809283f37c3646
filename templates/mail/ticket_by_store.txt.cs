Subject: [#<?cs var:Fact.ticket_number ?>] <?cs var:Fact.subject ?>

<?cs var:say2("{1} opened a request for you on {2}", Fact.author, Fact.written_at) ?>:

<?cs include!"parts/mail_message.txt.cs" ?><?cs include!"parts/mail_ticket.txt.cs" ?><?cs include!"parts/mail_bottom.txt.cs" ?>