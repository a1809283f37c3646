<?cs # A page that stands alone: signing in. ?>
<?cs include!"parts/head.html.cs" ?>
<body class="plain">
<a class="skip" href="#main"><?cs var:_("Skip to content") ?></a>
