<?cs # The first lines of every page, and every macro there is. ?>
<?cs include!"parts/show.html.cs" ?>
<?cs include!"parts/form.html.cs" ?>
<!doctype html>
<html lang="<?cs var:Lang ?>" dir="<?cs var:Dir ?>"<?cs if:Theme ?> data-theme="<?cs var:Theme ?>"<?cs /if ?> data-path="<?cs var:Url.path ?>">
<head>
<meta charset="utf-8">
<title><?cs if:Page.error ?><?cs var:_("Error:") ?> <?cs /if ?><?cs var:Page.title ?> – <?cs if:Page.program == "panel" || Page.program == "config" ?><?cs var:_("Help desk") ?><?cs else ?><?cs var:Shop.name ?><?cs /if ?></title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="<?cs var:Url.assets ?>/images/mark.svg?v=<?cs var:Asset.version ?>" type="image/svg+xml">
<link rel="stylesheet" href="<?cs var:Url.assets ?>/aftersale.css?v=<?cs var:Asset.version ?>">
<script type="module" src="<?cs var:Url.assets ?>/aftersale.js?v=<?cs var:Asset.version ?>"></script>
<?cs if:Page.refresh ?><noscript><meta http-equiv="refresh" content="<?cs var:Page.refresh ?>"></noscript>
<?cs /if ?><?cs if:Page.program == "panel" || Page.program == "config" ?><script type="module" src="<?cs var:Url.assets ?>/panel.js?v=<?cs var:Asset.version ?>"></script>
<?cs /if ?>
</head>
