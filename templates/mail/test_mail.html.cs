<?cs set:Mail.title = say1("Test mail from {1}", Fact.shop_name) ?><?cs set:Mail.line = _("If you can read this, the help desk can send mail.") ?><?cs include!"parts/mail_top.html.cs" ?>
<?cs include!"parts/mail_bottom.html.cs" ?>
