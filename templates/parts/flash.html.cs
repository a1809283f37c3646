<?cs if:Flash.text ?>
<div class="notice notice--<?cs var:Flash.kind ?> flash" role="<?cs if:Flash.kind == "danger" ?>alert<?cs else ?>status<?cs /if ?>"><?cs if:Flash.kind == "success" ?><?cs call:icon("circle-check") ?><?cs elif:Flash.kind == "info" ?><?cs call:icon("info-circle") ?><?cs else ?><?cs call:icon("alert-triangle") ?><?cs /if ?><p class="strong"><?cs var:Flash.text ?></p></div>
<?cs /if ?>
