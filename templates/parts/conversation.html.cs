<?cs # A ticket's messages, oldest first. Takes `Messages` and, when it may be polled, `Poll`. ?>
<ol class="talk" id="talk"<?cs if:Poll.url ?> data-poll="<?cs var:Poll.url ?>" data-tag="<?cs var:Poll.tag ?>"<?cs /if ?>>
<?cs each:m = Messages ?><?cs include!"parts/message.html.cs" ?><?cs /each ?>
</ol>
<div role="status" data-news></div>
