<?cs set:Mail.title = _("We have your message") ?><?cs set:Mail.line = _("Thank you for writing. We will answer as soon as we can.") ?><?cs include!"parts/mail_top.html.cs" ?>
<?cs include!"parts/mail_ticket.html.cs" ?>
<?cs include!"parts/mail_bottom.html.cs" ?>
