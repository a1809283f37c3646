<?cs include!"parts/settings_head.html.cs" ?>
<div class="bar"><h1><?cs var:_("Mail") ?></h1><?cs include!"parts/settings_menu.html.cs" ?><a class="btn" href="<?cs var:Url.panel ?>/letters"><?cs call:icon("mail") ?><?cs var:_("Mails that could not be sent") ?></a></div>
<div class="stack stack--5"><?cs include!"parts/flash.html.cs" ?><?cs include!"parts/errors.html.cs" ?>
<?cs if:Host.name ?><div class="notice notice--danger" role="alert"><?cs call:icon("mail") ?><h2><?cs var:say1("The mail host {1} does not answer", Host.name) ?></h2><?cs if:Host.why ?><p><bdi><?cs var:Host.why ?></bdi></p><?cs /if ?><p><?cs var:say1("Since {1}. It is asked once a minute; then everything that waits goes out.", Host.since) ?></p></div><?cs /if ?>
<?cs if:Letters.failed ?><div class="notice notice--warning"><?cs call:icon("alert-triangle") ?><p class="strong"><?cs var:many("1 mail could not be sent in the last hour", "{1} mails could not be sent in the last hour", Letters.failed) ?></p></div><?cs /if ?>
<?cs if:Letters.due ?><p class="muted"><?cs var:many("1 mail is waiting to be sent.", "{1} mails are waiting to be sent.", Letters.due) ?></p><?cs /if ?>
<form class="stack stack--5" method="post" action="<?cs var:Url.config ?>/mail" novalidate><?cs call:tokens() ?>
<?cs include!"parts/setting_fields.html.cs" ?>
<p class="muted small"><?cs var:_("The mail host, its port and password stand in the configuration file on the server.") ?></p>
<div class="form-foot"><button class="btn btn--primary" name="do" value="save"><?cs var:_("Save") ?></button><button class="btn" name="do" value="test"><?cs call:icon_dir("send") ?><?cs var:_("Save and send a test mail") ?></button><a href="<?cs var:Url.config ?>/mail/loop"><?cs var:_("Does mail come back?") ?></a></div></form></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
