Subject: <?cs var:_("Choose a new password") ?>

<?cs var:_("Somebody asked for a new password for this address. If it was you, choose one; the link is good for 30 minutes. If it was not, do nothing.") ?>

<?cs var:_("Choose a new password") ?>: <?cs var:Fact.url ?>

<?cs include!"parts/mail_bottom.txt.cs" ?>