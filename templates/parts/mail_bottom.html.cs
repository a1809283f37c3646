</main>
<?cs if:Fact.reason ?><p class="foot"><?cs var:Fact.reason ?></p>
<?cs /if ?><p class="foot"><a href="<?cs var:link(Fact.shop_url) ?>"><?cs var:Fact.shop_name ?></a><?cs if:Fact.imprint_url ?> · <a href="<?cs var:link(Fact.imprint_url) ?>"><?cs var:_("Imprint") ?></a><?cs /if ?><?cs if:Fact.privacy_url ?> · <a href="<?cs var:link(Fact.privacy_url) ?>"><?cs var:_("Privacy") ?></a><?cs /if ?></p>
<?cs if:Mark ?><p class="foot mark"><bdi><?cs var:Mark ?></bdi></p>
<?cs /if ?></body>
</html>
