<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form">
<nav aria-label="<?cs var:_("You are here") ?>"><ol class="crumbs"><li><a href="<?cs var:Url.storefront ?>/orders"><?cs var:_("Your orders") ?></a></li><?cs if:Order.no ?><li><a href="<?cs var:link(Order.url) ?>"><?cs var:say1("Order {1}", Order.no) ?></a></li><?cs /if ?><li aria-current="page"><?cs var:_("New message") ?></li></ol></nav>
<div class="stack stack--5"><?cs include!"parts/errors.html.cs" ?>
<h1><?cs var:_("What can we help with?") ?></h1>
<?cs include!"parts/message_form.html.cs" ?></div>
</main>
<?cs include!"parts/bottom.html.cs" ?>
