<?cs set:Mail.title = Fact.subject ?><?cs set:Mail.line = say2("{1} wrote on {2}", Fact.author, Fact.written_at) ?><?cs include!"parts/mail_top.html.cs" ?>
<p><?cs var:_("They do not take part in this request. The customer does not see what they wrote before you accept it.") ?></p>
<?cs include!"parts/mail_message.html.cs" ?>
<?cs include!"parts/mail_ticket.html.cs" ?>
<?cs include!"parts/mail_bottom.html.cs" ?>
