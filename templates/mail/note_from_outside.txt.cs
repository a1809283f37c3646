Subject: [<?cs var:Fact.ticket_number ?>] <?cs var:Fact.subject ?>

<?cs var:say2("{1} wrote on {2}", Fact.author, Fact.written_at) ?>:
<?cs var:_("They do not take part in this request. The customer does not see what they wrote before you accept it.") ?>

<?cs include!"parts/mail_message.txt.cs" ?><?cs include!"parts/mail_ticket.txt.cs" ?><?cs include!"parts/mail_bottom.txt.cs" ?>
