<?cs set:Mail.title = _("Your mail was kept as a note") ?><?cs set:Mail.line = _("What you wrote by mail was not sent to the customer. It stands in the request as a note that only the team sees.") ?><?cs include!"parts/mail_top.html.cs" ?>
<p><a class="go" href="<?cs var:link(Fact.url) ?>"><?cs var:_("Open the request") ?></a></p>
<?cs include!"parts/mail_bottom.html.cs" ?>
