<div class="text" dir="auto">
<?cs var:paragraphs(Fact.body) ?>
<?cs each:file = Fact.files ?><?cs if:file.cid ?><p><img src="cid:<?cs var:file.cid ?>" alt="<?cs var:file.name ?>"></p>
<?cs /if ?><?cs /each ?><?cs if:Fact.signature ?><div class="sign"><?cs var:paragraphs(Fact.signature) ?></div>
<?cs /if ?></div>
<?cs if:subcount(Fact.files) ?><ul>
<?cs each:file = Fact.files ?><li><bdi><?cs var:file.name ?></bdi> (<?cs var:file.size ?><?cs if:!file.attached && Fact.url ?>, <a href="<?cs var:link(Fact.url) ?>"><?cs var:_("on its page") ?></a><?cs /if ?>)</li>
<?cs /each ?></ul>
<?cs /if ?>
