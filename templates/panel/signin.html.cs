<?cs include!"parts/plain_top.html.cs" ?>
<main id="main" class="stack stack--5"><header class="stack stack--3"><span class="wordmark"><?cs call:mark() ?>Aftersale</span><div><h1><?cs var:_("Sign in to the help desk") ?></h1><p class="muted"><?cs var:say1("{1}, staff only", Shop.name) ?></p></div></header>
<?cs include!"parts/flash.html.cs" ?>
<?cs if:Failure.text ?><div class="notice notice--danger" role="alert" tabindex="-1" data-focus><?cs call:icon("alert-circle") ?><p class="strong"><?cs var:Failure.text ?></p><?cs if:Failure.wait ?><p><?cs var:_("Wait a quarter of an hour, or choose a new password.") ?></p><?cs /if ?></div><?cs /if ?>
<form class="card card-body stack" method="post" action="<?cs var:Url.panel ?>/sign-in"><?cs call:tokens() ?><?cs if:Back ?><input type="hidden" name="back" value="<?cs var:Back ?>"><?cs /if ?>
<?cs call:input("email", _("E-mail address"), "", Form.email, "email", "username", "", "254") ?><?cs call:password("password", _("Password"), "", Form.password, "current-password") ?>
<button class="btn btn--primary btn--wide"><?cs var:_("Sign in") ?></button><p class="small"><a href="<?cs var:Url.panel ?>/forgot"><?cs var:_("Forgot your password?") ?></a></p></form>
<p class="small muted"><?cs var:_("Are you a customer?") ?> <a href="<?cs var:Url.storefront ?>/orders"><?cs var:_("Go to your orders") ?></a></p></main>
<?cs include!"parts/panel_bottom.html.cs" ?>
