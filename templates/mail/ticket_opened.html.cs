<?cs set:Mail.title = Fact.subject ?><?cs set:Mail.line = say2("{1} opened a request on {2}", Fact.author, Fact.written_at) ?><?cs include!"parts/mail_top.html.cs" ?>
<?cs include!"parts/mail_message.html.cs" ?>
<?cs include!"parts/mail_ticket.html.cs" ?>
<?cs include!"parts/mail_bottom.html.cs" ?>
