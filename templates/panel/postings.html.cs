<?cs include!"parts/panel_top.html.cs" ?>
<div class="desk desk--rail">
<?cs include!"parts/views_rail.html.cs" ?>
<main id="main" class="work">
<nav aria-label="<?cs var:_("You are here") ?>"><ol class="crumbs"><li><?cs var:_("Orders") ?></li><li aria-current="page"><?cs var:_("Help Desk: View All Postings") ?></li></ol></nav>
<div class="bar"><h1><?cs var:_("All postings") ?></h1><?cs include!"parts/views_menu.html.cs" ?><?cs if:Me.admin ?><a class="btn" href="<?cs var:Url.config ?>/helpdesk"><?cs call:icon("settings") ?><?cs var:_("Manage Help Desk") ?></a><?cs /if ?><a class="btn btn--primary" href="<?cs var:Url.panel ?>/new"><?cs call:icon("plus") ?><?cs var:_("Add New Message") ?></a></div>
<div class="stack"><?cs include!"parts/errors.html.cs" ?><form class="card" method="get" action="<?cs var:Url.panel ?>/postings" aria-label="<?cs var:_("Date range") ?>"><div class="card-body row row--end"><?cs include!"parts/range_fields.html.cs" ?><button class="btn btn--primary"><?cs var:_("Update") ?></button>
<?cs if:subcount(Presets) > #0 ?><span class="chips"><?cs each:p = Presets ?><a class="chip<?cs if:p.current ?> chip--on<?cs /if ?>" href="<?cs var:link(p.url) ?>"<?cs if:p.current ?> aria-current="true"<?cs /if ?>><?cs var:p.text ?></a><?cs /each ?></span><?cs /if ?></div></form>
<?cs if:subcount(Messages) > #0 ?>
<div class="table-box"><table class="table table--inbox table--cards" data-rows><caption class="vh"><?cs var:Range.text ?></caption><thead><tr><?cs call:sort_head(_("Posted"), Sort.posted, "w-t") ?><?cs call:sort_head(_("Status"), Sort.status, "w-status") ?><?cs call:priority_head(Sort.priority) ?><?cs call:sort_head(_("Type"), Sort.type, "w-m p2") ?><th scope="col" class="w-l"><?cs var:_("Written by") ?></th><th scope="col"><?cs var:_("Ticket and message") ?></th><th scope="col" class="w-m end"><?cs var:_("Order") ?></th></tr></thead>
<tbody><?cs each:m = Messages ?><tr><td class="c-time nowrap"><?cs call:when(m.at_short, m.at_iso) ?></td><td class="c-a"><?cs call:status_badge(m.status) ?></td><td class="c-b"><?cs call:priority_badge(m.priority) ?></td><td class="p2 p1"><?cs if:m.type.name ?><?cs call:type_badge(m.type) ?><?cs else ?><?cs call:nothing(_("No type")) ?><?cs /if ?></td><td class="c-foot"><span class="row row--tight row--line"><?cs if:m.kind == "note" ?><span class="label-note"><?cs call:icon_s("lock") ?><span class="vh"><?cs var:_("Internal note by") ?> </span></span><?cs elif:m.kind == "reply" ?><span class="muted"><?cs call:icon_dir("arrow-back-up") ?><span class="vh"><?cs var:_("Answer by") ?> </span></span><?cs /if ?><bdi class="any"><?cs var:m.author ?></bdi></span></td><td class="c-main"><div class="cell-main"><span><a class="subject strong clip" href="<?cs var:link(m.ticket.url) ?>#m<?cs var:m.id ?>" dir="auto"><?cs var:m.ticket.subject ?></a><span class="no"><?cs var:m.ticket.number ?></span><?cs if:m.count ?><span class="marks"><span><?cs call:icon_s("paperclip") ?><?cs var:m.count ?><span class="vh"> <?cs var:_("files") ?></span></span></span><?cs /if ?></span><span class="snip clip"><bdi><?cs var:m.snippet ?></bdi></span></div></td><td class="p1 end"><?cs if:m.order.no ?><a class="order-no" href="<?cs var:link(m.order.url) ?>"><?cs var:m.order.no ?></a><?cs else ?><?cs call:nothing(_("No order")) ?><?cs /if ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs include!"parts/pager.html.cs" ?>
<?cs else ?>
<section class="card empty" aria-labelledby="empty"><span class="empty-art"><?cs call:icon_l("calendar") ?></span><h2 id="empty"><?cs var:_("No messages in these days") ?></h2><p><?cs var:_("Choose a longer range, then Update.") ?></p></section>
<?cs /if ?>
<p><a href="<?cs var:Url.panel ?>/new"><?cs var:_("Write a Message") ?></a></p></div>
</main>
</div>
<?cs include!"parts/panel_bottom.html.cs" ?>
