<footer class="shop-foot"><div>
<?cs if:Shop.imprint_url ?><a class="quiet-link" href="<?cs var:link(Shop.imprint_url) ?>"><?cs var:_("Contact and legal notice") ?></a><?cs /if ?>
<?cs if:Shop.privacy_url ?><a class="quiet-link" href="<?cs var:link(Shop.privacy_url) ?>"><?cs var:_("Privacy") ?></a><?cs /if ?>
<?cs if:Shop.accessibility_url ?><a class="quiet-link" href="<?cs var:link(Shop.accessibility_url) ?>"><?cs var:_("Accessibility") ?></a><?cs /if ?>
<?cs if:subcount(Languages) > #1 ?><nav class="row row--tight" aria-label="<?cs var:_("Language") ?>"><?cs call:icon_s("language") ?><?cs each:l = Languages ?><a href="<?cs var:Url.choose ?>?lang=<?cs var:url(l.code) ?>&amp;back=<?cs var:url(Url.here) ?>" lang="<?cs var:l.code ?>" hreflang="<?cs var:l.code ?>" dir="<?cs var:l.dir ?>"<?cs if:l.current ?> aria-current="true"<?cs /if ?>><?cs var:l.name ?></a><?cs /each ?></nav><?cs /if ?>
<?cs include!"parts/theme.html.cs" ?>
<span class="made"><?cs call:mark() ?><?cs var:_("Help desk by Aftersale") ?></span>
</div></footer>
</body>
</html>
