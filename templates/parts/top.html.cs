<?cs include!"parts/head.html.cs" ?>
<body class="shop">
<a class="skip" href="#main"><?cs var:_("Skip to content") ?></a>
<header class="shop-head"><div class="shop-bar">
  <a class="shop-name" href="<?cs var:link(Shop.url) ?>"><bdi><?cs var:Shop.name ?></bdi></a>
<?cs if:Me.kind == "customer" ?>
  <nav class="shop-nav" aria-label="<?cs var:_("Account") ?>"><a href="<?cs var:Url.storefront ?>/orders"<?cs if:Nav.current == "orders" ?> aria-current="page"<?cs /if ?>><?cs var:_("Orders") ?></a><a href="<?cs var:Url.storefront ?>/requests"<?cs if:Nav.current == "requests" ?> aria-current="page"<?cs /if ?>><?cs var:_("Requests") ?><?cs if:Nav.news ?> <span class="new-mark"><?cs var:Nav.news ?><span class="vh"> <?cs var:in("answers", "new") ?></span></span><?cs /if ?></a>
  <form method="post" action="<?cs var:Url.storefront ?>/sign-out"><input type="hidden" name="csrf" value="<?cs var:Csrf ?>"><button><?cs var:_("Sign out") ?></button></form></nav>
<?cs /if ?>
</div></header>
<?cs if:Me.unreachable && Me.kind == "customer" ?><div class="shop-told"><div class="notice notice--warning" role="status"><?cs call:icon("mail") ?><h2><?cs var:say1("Mail to {1} does not reach you", Me.masked) ?></h2><?cs if:Me.account_url ?><p><?cs var:_("Our answers are here all the same. To get them by mail again, change your address in the shop.") ?> <a href="<?cs var:link(Me.account_url) ?>"><?cs var:_("Your account in the shop") ?></a></p><?cs else ?><p><?cs var:_("Our answers are here all the same. To get them by mail again, write us another address in a message.") ?></p><?cs /if ?></div></div><?cs /if ?>
