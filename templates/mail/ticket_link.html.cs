<?cs set:Mail.title = _("The link to your request") ?><?cs set:Mail.line = _("With this link you can read your request and answer. It is good for 30 days; keep it to yourself.") ?><?cs include!"parts/mail_top.html.cs" ?>
<?cs include!"parts/mail_ticket.html.cs" ?>
<?cs include!"parts/mail_bottom.html.cs" ?>
