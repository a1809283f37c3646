Subject: <?cs var:_("Your mail was not taken as the team’s") ?>

<?cs var:_("A mail from your address was sent to an address that belongs to a member of our team. Nothing was posted. A person will look at it.") ?>
<?cs var:_("Members of the team: answer from the mail program you use for this help desk, or on the page of the request.") ?>

<?cs include!"parts/mail_bottom.txt.cs" ?>
