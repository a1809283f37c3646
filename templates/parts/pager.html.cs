<?cs if:Pager.text || Pager.newer || Pager.older ?>
<nav class="pager" aria-label="<?cs var:_("Pages") ?>"><span class="num"><?cs var:Pager.text ?></span><?cs if:Pager.newer || Pager.older ?><span><?cs if:Pager.newer ?><a class="btn btn--s" rel="prev" href="<?cs var:link(Pager.newer) ?>"><?cs var:_("Newer") ?></a><?cs /if ?><?cs if:Pager.older ?><a class="btn btn--s" rel="next" href="<?cs var:link(Pager.older) ?>"><?cs var:_("Older") ?></a><?cs /if ?></span><?cs /if ?></nav>
<?cs /if ?>
