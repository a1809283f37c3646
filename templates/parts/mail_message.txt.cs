<?cs var:Fact.body_quoted ?><?cs each:file = Fact.files ?>
    * <?cs var:file.name ?> (<?cs var:file.size ?><?cs if:!file.attached && Fact.url ?>, <?cs var:_("on the page below") ?><?cs /if ?>)<?cs /each ?><?cs if:subcount(Fact.files) ?>
<?cs /if ?><?cs if:Fact.signature_quoted ?>
<?cs var:Fact.signature_quoted ?><?cs /if ?>
