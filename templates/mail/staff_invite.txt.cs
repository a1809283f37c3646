Subject: <?cs var:say1("Your account at the help desk of {1}", Fact.shop_name) ?>

<?cs var:say1("{1} invites you to answer customers. Choose your password; the link is good for 72 hours.", Fact.author) ?>

<?cs var:_("Choose a password") ?>: <?cs var:Fact.url ?>

<?cs include!"parts/mail_bottom.txt.cs" ?>