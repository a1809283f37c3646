<?cs set:Mail.title = say1("Your account at the help desk of {1}", Fact.shop_name) ?><?cs set:Mail.line = say1("{1} invites you to answer customers. Choose your password; the link is good for 72 hours.", Fact.author) ?><?cs include!"parts/mail_top.html.cs" ?>
<p><a class="go" href="<?cs var:link(Fact.url) ?>"><?cs var:_("Choose a password") ?></a></p>
<?cs include!"parts/mail_bottom.html.cs" ?>
