<?cs # The one form for messages: a new request or a follow-up, by a customer or by staff.
   # Takes `Write`, `Types`, `Priorities`, `Order`, `Uploads`, `Form`; see README.md.
   # Both interfaces post the same fields; staff get `kind`, `then` and whom it is for. ?>
<?cs def:write_type(list) ?><div class="row row--tight row--line"><label for="type"><?cs var:_("Message type") ?></label><select class="select" id="type" name="type"<?cs call:described("type", "", Form.type) ?>><?cs call:options(list, Form.type.value) ?></select></div><?cs /def ?>
<?cs def:write_files(slim) ?>
<ul class="uploads" aria-label="<?cs var:_("Your files") ?>" data-uploads><?cs each:u = Uploads ?><?cs include!"parts/upload_row.html.cs" ?><?cs /each ?></ul>
<p class="vh" role="status" data-told></p>
<div class="drop<?cs if:slim ?> drop--slim<?cs /if ?>"><?cs if:slim ?><?cs call:icon("upload") ?><?cs else ?><?cs call:icon_l("upload") ?><?cs /if ?><p><label class="drop-label" for="file"><?cs var:_("To upload file(s) click here") ?></label> <span class="muted" data-script-only hidden><?cs var:_("or drop them into this box") ?></span></p><p class="hint" id="h-file"><?cs var:say2("Up to {1} files, {2} each. Pictures, PDF, text, Office files or ZIP", Write.most_files, Write.most_size) ?></p><input type="file" id="file" name="file" multiple<?cs call:described("file", "1", Form.file) ?>></div>
<button class="btn btn--s" name="add" value="1" formnovalidate data-no-script><?cs var:_("Add files") ?></button>
<?cs /def ?>
<?cs def:then_words(t) ?><span class="badge badge--<?cs var:t.colour ?>"><?cs call:dot(t.turn) ?><?cs if:t.keep ?><?cs var:say1("Keep {1}", t.name) ?><?cs else ?><?cs var:t.name ?><?cs /if ?></span><?cs /def ?>

<form class="<?cs if:Write.staff && !Write.new ?>composer<?cs else ?>stack stack--6<?cs /if ?>" id="write" method="post" action="<?cs var:link(Write.url) ?>" enctype="multipart/form-data" novalidate aria-label="<?cs var:_("Add New Message") ?>" data-write data-upload="<?cs var:Write.upload_url ?>" data-most-files="<?cs var:Write.most_files ?>" data-most-bytes="<?cs var:Write.most_bytes ?>" data-most-size="<?cs var:Write.most_size ?>">
<?cs # Enter in a field sends the message; without this button it would press the first one below. ?>
<button class="vh" tabindex="-1" aria-hidden="true"></button><?cs call:tokens() ?><input type="hidden" name="seen" value="<?cs var:Write.seen ?>">
<?cs include!"parts/script_words.html.cs" ?>
<?cs if:Write.arrived ?><div class="notice notice--warning" role="alert"><?cs call:icon("alert-triangle") ?><p class="strong"><?cs var:Write.arrived ?></p><p><?cs var:_("Read it above, then send your message again or change it first.") ?></p></div><?cs /if ?>

<?cs if:Write.staff && !Write.new ?>
<fieldset class="composer-tabs" id="kind"><legend class="vh"><?cs var:_("Kind of message") ?></legend><label><input type="radio" name="kind" value="reply"<?cs if:Form.kind.value != "note" ?> checked<?cs /if ?>><?cs call:icon_dir("arrow-back-up") ?><?cs var:in("message", "Reply") ?></label><label><input type="radio" name="kind" value="note"<?cs if:Form.kind.value == "note" ?> checked<?cs /if ?>><?cs call:icon_s("lock") ?><?cs var:in("message", "Note") ?></label></fieldset>
<div class="composer-meta"><fieldset class="composer-to only-reply"><legend class="vh"><?cs var:_("Who gets the reply by mail") ?></legend><span aria-hidden="true"><?cs var:_("To") ?></span><input type="hidden" name="told" value="1"><?cs each:a = Write.recipients ?><label><input class="check" type="checkbox" name="to" value="<?cs var:a.address ?>"<?cs if:!a.left ?> checked<?cs /if ?>><bdi><?cs var:a.address ?></bdi></label><?cs /each ?></fieldset><span class="only-note"><?cs var:_("Only your team sees this. The customer gets no mail.") ?></span><?cs call:write_type(Types) ?></div>
<?cs if:Write.unreachable ?><div class="composer-told only-reply"><div class="notice notice--<?cs if:Write.unreachable == "failed" ?>danger<?cs else ?>warning<?cs /if ?>" role="status"><?cs call:icon("mail") ?><p class="strong any"><?cs if:Write.unreachable == "failed" ?><?cs var:say1("Mail to {1} does not arrive", Write.to) ?><?cs else ?><?cs var:say1("Mail to {1} was delayed", Write.to) ?><?cs /if ?></p><?cs if:Write.unreachable_why ?><p class="any"><bdi><?cs var:Write.unreachable_why ?></bdi></p><?cs /if ?><?cs if:Write.unreachable == "failed" ?><p><?cs var:_("Your reply is sent all the same, and the customer reads it in the shop. Automatic mails are not sent.") ?></p><?cs /if ?></div></div><?cs /if ?>
<div class="composer-error"><?cs call:complaint("message", Form.message) ?><?cs call:complaint("file", Form.file) ?></div>
<label class="vh" for="message"><?cs var:_("Message") ?></label>
<textarea class="textarea" id="message" name="message" rows="6" maxlength="<?cs var:Write.most_text ?>" dir="auto"<?cs call:described("message", "", Form.message) ?>>
<?cs var:Form.message.value ?></textarea>
<div class="composer-files"><?cs call:write_files("1") ?></div>
<div class="composer-foot"><span class="grow tiny muted"><span class="only-reply"><?cs var:_("Whoever is ticked above is told by mail; the customer reads it in the shop, too.") ?></span></span><span class="muted small" role="status" data-waiting></span><button type="button" class="btn btn--quiet" hidden data-stop><?cs var:_("Stop sending") ?></button>
<?cs # Without a usual status the rules of the events decide. ?>
<?cs set:Usual = "" ?><?cs each:t = Write.then ?><?cs if:t.usual ?><?cs set:Usual = t.id ?><?cs /if ?><?cs /each ?>
<span class="split only-reply"><button class="btn btn--primary" name="then" value="<?cs var:Usual ?>" data-send><?cs call:icon_dir("send") ?><?cs var:_("Send reply") ?></button><?cs if:subcount(Write.then) > #0 ?><details class="menu"><summary class="btn btn--primary"><?cs call:icon_s("chevron-down") ?><span class="vh"><?cs var:_("Send and set the status") ?></span></summary><div class="menu-list menu-list--up"><p class="menu-head"><?cs var:_("Send and set the status to") ?></p><?cs each:t = Write.then ?><button name="then" value="<?cs var:t.id ?>"><?cs call:then_words(t) ?><?cs if:t.usual ?> <span class="muted tiny"><?cs var:in("status", "usual") ?></span><?cs /if ?></button><?cs /each ?></div></details><?cs /if ?></span>
<button class="btn btn--note only-note" name="then" value="keep"><?cs call:icon_s("lock") ?><?cs var:_("Add note") ?></button></div>

<?cs else ?>
<?cs if:Write.staff ?>
<section class="card card-body stack" aria-label="<?cs var:_("Who and what") ?>"><div class="two"><?cs call:input("customer", _("Customer"), _("E-mail address or order number"), Form.customer, "text", "off", "", "254") ?><?cs if:subcount(Orders) > #0 ?><?cs call:select("order", _("Order"), "", Form.order, Orders, "") ?><?cs else ?><?cs call:input("order", _("Order"), _("Empty: no order"), Form.order, "text", "off", "m", "64") ?><?cs /if ?></div>
<?cs call:text("subject", _("Subject"), "", Form.subject, "150") ?>
<div class="row row--top"><?cs call:select("type", _("Message type"), "", Form.type, Types, "m") ?><?cs call:select("priority", _("Priority"), "", Form.priority, Priorities, "m") ?><?cs call:select("status", _("Status"), "", Form.status, Statuses, "m") ?><?cs if:subcount(Agents) > #0 ?><div class="field"><label for="owner"><?cs var:_("Assignee") ?></label><select class="select input--m" id="owner" name="owner"><option value="0"><?cs var:_("Nobody") ?></option><?cs call:options(Agents, Form.owner.value) ?></select></div><?cs /if ?></div></section>
<?cs else ?>
<?cs if:Write.new && Order.no && Write.lines ?>
<section class="slip" aria-labelledby="slip"><div class="slip-head"><h2 id="slip"><span class="order-no"><?cs var:say1("Order {1}", Order.no) ?></span><?cs if:Order.status ?><?cs call:state_badge(Order.status, Order.colour) ?><?cs /if ?></h2><p class="muted"><?cs call:when(Order.placed, Order.placed_iso) ?><?cs if:Order.total ?> · <?cs var:Order.total ?><?cs /if ?></p></div><div class="slip-tear"></div>
<fieldset class="slip-part"><legend class="strong"><?cs var:_("Which items is it about?") ?> <span class="optional"><?cs var:_("(optional)") ?></span></legend><?cs each:l = Order.lines ?><label class="choice"><input type="checkbox" name="line" value="<?cs var:l.id ?>"<?cs if:l.chosen ?> checked<?cs /if ?>><span><bdi><?cs var:l.name ?></bdi><small><?cs var:say1("Quantity {1}", l.qty) ?><?cs if:l.options ?> · <bdi><?cs var:l.options ?></bdi><?cs /if ?></small></span></label><?cs /each ?></fieldset>
<p class="slip-foot"><a href="<?cs var:Url.storefront ?>/orders"><?cs var:_("Not about this order? Choose another") ?></a></p></section>
<input type="hidden" name="order" value="<?cs var:Order.key ?>">
<?cs /if ?>
<?cs if:Write.guest ?>
<?cs call:input("email", _("E-mail address"), _("The answer goes there"), Form.email, "email", "email", "l", "254") ?>
<?cs call:input("name", _("Your name"), "", Form.name, "text", "name", "l", "100") ?>
<?cs call:input("order", _("Order number (if you know it)"), "", Form.order, "text", "off", "m", "64") ?>
<div class="vh" aria-hidden="true"><label for="website"><?cs var:_("Leave this empty") ?></label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>
<?cs /if ?>
<?cs if:Write.new && subcount(Types) <= #7 ?><?cs call:radios("type", _("What is it about?"), Form.type, Types) ?><?cs elif:subcount(Types) > #0 ?><?cs call:select("type", _("Message type"), "", Form.type, Types, "l") ?><?cs /if ?>
<?cs if:Write.hint ?><div class="notice"><?cs call:icon("info-circle") ?><p><?cs var:Write.hint ?><?cs if:Write.hint_url ?> <a href="<?cs var:link(Write.hint_url) ?>"><?cs var:_("How it works") ?></a><?cs /if ?></p></div><?cs /if ?>
<?cs if:Write.new ?><?cs call:text("subject", _("Subject"), "", Form.subject, "150") ?><?cs /if ?>
<?cs /if ?>
<?cs if:Write.new ?><?cs call:area("message", _("Message"), "", Form.message, "8", Write.most_text) ?><?cs else ?><?cs call:area("message", _("Message"), "", Form.message, "5", Write.most_text) ?><?cs /if ?>
<?cs if:Write.choose_priority && !Write.staff ?><?cs call:pick("priority", _("How urgent is it?"), "", Form.priority, Priorities) ?><?cs /if ?>
<div class="<?cs call:field_class(Form.file) ?>"><p class="label"><?cs var:_("Files") ?> <span class="optional"><?cs var:_("(optional)") ?></span></p><?cs call:complaint("file", Form.file) ?><div class="stack stack--2"><?cs if:Write.new ?><?cs call:write_files("") ?><?cs else ?><?cs call:write_files("1") ?><?cs /if ?></div></div>
<div class="stack stack--3"><?cs if:Write.to && !Write.staff ?><p><?cs var:_("We will answer here and to this address:") ?> <strong><bdi class="nowrap"><?cs var:Write.to ?></bdi></strong></p><?cs /if ?><div class="form-foot"><button class="btn btn--primary"<?cs if:Write.staff ?> name="kind" value="reply"<?cs /if ?> data-send><?cs call:icon_dir("send") ?><?cs if:Write.new ?><?cs var:_("Send message") ?><?cs else ?><?cs var:_("Send reply") ?><?cs /if ?></button><?cs if:Write.staff ?><button class="btn btn--note" name="kind" value="note"><?cs call:icon_s("lock") ?><?cs var:_("Add as note") ?></button><button class="btn" name="kind" value="customer"><?cs var:_("Write down as their request") ?></button><?cs /if ?><?cs if:Write.may_close ?><button class="btn btn--quiet" name="done" value="1" formnovalidate><?cs var:_("My question is answered") ?></button><?cs /if ?><?cs if:Write.cancel_url ?><a href="<?cs var:link(Write.cancel_url) ?>"><?cs var:_("Cancel") ?></a><?cs /if ?><span class="muted small" role="status" data-waiting></span><button type="button" class="btn btn--quiet" hidden data-stop><?cs var:_("Stop sending") ?></button></div></div>
<?cs /if ?>
</form>
