<?cs # What the script says aloud. {1}, {2} and {3} are filled in there. ?>
<div hidden data-words
 data-waits="<?cs var:_("Waiting") ?>"
 data-percent="<?cs var:_("{1} % of {2}") ?>"
 data-progress="<?cs var:_("Upload of {1}") ?>"
 data-cancel="<?cs var:_("Cancel {1}") ?>"
 data-remove="<?cs var:_("Remove {1}") ?>"
 data-again="<?cs var:_("Try again with {1}") ?>"
 data-done="<?cs var:_("{1} uploaded. {2} of {3} files.") ?>"
 data-removed="<?cs var:_("{1} removed.") ?>"
 data-stopped="<?cs var:_("The upload of {1} stopped. Try again") ?>"
 data-large="<?cs var:_("{1} is {2}. Files can be up to {3}") ?>"
 data-empty="<?cs var:_("{1} is empty") ?>"
 data-many="<?cs var:_("You can send up to {1} files. Remove {2}") ?>"
 data-after="<?cs var:_("Sending after {1} uploads…") ?>"
 data-after-one="<?cs var:_("Sending after 1 upload…") ?>"
 data-sending="<?cs var:_("Sending…") ?>"
 data-left="<?cs var:_("{1} characters left") ?>"
 data-close="<?cs var:_("Close") ?>"></div>
