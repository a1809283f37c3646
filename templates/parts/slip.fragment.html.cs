<?cs include!"parts/show.html.cs" ?>
<?cs if:Shop.down ?><div class="notice notice--warning"><?cs call:icon("wifi-off") ?><p><?cs var:_("The shop didn’t answer. Try again in a minute.") ?></p></div><?cs else ?><?cs include!"parts/slip.html.cs" ?><?cs /if ?>
