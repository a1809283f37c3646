<?cs # A ticket's messages, oldest first. Takes `Messages` and, when it may be polled, `Poll`. ?>
<?cs if:Older.url ?><p class="talk-older"><a class="btn btn--s" href="<?cs var:link(Older.url) ?>"><?cs call:icon_s("arrow-up") ?><?cs var:_("Show older messages") ?></a></p><?cs /if ?>
<ol class="talk" id="talk"<?cs if:Poll.url ?> data-poll="<?cs var:Poll.url ?>" data-tag="<?cs var:Poll.tag ?>"<?cs /if ?>>
<?cs if:!Older.url ?><?cs set:Opening = "1" ?><?cs /if ?><?cs each:m = Messages ?><?cs include!"parts/message.html.cs" ?><?cs set:Opening = "" ?><?cs /each ?>
</ol>
<div role="status" data-news></div>
