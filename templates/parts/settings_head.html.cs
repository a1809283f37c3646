<?cs include!"parts/panel_top.html.cs" ?>
<div class="desk desk--rail">
<?cs include!"parts/settings_rail.html.cs" ?>
<main id="main" class="work work--form">
