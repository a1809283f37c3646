<?cs if:Search.wrong ?><div class="notice notice--danger" role="alert"><?cs call:icon("alert-circle") ?><p class="strong" id="search-wrong"><?cs var:Search.wrong ?></p></div>
<?cs elif:Search.limit && subcount(Tickets) > #0 ?><div class="notice notice--info" role="status"><?cs call:icon("info-circle") ?><p><?cs var:Search.limit ?></p></div>
<?cs /if ?><?cs if:Search.customers ?><div class="notice notice--info" role="status"><?cs call:icon("info-circle") ?><p><?cs var:Search.customers ?></p></div>
<?cs /if ?><details class="card search-help"<?cs if:Search.wrong ?> open<?cs /if ?>><summary><?cs call:icon_s("help-circle") ?><?cs var:_("How to search") ?></summary><div class="card-body stack stack--3"><dl class="facts">
<?cs each:h = Help ?><dt><?cs each:e = h.examples ?><code><?cs var:e.text ?></code> <?cs /each ?></dt><dd><?cs var:h.text ?></dd>
<?cs /each ?></dl><p class="small muted"><?cs var:_("The same field twice means either of them; everything else is wanted together. What was written a moment ago is found after a few seconds.") ?></p></div></details>
