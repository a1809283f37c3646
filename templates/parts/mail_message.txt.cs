<?cs var:Fact.body_quoted ?><?cs each:file = Fact.files ?>
    * <?cs var:file.name ?> (<?cs var:file.size ?>)<?cs /each ?><?cs if:subcount(Fact.files) ?>
<?cs /if ?>
