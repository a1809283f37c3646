<?cs include!"parts/top.html.cs" ?>
<main id="main" class="page page--form">
<div class="stack stack--5"><?cs include!"parts/errors.html.cs" ?>
<div class="stack stack--1"><h1><?cs var:_("What can we help with?") ?></h1><p class="muted"><?cs var:_("You need no account. We send you a link that opens your request.") ?></p></div>
<?cs include!"parts/message_form.html.cs" ?></div>
</main>
<?cs include!"parts/bottom.html.cs" ?>
