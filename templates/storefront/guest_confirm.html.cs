<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form">
<div class="stack stack--5"><div class="stack stack--1"><h1><?cs if:Request.sent ?><?cs var:_("Your message was sent") ?><?cs else ?><?cs var:_("Send your message?") ?><?cs /if ?></h1><p class="muted"><?cs if:Request.sent ?><?cs var:_("Open it to read the answer and to write again.") ?><?cs else ?><?cs var:_("Press the button, then it reaches our team and the address is confirmed.") ?><?cs /if ?></p></div>
<section class="slip" aria-labelledby="slip"><div class="slip-head"><h2 id="slip" dir="auto"><?cs var:Request.subject ?></h2><p class="muted"><bdi><?cs var:Request.email ?></bdi><?cs if:Request.order_no ?> · <?cs var:say1("Order {1}", Request.order_no) ?><?cs /if ?></p></div><div class="slip-tear"></div><div class="slip-part msg-body" dir="auto"><?cs var:paragraphs(Request.body) ?></div></section>
<form class="form-foot" method="post" action="<?cs var:link(Request.url) ?>"><?cs call:tokens() ?><?cs if:Request.sent ?><?cs call:primary(_("See your request")) ?><?cs else ?><?cs call:primary(_("Send message")) ?><?cs /if ?></form></div>
</main>
<?cs include!"parts/bottom.html.cs" ?>
