Subject: <?cs var:say1("Test mail from {1}", Fact.shop_name) ?>

<?cs var:_("If you can read this, the help desk can send mail.") ?>

<?cs include!"parts/mail_bottom.txt.cs" ?>