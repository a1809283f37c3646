<?cs include!"parts/plain_top.html.cs" ?>
<main id="main" class="stack stack--5"><header class="stack stack--3"><span class="wordmark"><?cs call:mark() ?>Aftersale</span><div><h1><?cs var:_("Forgot your password?") ?></h1><p class="muted"><?cs var:_("We send you a link to choose a new one.") ?></p></div></header>
<?cs if:Sent ?><div class="notice notice--info" role="status"><?cs call:icon("mail") ?><p class="strong"><?cs var:_("If there is an account with this address, a mail is on its way.") ?></p><p><?cs var:_("Its link works once, for 30 minutes.") ?></p></div>
<?cs else ?><?cs include!"parts/errors.html.cs" ?><form class="card card-body stack" method="post" action="<?cs var:Url.panel ?>/forgot" novalidate><?cs call:tokens() ?><?cs call:input("email", _("E-mail address"), "", Form.email, "email", "username", "", "254") ?><button class="btn btn--primary btn--wide"><?cs var:_("Send the link") ?></button></form><?cs /if ?>
<p class="small muted"><a href="<?cs var:Url.panel ?>/sign-in"><?cs var:_("Back to sign-in") ?></a></p></main>
<?cs include!"parts/panel_bottom.html.cs" ?>
