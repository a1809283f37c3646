<?cs set:Mail.title = say1("Send your message to {1}", Fact.shop_name) ?><?cs set:Mail.line = _("Somebody, most likely you, wrote to us and gave this address. Open the link to send the message; nothing reaches us before. If it was not you, simply delete this mail.") ?><?cs include!"parts/mail_top.html.cs" ?>
<p><a class="go" href="<?cs var:link(Fact.url) ?>"><?cs var:_("See and send your message") ?></a></p>
<?cs include!"parts/mail_bottom.html.cs" ?>
