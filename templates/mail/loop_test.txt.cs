Subject: <?cs var:say1("Does this come back to {1}?", Fact.shop_name) ?>

<?cs var:_("The help desk sent this to itself, to learn whether answers by mail reach it. Nobody has to do anything.") ?>

<?cs include!"parts/mail_bottom.txt.cs" ?>