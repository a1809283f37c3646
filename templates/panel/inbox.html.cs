<?cs include!"parts/panel_top.html.cs" ?>
<div class="desk desk--rail">
<?cs include!"parts/views_rail.html.cs" ?>
<main id="main" class="work">
<div class="bar"><h1><?cs var:View.title ?> <span class="muted num"><?cs var:View.count ?></span></h1><?cs include!"parts/views_menu.html.cs" ?>
<form role="search" class="row row--tight<?cs if:Search.on ?> search--on<?cs /if ?>" method="get" action="<?cs var:Url.panel ?>/inbox"><label class="vh" for="q"><?cs var:_("Search tickets") ?></label><input class="input input--m" id="q" name="q" type="search" value="<?cs var:Filter.q ?>" dir="auto" placeholder="<?cs var:_("Words, #1042, order or address") ?>" data-search><button class="btn btn--icon"><?cs call:icon("search") ?><span class="vh"><?cs var:_("Search") ?></span></button></form>
<a class="btn btn--primary" href="<?cs var:Url.panel ?>/new"><?cs call:icon("plus") ?><?cs var:_("New ticket") ?></a></div>
<div class="stack stack--3"><?cs include!"parts/flash.html.cs" ?>
<?cs if:Nav.letters ?><p class="small row row--tight"><?cs call:icon_s("alert-triangle") ?><a href="<?cs var:Url.panel ?>/letters"><?cs var:many("1 mail could not be sent", "{1} mails could not be sent", Nav.letters) ?></a></p><?cs /if ?>
<?cs if:First ?>
<section class="card empty" aria-labelledby="empty"><span class="empty-art"><?cs call:icon_l("inbox") ?></span><h2 id="empty"><?cs var:_("No tickets yet") ?></h2><p><?cs var:_("When a customer writes, or you write to one, it appears here.") ?></p><div class="row"><a class="btn" href="<?cs var:Url.panel ?>/new"><?cs var:_("Write to a customer") ?></a><?cs if:Me.admin ?><a href="<?cs var:Url.config ?>/mail"><?cs var:_("Check that mail works") ?></a> <a href="<?cs var:Url.config ?>/staff"><?cs var:_("Invite your team") ?></a><?cs /if ?></div></section>
<?cs else ?>
<?cs if:Search.on ?><?cs include!"parts/search_head.html.cs" ?>
<?cs else ?><div class="chips"><?cs each:c = Chips ?><span class="chip chip--on"><span><?cs var:c.text ?></span><a href="<?cs var:link(c.url) ?>"><?cs call:icon_s("x") ?><span class="vh"><?cs var:say1("Remove filter {1}", c.text) ?></span></a></span>
<?cs /each ?><details class="menu"><summary class="chip chip--add"><?cs call:icon_s("plus") ?><?cs var:_("Filter") ?></summary><form class="menu-list menu-list--start menu-form stack stack--2" method="get" action="<?cs var:Url.panel ?>/inbox"><?cs if:View.key ?><input type="hidden" name="view" value="<?cs var:View.key ?>"><?cs /if ?>
<div class="field"><label for="f-status"><?cs var:_("Status") ?></label><select class="select" id="f-status" name="status"><option value=""><?cs var:in("filter", "Any") ?></option><?cs each:o = Statuses ?><option value="<?cs var:o.id ?>"<?cs if:Filter.status == o.id ?> selected<?cs /if ?>><?cs var:o.name ?></option><?cs /each ?></select></div>
<div class="field"><label for="f-type"><?cs var:_("Type") ?></label><select class="select" id="f-type" name="type"><option value=""><?cs var:in("filter", "Any") ?></option><?cs each:o = Types ?><option value="<?cs var:o.id ?>"<?cs if:Filter.type == o.id ?> selected<?cs /if ?>><?cs var:o.name ?></option><?cs /each ?></select></div>
<div class="field"><label for="f-priority"><?cs var:_("Priority") ?></label><select class="select" id="f-priority" name="priority"><option value=""><?cs var:in("filter", "Any") ?></option><?cs each:o = Priorities ?><option value="<?cs var:o.id ?>"<?cs if:Filter.priority == o.id ?> selected<?cs /if ?>><?cs var:o.name ?></option><?cs /each ?></select></div>
<div class="field"><label for="f-owner"><?cs var:_("Assignee") ?></label><select class="select" id="f-owner" name="owner"><option value=""><?cs var:in("filter", "Anybody") ?></option><option value="0"<?cs if:Filter.owner == "0" ?> selected<?cs /if ?>><?cs var:_("Nobody") ?></option><?cs each:o = Agents ?><option value="<?cs var:o.id ?>"<?cs if:Filter.owner == o.id ?> selected<?cs /if ?>><?cs var:o.name ?></option><?cs /each ?></select></div>
<button class="btn btn--primary btn--s"><?cs var:_("Apply") ?></button></form></details>
<?cs if:subcount(Chips) > #0 ?><a class="chip" href="<?cs var:Url.panel ?>/inbox<?cs if:View.key ?>?view=<?cs var:url(View.key) ?><?cs /if ?>"><?cs var:_("Clear") ?></a><?cs /if ?></div><?cs /if ?>
<?cs if:subcount(Tickets) > #0 ?>
<form class="stack stack--3" method="post" action="<?cs var:Url.panel ?>/inbox"<?cs if:Bulk ?> data-bulk<?cs /if ?>><?cs call:tokens() ?><input type="hidden" name="back" value="<?cs var:Url.here ?>">
<div class="table-box"><table class="table table--inbox table--cards<?cs if:Search.on ?> table--found<?cs /if ?>" data-rows><caption class="vh"><?cs var:View.summary ?></caption>
<thead><tr><?cs if:Bulk ?><th scope="col" class="w-check"><input class="check" type="checkbox" hidden data-all aria-label="<?cs var:_("Choose all tickets on this page") ?>"></th><?cs /if ?><?cs call:sort_head(_("Status"), Sort.status, "w-status") ?><?cs call:priority_head(Sort.priority) ?><?cs call:sort_head(_("Subject"), Sort.subject, "") ?><?cs call:sort_head(_("Customer"), Sort.customer, "w-l") ?><th scope="col" class="w-t p2"><?cs var:_("Order") ?></th><?cs call:sort_head(_("Type"), Sort.type, "w-m p2") ?><th scope="col" class="w-s p3"><?cs var:_("Assignee") ?></th><?cs call:sort_head(_("Waiting"), Sort.waiting, "w-t end") ?></tr></thead>
<tbody><?cs each:t = Tickets ?>
<tr<?cs if:t.unread ?> class="is-unread"<?cs /if ?>>
<?cs if:Bulk ?><td class="c-check"><input class="check" type="checkbox" name="t" value="<?cs var:t.number ?>" aria-label="<?cs var:say1("Choose ticket {1}", t.number) ?>"></td><?cs /if ?>
<td class="c-a"><?cs call:status_badge(t.status) ?></td>
<td class="c-b"><?cs call:priority_badge(t.priority) ?></td>
<td class="c-main"><div class="cell-main"><span><a class="subject clip" href="<?cs var:link(t.url) ?>" dir="auto"><?cs if:subcount(t.title) > #0 ?><?cs call:pieces(t.title) ?><?cs else ?><?cs var:t.subject ?><?cs /if ?></a><?cs if:Search.on ?><span class="muted tiny num"><?cs var:t.number ?></span><?cs /if ?><?cs if:t.files ?><span class="marks"><span><?cs call:icon_s("paperclip") ?><?cs var:t.files ?><span class="vh"> <?cs var:_("files") ?></span></span></span><?cs /if ?></span><?cs if:subcount(t.hit) > #0 ?><?cs include!"parts/search_hit.html.cs" ?><?cs else ?><span class="snip clip"><bdi><?cs var:t.snippet ?></bdi></span><?cs /if ?></div></td>
<td class="c-foot"><bdi><?cs var:t.customer.name ?></bdi></td>
<td class="p2 p1"><?cs if:t.order.no ?><a class="order-no quiet-link" href="<?cs var:link(t.order.url) ?>"><?cs var:t.order.no ?></a><?cs else ?><?cs call:nothing(_("No order")) ?><?cs /if ?></td>
<td class="p2 p1"><?cs call:type_badge(t.type) ?></td>
<td class="p3 p1"><?cs if:t.owner.name ?><?cs call:avatar(t.owner) ?><span class="vh"><?cs var:t.owner.name ?></span><?cs else ?><?cs call:nothing(_("nobody")) ?><?cs /if ?></td>
<td class="c-time end"><?cs if:t.late ?><span class="late"><?cs call:icon_s("alert-circle") ?><?cs var:t.waiting ?><span class="vh">, <?cs var:_("overdue") ?></span></span><?cs elif:t.waiting ?><?cs var:t.waiting ?><?cs else ?><?cs call:when(t.updated_at, t.updated_iso) ?><?cs /if ?></td>
</tr><?cs /each ?>
</tbody></table></div>
<?cs if:Bulk ?><div class="bulk" role="group" aria-label="<?cs var:_("Act on the chosen tickets") ?>"><span data-script-only hidden><b class="num" data-count></b> <?cs var:in("tickets", "chosen") ?></span><span class="sep" aria-hidden="true" data-script-only hidden></span><label class="vh" for="act"><?cs var:_("With the chosen tickets") ?></label><select class="select input--m" id="act" name="act"><optgroup label="<?cs var:_("Assign to") ?>"><?cs each:o = Agents ?><option value="assign:<?cs var:o.id ?>"><?cs var:o.name ?></option><?cs /each ?><option value="assign:0"><?cs var:_("Nobody") ?></option></optgroup><optgroup label="<?cs var:_("Status") ?>"><?cs each:o = Statuses ?><option value="status:<?cs var:o.id ?>"><?cs var:o.name ?></option><?cs /each ?></optgroup><optgroup label="<?cs var:_("Priority") ?>"><?cs each:o = Priorities ?><option value="priority:<?cs var:o.id ?>"><?cs var:o.name ?></option><?cs /each ?></optgroup><optgroup label="<?cs var:_("Type") ?>"><?cs each:o = Types ?><option value="type:<?cs var:o.id ?>"><?cs var:o.name ?></option><?cs /each ?></optgroup></select><button class="btn btn--primary btn--s"><?cs var:_("Apply") ?></button></div><?cs /if ?></form>
<?cs if:Search.on ?><?cs include!"parts/search_pager.html.cs" ?><?cs else ?><?cs include!"parts/pager.html.cs" ?><?cs /if ?>
<?cs elif:Search.wrong ?>
<?cs elif:Search.on ?><?cs include!"parts/search_empty.html.cs" ?>
<?cs elif:subcount(Chips) > #0 ?>
<section class="card empty" aria-labelledby="empty"><h2 id="empty"><?cs var:_("No tickets match these filters") ?></h2><a class="btn" href="<?cs var:Url.panel ?>/inbox"><?cs var:_("Clear filters") ?></a></section>
<?cs else ?>
<section class="card empty" aria-labelledby="empty"><span class="empty-art"><?cs call:icon_l("check") ?></span><h2 id="empty"><?cs var:_("Nothing needs an answer") ?></h2><p><?cs var:_("You have answered everything that was here.") ?></p><div class="row"><a class="btn" href="<?cs var:Url.panel ?>/inbox?view=all"><?cs var:_("Show all tickets") ?></a><a href="<?cs var:Url.panel ?>/postings"><?cs var:_("View All Postings") ?></a></div></section>
<?cs /if ?><?cs /if ?></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
