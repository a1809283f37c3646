<?cs # Fields. `form` is Form.<name>: what was typed and what is wrong with it.
   # A field's id is its name, its hint is h-<name>, its complaint e-<name>. ?>
<?cs def:tokens() ?><input type="hidden" name="csrf" value="<?cs var:Csrf ?>"><?cs if:FormToken ?><input type="hidden" name="form_token" value="<?cs var:FormToken ?>"><?cs /if ?><?cs /def ?>

<?cs def:described(name, hint, form) ?><?cs if:form.error ?> aria-invalid="true" aria-describedby="e-<?cs var:name ?><?cs if:hint ?> h-<?cs var:name ?><?cs /if ?>"<?cs elif:hint ?> aria-describedby="h-<?cs var:name ?>"<?cs /if ?><?cs /def ?>
<?cs def:complaint(name, form) ?><?cs if:form.error ?><p class="error" id="e-<?cs var:name ?>"><?cs call:icon("alert-circle") ?><span><span class="vh"><?cs var:_("Error:") ?> </span><?cs var:form.error ?></span></p><?cs /if ?><?cs /def ?>
<?cs def:hint_line(name, hint) ?><?cs if:hint ?><p class="hint" id="h-<?cs var:name ?>"><?cs var:hint ?></p><?cs /if ?><?cs /def ?>
<?cs def:field_class(form) ?>field<?cs if:form.error ?> field--error<?cs /if ?><?cs /def ?>

<?cs def:input(name, label, hint, form, type, autocomplete, size, most) ?>
<div class="<?cs call:field_class(form) ?>"><label for="<?cs var:name ?>"><?cs var:label ?></label><?cs call:complaint(name, form) ?><input class="input<?cs if:size ?> input--<?cs var:size ?><?cs /if ?>" id="<?cs var:name ?>" name="<?cs var:name ?>" type="<?cs var:type ?>"<?cs if:type == "text" ?> dir="auto"<?cs /if ?><?cs if:autocomplete ?> autocomplete="<?cs var:autocomplete ?>"<?cs /if ?><?cs if:most ?> maxlength="<?cs var:most ?>"<?cs /if ?> value="<?cs var:form.value ?>"<?cs call:described(name, hint, form) ?>><?cs call:hint_line(name, hint) ?></div>
<?cs /def ?>
<?cs def:text(name, label, hint, form, most) ?><?cs call:input(name, label, hint, form, "text", "off", "", most) ?><?cs /def ?>

<?cs # A secret is never written back into the page. ?>
<?cs def:password(name, label, hint, form, autocomplete) ?>
<div class="<?cs call:field_class(form) ?>"><label for="<?cs var:name ?>"><?cs var:label ?></label><?cs call:complaint(name, form) ?><input class="input" id="<?cs var:name ?>" name="<?cs var:name ?>" type="password" autocomplete="<?cs var:autocomplete ?>"<?cs call:described(name, hint, form) ?>><?cs call:hint_line(name, hint) ?></div>
<?cs /def ?>

<?cs # The first line break after <textarea> is eaten by browsers, so one more is written. ?>
<?cs def:area(name, label, hint, form, rows, most) ?>
<div class="<?cs call:field_class(form) ?>"><label for="<?cs var:name ?>"><?cs var:label ?></label><?cs call:hint_line(name, hint) ?><?cs call:complaint(name, form) ?><textarea class="textarea" id="<?cs var:name ?>" name="<?cs var:name ?>" rows="<?cs var:rows ?>" maxlength="<?cs var:most ?>" dir="auto"<?cs call:described(name, hint, form) ?>>
<?cs var:form.value ?></textarea></div>
<?cs /def ?>

<?cs def:options(list, value) ?><?cs each:o = list ?><option value="<?cs var:o.id ?>"<?cs if:value == o.id || (!value && o.selected) ?> selected<?cs /if ?>><?cs var:o.name ?></option><?cs /each ?><?cs /def ?>
<?cs def:select(name, label, hint, form, list, size) ?>
<div class="<?cs call:field_class(form) ?>"><label for="<?cs var:name ?>"><?cs var:label ?></label><?cs call:complaint(name, form) ?><select class="select<?cs if:size ?> input--<?cs var:size ?><?cs /if ?>" id="<?cs var:name ?>" name="<?cs var:name ?>"<?cs call:described(name, hint, form) ?>><?cs call:options(list, form.value) ?></select><?cs call:hint_line(name, hint) ?></div>
<?cs /def ?>

<?cs # The group carries the name as its id, so that the summary of errors can lead to it. ?>
<?cs def:choice(name, o, value) ?><label class="choice"><input type="radio" name="<?cs var:name ?>" value="<?cs var:o.id ?>"<?cs if:value == o.id || (!value && o.selected) ?> checked<?cs /if ?>><span><?cs var:o.name ?><?cs if:o.hint ?><small><?cs var:o.hint ?></small><?cs /if ?></span></label><?cs /def ?>
<?cs def:radios(name, legend, form, list) ?>
<fieldset class="<?cs call:field_class(form) ?>" id="<?cs var:name ?>"<?cs call:described(name, "", form) ?>><legend><?cs var:legend ?></legend><?cs call:complaint(name, form) ?><div class="choices"><?cs each:o = list ?><?cs call:choice(name, o, form.value) ?><?cs /each ?></div></fieldset>
<?cs /def ?>
<?cs def:pick(name, legend, hint, form, list) ?>
<fieldset class="<?cs call:field_class(form) ?>" id="<?cs var:name ?>"<?cs call:described(name, hint, form) ?>><legend><?cs var:legend ?></legend><?cs call:complaint(name, form) ?><div class="pick"><?cs each:o = list ?><label class="choice"><input type="radio" name="<?cs var:name ?>" value="<?cs var:o.id ?>"<?cs if:form.value == o.id || (!form.value && o.selected) ?> checked<?cs /if ?>><span><?cs var:o.name ?></span></label><?cs /each ?></div><?cs call:hint_line(name, hint) ?></fieldset>
<?cs /def ?>

<?cs def:checkbox(name, label, hint, form) ?>
<label class="choice"><input type="checkbox" id="<?cs var:name ?>" name="<?cs var:name ?>" value="1"<?cs if:form.value ?> checked<?cs /if ?>><span><?cs var:label ?><?cs if:hint ?><small><?cs var:hint ?></small><?cs /if ?></span></label>
<?cs /def ?>
<?cs def:switch(name, label, on) ?><label class="row row--tight row--line small"><input class="switch" type="checkbox" role="switch" id="<?cs var:name ?>" name="<?cs var:name ?>" value="1"<?cs if:on ?> checked<?cs /if ?>><span><?cs var:label ?></span></label><?cs /def ?>
<?cs def:primary(words) ?><button class="btn btn--primary"><?cs var:words ?></button><?cs /def ?>
