<?cs include!"parts/head.html.cs" ?>
<?cs def:spine(where, url, icon_name, words) ?><a href="<?cs var:link(url) ?>"<?cs if:Nav.current == where ?> aria-current="true"<?cs /if ?>><?cs call:icon(icon_name) ?><?cs var:words ?></a><?cs /def ?>
<?cs def:setting(where, words) ?><a href="<?cs var:Url.config ?>/<?cs var:where ?>"<?cs if:Nav.current == where ?> aria-current="page"<?cs /if ?>><?cs var:words ?></a><?cs /def ?>
<body class="panel"<?cs if:Me.no_keys ?> data-no-keys="1"<?cs /if ?>>
<a class="skip" href="#main"><?cs var:_("Skip to content") ?></a>
<nav class="spine" aria-label="<?cs var:_("Help desk") ?>"><div class="spine-in">
  <a href="<?cs var:Url.panel ?>/inbox"><?cs call:mark() ?><span class="vh"><?cs var:_("Aftersale, home") ?></span></a>
  <a href="<?cs var:Url.panel ?>/inbox"<?cs if:Nav.current == "inbox" || Nav.current == "held" || Nav.current == "letters" ?> aria-current="true"<?cs /if ?>><?cs call:icon("inbox") ?><?cs var:_("Inbox") ?></a>
  <a href="<?cs var:Url.panel ?>/postings"<?cs if:Nav.current == "postings" ?> aria-current="true"<?cs /if ?> title="<?cs var:_("Orders > Help Desk: View All Postings") ?>"><?cs call:icon("messages") ?><?cs var:_("Postings") ?></a>
  <?cs call:spine("order", Url.panel + "/order", "package", in("spine", "Orders")) ?>
<?cs if:Me.admin ?>  <a href="<?cs var:Url.config ?>/helpdesk"<?cs if:Page.program == "config" ?> aria-current="true"<?cs /if ?>><?cs call:icon("settings") ?><?cs var:in("spine", "Settings") ?></a><?cs /if ?>
  <div class="spine-end"><?cs if:Shop.url ?><a class="wide-only" href="<?cs var:link(Shop.url) ?>"><?cs call:icon("building-store") ?><?cs var:_("Shop") ?></a><?cs /if ?><a href="<?cs var:Url.panel ?>/profile"<?cs if:Nav.current == "profile" ?> aria-current="true"<?cs /if ?>><?cs call:avatar(Me) ?><span><span class="vh"><?cs var:_("Signed in as") ?> </span><bdi><?cs var:Me.first ?></bdi></span></a></div>
</div></nav>
