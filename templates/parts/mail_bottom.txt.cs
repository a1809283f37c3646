<?cs if:Fact.reason ?><?cs var:Fact.reason ?>

<?cs /if ?>-- 
<?cs var:Fact.shop_name ?>
<?cs var:Fact.shop_url ?>
<?cs if:Fact.imprint_url ?><?cs var:say1("Imprint: {1}", Fact.imprint_url) ?>
<?cs /if ?><?cs if:Fact.privacy_url ?><?cs var:say1("Privacy: {1}", Fact.privacy_url) ?>
<?cs /if ?><?cs if:Mark ?><?cs var:Mark ?>
<?cs /if ?>