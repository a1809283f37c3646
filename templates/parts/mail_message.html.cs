<div class="text" dir="auto">
<?cs var:paragraphs(Fact.body) ?>
</div>
<?cs if:subcount(Fact.files) ?><ul>
<?cs each:file = Fact.files ?><li><bdi><?cs var:file.name ?></bdi> (<?cs var:file.size ?>)</li>
<?cs /each ?></ul>
<?cs /if ?>
