<?cs set:Mail.title = _("Your mail was not taken as the team’s") ?><?cs set:Mail.line = _("A mail from your address was sent to an address that belongs to a member of our team. Nothing was posted. A person will look at it.") ?><?cs include!"parts/mail_top.html.cs" ?>
<p><?cs var:_("Members of the team: answer from the mail program you use for this help desk, or on the page of the request.") ?></p>
<?cs include!"parts/mail_bottom.html.cs" ?>
