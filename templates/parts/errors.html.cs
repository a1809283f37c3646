<?cs if:subcount(Errors) > #0 ?>
<section class="summary" role="alert" aria-labelledby="errors" tabindex="-1" data-focus><h2 id="errors"><?cs var:_("There is a problem") ?></h2><ul><?cs each:e = Errors ?><li><?cs if:e.field ?><a href="#<?cs var:e.field ?>"><?cs var:e.text ?></a><?cs else ?><?cs var:e.text ?><?cs /if ?></li><?cs /each ?></ul><?cs if:Kept ?><p class="small muted"><?cs var:Kept ?></p><?cs /if ?></section>
<?cs /if ?>
