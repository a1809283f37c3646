<?cs set:Mail.title = _("Choose a new password") ?><?cs set:Mail.line = _("Somebody asked for a new password for this address. If it was you, choose one; the link is good for 30 minutes. If it was not, do nothing.") ?><?cs include!"parts/mail_top.html.cs" ?>
<p><a class="go" href="<?cs var:link(Fact.url) ?>"><?cs var:_("Choose a new password") ?></a></p>
<?cs include!"parts/mail_bottom.html.cs" ?>
