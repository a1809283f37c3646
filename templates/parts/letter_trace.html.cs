<?cs # How a letter was judged, step by step. Takes `Trace`. ?>
<?cs if:subcount(Trace) > #0 ?><ol class="trace"><?cs each:s = Trace ?><li><?cs var:s.text ?><?cs if:s.rest ?> <bdi class="muted any"><?cs var:s.rest ?></bdi><?cs /if ?></li><?cs /each ?></ol><?cs else ?><p class="muted small"><?cs var:_("Nothing was noted about this letter.") ?></p><?cs /if ?>
