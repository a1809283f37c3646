<?cs include!"parts/plain_top.html.cs" ?>
<main id="main" class="stack stack--5"><header class="stack stack--3"><span class="wordmark"><?cs call:mark() ?>Aftersale</span><div><h1><?cs var:_("Sign in to the help desk") ?></h1><p class="muted"><?cs var:say1("{1}, staff only", Shop.name) ?></p></div></header>
<?cs include!"parts/flash.html.cs" ?>
<?cs if:Failure.text ?><div class="notice notice--danger" role="alert" tabindex="-1" data-focus><?cs call:icon("alert-circle") ?><p class="strong"><?cs var:Failure.text ?></p><p><?cs if:Failure.wait ?><?cs var:many("Wait 1 second, then try again.", "Wait {1} seconds, then try again.", Failure.wait) ?><?cs else ?><?cs var:_("After 5 tries we wait 30 seconds.") ?><?cs /if ?></p></div><?cs /if ?>
<form class="card card-body stack" method="post" action="<?cs var:Url.panel ?>/sign-in"><?cs call:tokens() ?><?cs if:Back ?><input type="hidden" name="back" value="<?cs var:Back ?>"><?cs /if ?>
<?cs if:Ask.code ?><?cs call:input("code", _("Code"), _("Six digits from your app, or one of your spare codes"), Form.code, "text", "one-time-code", "m", "20") ?>
<?cs else ?><?cs call:input("email", _("E-mail address"), "", Form.email, "email", "username", "", "254") ?><?cs call:password("password", _("Password"), "", Form.password, "current-password") ?><?cs call:checkbox("keep", _("Stay signed in for 14 days"), _("Only on your own device"), Form.keep) ?><?cs /if ?>
<button class="btn btn--primary btn--wide"><?cs var:_("Sign in") ?></button></form>
<p class="small muted"><?cs var:_("Are you a customer?") ?> <a href="<?cs var:Url.storefront ?>/orders"><?cs var:_("Go to your orders") ?></a></p></main>
<?cs include!"parts/panel_bottom.html.cs" ?>
