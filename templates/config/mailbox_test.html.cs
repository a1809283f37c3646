<?cs include!"parts/settings_head.html.cs" ?>
<nav aria-label="<?cs var:_("You are here") ?>"><ol class="crumbs"><li><a href="<?cs var:Url.config ?>/mailboxes"><?cs var:_("Mailboxes") ?></a></li><li><a href="<?cs var:link(Test.url) ?>"><bdi><?cs var:Test.name ?></bdi></a></li><li aria-current="page"><?cs var:_("Test") ?></li></ol></nav>
<div class="bar"><h1><?cs var:_("Test of a mailbox") ?></h1><?cs include!"parts/settings_menu.html.cs" ?></div>
<div class="stack stack--5"><div class="stack" id="test" role="status"<?cs if:Test.again ?> data-look-after="<?cs var:Test.again ?>"<?cs /if ?>>
<?cs if:Test.good ?><div class="notice notice--success"><?cs call:icon("check") ?><h2><?cs var:_("It works") ?></h2><p><?cs var:Test.letters ?></p><?cs if:Test.makes ?><p><?cs var:say1("The folder “{1}” is not there yet; it is made with the first letter.", Test.makes) ?></p><?cs /if ?></div>
<?cs elif:Test.why ?><div class="notice notice--danger"><?cs call:icon("alert-triangle") ?><h2><?cs var:Test.why ?></h2><p><?cs var:Test.todo ?></p><?cs if:Test.detail ?><p class="small muted any"><bdi><?cs var:Test.host ?></bdi>: <bdi><?cs var:Test.detail ?></bdi></p><?cs /if ?><?cs if:subcount(Test.folders) > #0 ?><p><?cs var:_("These folders are there:") ?></p><ul><?cs each:f = Test.folders ?><li><bdi><?cs var:f.name ?></bdi></li><?cs /each ?><?cs if:Test.more ?><li class="muted"><?cs var:Test.more ?></li><?cs /if ?></ul><?cs /if ?></div>
<?cs elif:Test.silent ?><?cs include!"parts/mailroom_silent.html.cs" ?>
<?cs elif:Test.trouble ?><p class="notice notice--warning"><?cs var:Test.trouble ?></p>
<?cs elif:Test.again ?><p class="card card-body"><strong><?cs var:say1("Testing {1} …", Test.host) ?></strong><?cs if:Test.patience ?> <?cs var:Test.patience ?><?cs /if ?></p><p data-no-script><a class="btn" href="<?cs var:link(Test.url) ?>/test"><?cs var:_("Look again") ?></a></p>
<?cs else ?><p class="card card-body"><?cs var:_("It was not tested since it was changed.") ?></p><?cs /if ?></div>
<form class="form-foot" method="post" action="<?cs var:link(Test.url) ?>/test" aria-label="<?cs var:_("Test") ?>"><?cs call:tokens() ?><button class="btn btn--primary"><?cs var:_("Test again") ?></button><a href="<?cs var:link(Test.url) ?>"><?cs var:_("Edit") ?></a><a href="<?cs var:Url.config ?>/mailboxes"><?cs var:_("All mailboxes") ?></a></form></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
