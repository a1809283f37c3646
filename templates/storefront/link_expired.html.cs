<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form">
<div class="stack stack--5"><?cs include!"parts/errors.html.cs" ?>
<?cs if:Sent.to ?>
<div class="notice notice--success" role="status"><?cs call:icon("circle-check") ?><h1 class="strong"><?cs var:_("Look into your mailbox") ?></h1><p><?cs var:say1("If there is a request of {1}, a new link is on its way.", Sent.to) ?></p></div>
<?cs else ?>
<div class="stack stack--1"><h1><?cs var:_("This link has run out") ?></h1><p class="muted"><?cs var:_("Links to a request live 30 days. Your request and all answers are still there.") ?></p></div>
<form class="card card-body stack" method="post" action="<?cs var:Url.storefront ?>/link"><?cs call:tokens() ?><input type="hidden" name="old" value="<?cs var:Form.old.value ?>"><?cs call:input("email", _("E-mail address"), _("The address the mail with the link went to"), Form.email, "email", "email", "l", "254") ?><div class="form-foot"><?cs call:primary(_("Send me a new link")) ?></div></form>
<p><?cs var:_("Do you have an account in the shop? Sign in there, then all your requests are under your orders.") ?></p>
<?cs /if ?></div>
</main>
<?cs include!"parts/bottom.html.cs" ?>
