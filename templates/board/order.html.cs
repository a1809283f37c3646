<?cs include!"parts/top.html.cs" ?>
<?cs set:Deep = "1" ?>
<main id="main" class="page page--split">
<nav aria-label="<?cs var:_("You are here") ?>"><ol class="crumbs"><li><a href="<?cs var:Url.storefront ?>/orders"><?cs var:_("Your orders") ?></a></li><li aria-current="page"><?cs var:say1("Order {1}", Order.no) ?></li></ol></nav>
<div class="page-head"><div class="stack stack--1"><h1><?cs var:say1("Order {1}", Order.no) ?></h1><p class="muted small"><?cs var:_("Everything we wrote to each other about this order") ?></p></div><a class="btn btn--primary" href="<?cs var:link(Order.new_url) ?>"><?cs call:icon("message-plus") ?><?cs var:_("Add New Message") ?></a></div>
<div class="stack stack--6">
<?cs include!"parts/flash.html.cs" ?>
<?cs each:t = Threads ?>
<section class="stack" aria-labelledby="t<?cs var:t.id ?>"><div class="row row--between row--base"><h2 id="t<?cs var:t.id ?>"><a href="<?cs var:link(t.url) ?>" dir="auto"><?cs var:t.subject ?></a> <span class="muted small num"><?cs var:say1("Request {1}", t.number) ?></span></h2><?cs call:turn(t.turn) ?></div><ol class="talk"><?cs each:m = t.messages ?><?cs include!"parts/message.html.cs" ?><?cs /each ?></ol><?cs if:t.more ?><p class="small"><a href="<?cs var:link(t.url) ?>"><?cs var:many("1 more message", "{1} more messages", t.more) ?></a></p><?cs /if ?></section>
<?cs /each ?>
<?cs if:Older.url ?><p class="small"><?cs var:say1("Only the newest {1} are shown.", Older.shown) ?> <a href="<?cs var:link(Older.url) ?>"><?cs var:_("Show all requests") ?></a></p><?cs /if ?>
<?cs if:subcount(Threads) == #0 ?><section class="card empty" aria-labelledby="empty"><span class="empty-art"><?cs call:icon_l("messages") ?></span><h2 id="empty"><?cs var:_("Nothing was written about this order yet") ?></h2></section><?cs /if ?>
<p><a href="<?cs var:link(Order.new_url) ?>"><?cs var:_("Write a Message") ?></a> <?cs var:say1("about order {1}", Order.no) ?></p></div>
<aside class="stack" aria-label="<?cs var:_("Order") ?>"><?cs include!"parts/slip.html.cs" ?><?cs include!"parts/order_history.html.cs" ?></aside>
</main>
<?cs include!"parts/bottom.html.cs" ?>
