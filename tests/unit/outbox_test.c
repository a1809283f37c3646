#include "desk/letter.h"
#include "fixture.h"
#include "store/address.h"
#include "store/chore.h"
#include "store/outbox.h"

static const struct letter_to zoe = {
	.kind = "customer", .id = 3, .address = "zoe@mail.example",
	.name = "Zoë", .lang = "de", .zone = "Europe/Berlin",
};

static struct house empty(void)
{
	struct house h = house_enter();

	CHECK_OK(db_run(h.db, "DELETE FROM as_outbox", NULL, NO_ARGS));
	return h;
}

static void write_about(struct house h, int64_t ticket, int delay_s)
{
	CHECK_OK(letter_write(h.db, "message_from_store", &zoe,
		&(struct letter_about) {
			.shop = 1, .ticket_id = ticket, .delay_s = delay_s,
			.domain = "shop.example",
		}, letter_find("message_from_store")->sample));
}

static struct outbox *due(struct house h, size_t want)
{
	struct rows rows;

	CHECK_OK(store_outbox_due(h.db, 10, &rows));
	CHECK_INT(rows.n, want);
	return rows.at;
}

TEST(no_commit_no_letter)
{
	struct house h = empty();

	CHECK_OK(db_begin(h.db));
	write_about(h, 1, 0);
	h = house_enter();			/* the request ends: rollback */
	due(h, 0);
	CHECK_OK(db_begin(h.db));
	write_about(h, 1, 0);
	CHECK_OK(db_commit(h.db));
	due(h, 1);
}

/* More than a statement takes, one of them to an address to be left in peace. */
TEST(letters_of_one_cause_are_all_written_but_to_who_wants_none)
{
	enum { MANY = 40 };
	struct house h = empty();
	struct letter_about about = { .shop = 1, .ticket_id = 8, .domain = "shop.example" };
	struct letters all = { .n = 0 };
	const char *unasked = "receipt";
	struct outbox *row;
	struct rows rows;

	CHECK(letter_find(unasked)->unasked);
	CHECK_OK(db_begin(h.db));
	CHECK_OK(store_address_quiet(h.db, 1, "n7@mail.example", 1));
	for (int i = 0; i < MANY; i++) {
		struct letter_to to = zoe;

		to.address = arena_printf(db_arena(h.db), "N%d@mail.example", i);
		CHECK_OK(letters_add(h.db, &all, unasked, &to, &about,
				     letter_find(unasked)->sample));
	}
	CHECK_OK(letters_write(h.db, &all));
	CHECK_OK(store_outbox_of_ticket(h.db, 8, &rows));
	CHECK_INT(rows.n, MANY - 1);
	row = rows.at;
	for (size_t i = 0; i < rows.n; i++) {
		CHECK_TEXT(row[i].to_address, arena_printf(db_arena(h.db),
			   "N%d@mail.example", (int) i + (i >= 7)));
		CHECK(!i || (row[i].seq > row[i - 1].seq &&
			     strcmp(row[i].message_id_header, row[i - 1].message_id_header)));
		CHECK(row[i].id == all.at[i].id && row[i].seq == all.at[i].seq);
	}
	db_rollback(h.db);
}

TEST(no_more_letters_than_a_cause_may_have)
{
	struct house h = empty();
	struct letter_about about = { .shop = 1, .ticket_id = 9, .domain = "shop.example" };
	struct letters all = { .n = 0 };

	CHECK_OK(db_begin(h.db));
	for (int i = 0; i < LETTERS_MOST + 5; i++)
		CHECK_OK(letters_add(h.db, &all, "message_from_store", &zoe, &about,
				     letter_find("message_from_store")->sample));
	CHECK_INT(all.n, LETTERS_MOST);
	CHECK_OK(letters_write(h.db, &all));
	db_rollback(h.db);
}

TEST(a_letter_is_kept_as_it_was_written)
{
	struct house h = empty();
	struct outbox *row;

	write_about(h, 7, 0);
	row = due(h, 1);
	CHECK_INT(row->shop_id, 1);
	CHECK_INT(row->ticket_id, 7);
	CHECK_INT(row->message_id, 0);
	CHECK_INT(row->recipient_id, 3);
	CHECK(row->seq > 0);
	CHECK_INT(row->state, OUTBOX_DUE);
	CHECK_TEXT(row->to_address, "zoe@mail.example");
	CHECK_TEXT(row->to_name, "Zoë");
	CHECK_TEXT(row->facts, letter_facts_json(h.arena,
		letter_find("message_from_store")->sample));
	CHECK(*row->message_id_header == '<');
	CHECK(strstr(row->message_id_header, "@shop.example>"));
	CHECK(strlen(row->message_id_header) == strlen("<@shop.example>") + 22);
}

TEST(no_letter_overtakes_one_about_its_ticket)
{
	struct house h = empty();
	struct outbox *row;
	int64_t first;
	bool taken;

	write_about(h, 1, 0);
	write_about(h, 1, 0);
	write_about(h, 2, 0);
	row = due(h, 2);
	first = row[0].id;
	CHECK_INT(row[1].ticket_id, 2);
	CHECK_OK(store_outbox_lease(h.db, first, 60, &taken));
	CHECK(taken);
	due(h, 1);				/* held is not sent */
	CHECK_OK(store_outbox_put_off(h.db, first, 60, 450, "busy"));
	due(h, 1);
	CHECK_OK(store_outbox_failed(h.db, first, 550, "no"));
	due(h, 2);
}

static struct rows thread_of(struct house h, const struct outbox *row)
{
	struct rows rows;

	CHECK_OK(store_outbox_thread(h.db, row, &rows));
	return rows;
}

TEST(a_thread_is_what_its_reader_got_and_sent)
{
	static const struct letter_to ann = {
		.kind = "agent", .id = 1, .address = "ann@shop.example",
		.lang = "en", .zone = "UTC",
	};
	struct house h = empty();
	struct outbox_link *link;
	struct outbox *row;
	struct rows rows;

	CHECK_OK(db_run(h.db, "INSERT INTO as_message (shop_id, ticket_id,"
		" origin_ticket_id, kind, author_kind, author_name, type_id, status_id,"
		" priority_id, body, mail_id, created_at) VALUES"
		" (1, 4711, 4711, 'customer', 'customer', 'Zoë', 1, 1, 1, '?',"
		" '<asked.4711@mail.example>', NOW(6))", NULL, NO_ARGS));
	write_about(h, 4711, 0);
	CHECK_OK(letter_write(h.db, "message_from_customer", &ann,
		&(struct letter_about) { .shop = 1, .ticket_id = 4711 },
		letter_find("message_from_customer")->sample));
	row = due(h, 2);
	row[0].message_id = row[1].message_id = INT64_MAX;
	rows = thread_of(h, &row[0]);
	link = rows.at;
	CHECK_INT(rows.n, 1);
	CHECK_TEXT(link->id, "<asked.4711@mail.example>");
	CHECK(link->theirs);
	CHECK_INT(thread_of(h, &row[1]).n, 1);	/* not what others got */
	for (int i = 0; i < 30; i++)
		write_about(h, 4711, 0);
	CHECK_OK(db_run(h.db, "UPDATE as_outbox SET state = 'sent'", NULL, NO_ARGS));
	write_about(h, 4711, 0);
	row = due(h, 1);
	row->message_id = INT64_MAX;
	rows = thread_of(h, row);
	link = rows.at;
	CHECK_INT(rows.n, 22);			/* theirs, our first, our newest 20 */
	CHECK(link[0].theirs && !link[1].theirs);
	CHECK_OK(db_run(h.db, "DELETE FROM as_message WHERE ticket_id = 4711",
			NULL, NO_ARGS));
}

TEST(a_letter_may_wait_for_undo_and_holds_up_the_next)
{
	struct house h = empty();

	write_about(h, 1, 10);
	write_about(h, 1, 0);
	due(h, 0);
	CHECK_OK(db_run(h.db, "UPDATE as_outbox SET state = 'cancelled'"
			      " WHERE due_at > NOW(6)", NULL, NO_ARGS));
	due(h, 1);
}

TEST(only_one_courier_gets_a_letter)
{
	struct house h = empty();
	struct outbox *row;
	bool taken;

	write_about(h, 1, 0);
	row = due(h, 1);
	CHECK_OK(store_outbox_lease(h.db, row->id, 60, &taken));
	CHECK(taken);
	CHECK_OK(store_outbox_lease(h.db, row->id, 60, &taken));
	CHECK(!taken);
	CHECK_OK(store_outbox_release(h.db, row->id));
	CHECK_OK(store_outbox_lease(h.db, row->id, 60, &taken));
	CHECK(taken);
	CHECK_OK(store_outbox_sent(h.db, row->id, 250));
	CHECK_OK(store_outbox_failed(h.db, row->id, 550, "too late"));
	CHECK_OK(store_outbox_find(h.db, row->id, row));
	CHECK_INT(row->state, OUTBOX_SENT);
	CHECK_OK(store_outbox_lease(h.db, row->id, 60, &taken));
	CHECK(!taken);
}

TEST(a_letter_of_no_name_is_our_bug)
{
	struct house h = empty();

	CHECK_ERR(letter_write(h.db, "unheard_of", &zoe,
			       &(struct letter_about) { .shop = 1 },
			       letter_find("receipt")->sample), ERR_BUG);
	due(h, 0);
}

TEST(the_domain_of_a_message_id_is_the_senders)
{
	struct house h = house_enter();

	CHECK_TEXT(letter_domain(h.arena, "help@shop.example"), "shop.example");
	CHECK_TEXT(letter_domain(h.arena, "help@müller.example"), "xn--mller-kva.example");
	CHECK_TEXT(letter_domain(h.arena, "help@x\r\ny"), "aftersale.invalid");
	CHECK_TEXT(letter_domain(h.arena, NULL), "aftersale.invalid");
}

TEST(a_mail_host_gets_one_probe_a_minute)
{
	struct house h = house_enter();
	struct mail_host host;
	bool taken;

	CHECK_OK(db_run(h.db, "DELETE FROM as_mail_host", NULL, NO_ARGS));
	CHECK_OK(store_mail_host_find(h.db, "smtp://x", &host));
	CHECK(!host.away_since);
	CHECK_OK(store_mail_host_away(h.db, "smtp://x", "no answer"));
	CHECK_OK(store_mail_host_probe(h.db, "smtp://x", &taken));
	CHECK(!taken);
	CHECK_OK(db_run(h.db, "UPDATE as_mail_host SET probe_at = NOW(6),"
			      " away_since = NOW(6) - INTERVAL 20 MINUTE",
			NULL, NO_ARGS));
	CHECK_OK(store_mail_host_away(h.db, "smtp://x", "still none"));
	CHECK_OK(store_mail_host_find(h.db, "smtp://x", &host));
	CHECK(host.away_s >= 20 * 60 && host.away_s < 20 * 60 + 10);
	CHECK_TEXT(host.last_error, "still none");
	CHECK_OK(db_run(h.db, "UPDATE as_mail_host SET probe_at = NOW(6)",
			NULL, NO_ARGS));
	CHECK_OK(store_mail_host_probe(h.db, "smtp://x", &taken));
	CHECK(taken);
	CHECK_OK(store_mail_host_probe(h.db, "smtp://x", &taken));
	CHECK(!taken);
	CHECK_OK(store_mail_host_back(h.db, "smtp://x"));
	CHECK_OK(store_mail_host_worst(h.db, &host));
	CHECK_INT(host.away_s, 0);
}

TEST(an_outage_of_a_quarter_of_an_hour_is_worth_a_line)
{
	struct house h = empty();
	const char *remark;

	CHECK_OK(db_run(h.db, "DELETE FROM as_mail_host", NULL, NO_ARGS));
	CHECK_OK(letter_watch(h.db, &remark));
	CHECK(!remark);
	write_about(h, 1, 0);
	CHECK_OK(store_mail_host_away(h.db, "smtp://x", "no answer"));
	CHECK_OK(letter_watch(h.db, &remark));
	CHECK(!remark);
	CHECK_OK(db_run(h.db, "UPDATE as_mail_host"
			      " SET away_since = NOW(6) - INTERVAL 15 MINUTE",
			NULL, NO_ARGS));
	CHECK_OK(letter_watch(h.db, &remark));
	CHECK_TEXT(remark, "smtp://x has been away for 15 minutes (no answer), letters waiting: 1");
	CHECK_OK(store_mail_host_back(h.db, "smtp://x"));
	CHECK_OK(store_outbox_failed(h.db, due(h, 1)->id, 550, "no"));
	CHECK_OK(letter_watch(h.db, &remark));
	CHECK_TEXT(remark, "letters given up in the last hour: 1");
}

TEST(a_chore_is_done_once_in_its_time)
{
	struct house h = house_enter();
	bool taken;

	CHECK_OK(db_run(h.db, "DELETE FROM as_chore", NULL, NO_ARGS));
	CHECK_OK(store_chore_take(h.db, "sweep", 60, &taken));
	CHECK(taken);
	CHECK_OK(store_chore_take(h.db, "sweep", 60, &taken));
	CHECK(!taken);
	CHECK_OK(store_chore_take(h.db, "dust", 60, &taken));
	CHECK(taken);
	CHECK_OK(db_run(h.db, "UPDATE as_chore SET next_at = NOW(6)", NULL, NO_ARGS));
	CHECK_OK(store_chore_take(h.db, "sweep", 60, &taken));
	CHECK(taken);
}
