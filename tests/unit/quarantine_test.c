/* Held letters as people see them, originals, who takes part, what is odd. */
#include <string.h>

#include "desk/menu.h"
#include "desk/original.h"
#include "desk/participant.h"
#include "desk/postmark.h"
#include "desk/quarantine.h"
#include "desk/related.h"
#include "incoming.h"
#include "port/blob.h"

static struct mail_row held(struct desk_in *s, const char *from)
{
	struct mail_row r = arrives(s, (struct mail) { FROM(from), .subject = "Sale",
		.automatic = "Auto-Submitted: auto-generated" });

	CHECK_INT(r.state, MAIL_HELD);
	return r;
}

static struct actor own_tickets_only(const struct desk_in *s)
{
	struct actor who = s->anna;

	who.may[RIGHT_READ] = SCOPE_OWN;
	return who;
}

TEST(held_and_unreadable_letters_are_one_list_newest_first)
{
	struct desk_in s = desk_in();
	struct mail_row one = held(&s, "one@list.example");
	struct mail_row bad = arrives(&s, (struct mail) { .unreadable = true });
	struct mail_row two = held(&s, "two@list.example");
	const struct mail_row *m;
	struct quarantine q;

	CHECK_OK(quarantine_list(&s.d, &s.anna, 0, &q));
	m = q.letters.at;
	CHECK(q.letters.n >= 3);
	CHECK_INT(m[0].id, two.id);
	CHECK_INT(m[1].id, bad.id);
	CHECK_INT(m[2].id, one.id);
	CHECK_OK(quarantine_list(&s.d, &s.anna, bad.id, &q));
	CHECK_INT(((struct mail_row *) q.letters.at)[0].id, one.id);
}

TEST(a_page_of_held_letters_tells_where_the_next_begins)
{
	struct desk_in s = desk_in();
	int64_t seen = 0, last = INT64_MAX;
	struct quarantine q = { .older = 0 };

	for (int i = 0; i <= QUARANTINE_SHOWN; i++)
		held(&s, arena_printf(s.d.arena, "many%d@list.example", i));
	do {
		const struct mail_row *m;

		CHECK_OK(quarantine_list(&s.d, &s.anna, q.older, &q));
		CHECK(q.letters.n <= QUARANTINE_SHOWN);
		m = q.letters.at;
		for (size_t i = 0; i < q.letters.n; i++, seen++) {
			CHECK(m[i].id < last);
			last = m[i].id;
		}
	} while (q.older);
	CHECK(seen > QUARANTINE_SHOWN);
}

TEST(whose_right_ends_at_their_own_tickets_sees_no_held_letter)
{
	struct desk_in s = desk_in();
	struct mail_row r = held(&s, "hidden@list.example"), m;
	struct actor own = own_tickets_only(&s), mute = s.anna;
	struct quarantine q;
	struct menu menu;

	mute.may[RIGHT_LETTERS] = SCOPE_NONE;
	CHECK_ERR(quarantine_list(&s.d, &own, 0, &q), ERR_FORBIDDEN);
	CHECK_ERR(quarantine_list(&s.d, &mute, 0, &q), ERR_FORBIDDEN);
	CHECK_ERR(quarantine_find(&s.d, &mute, r.id, &m), ERR_FORBIDDEN);
	CHECK_ERR(quarantine_restore(&s.d, &mute, r.id), ERR_FORBIDDEN);
	CHECK_ERR(quarantine_again(&s.d, &own, r.id), ERR_FORBIDDEN);
	CHECK_ERR(quarantine_block(&s.d, &own, &r, true), ERR_FORBIDDEN);
	CHECK_OK(menu_read(&s.d, &own, &menu));
	CHECK_INT(menu.held, 0);
	CHECK_OK(menu_read(&s.d, &s.anna, &menu));
	CHECK(menu.held > 0);
}

TEST(what_was_put_aside_is_taken_back_once)
{
	struct desk_in s = desk_in();
	struct mail_row r = held(&s, "aside@list.example");

	CHECK_ERR(quarantine_restore(&s.d, &s.anna, r.id), ERR_CONFLICT);
	db_rollback(s.d.db);
	CHECK_OK(incoming_drop(&s.d, &s.anna, r.id, false));
	CHECK_OK(quarantine_restore(&s.d, &s.anna, r.id));
	r = row_of(&s, r.id);
	CHECK_INT(r.state, MAIL_HELD);
	CHECK_TEXT(r.reason, "automatic");
	CHECK(traced(&s, &r, "dropped"));
	CHECK(traced(&s, &r, "restored"));
	CHECK_ERR(quarantine_restore(&s.d, &s.anna, r.id), ERR_CONFLICT);
	db_rollback(s.d.db);
}

TEST(what_nothing_could_read_is_tried_again_once)
{
	struct desk_in s = desk_in();
	struct mail_row r = arrives(&s, (struct mail) { .unreadable = true });

	CHECK_OK(quarantine_again(&s.d, &s.anna, r.id));
	r = row_of(&s, r.id);
	CHECK_INT(r.state, MAIL_NEW);
	CHECK_INT(r.attempts, 0);
	CHECK_ERR(quarantine_again(&s.d, &s.anna, r.id), ERR_CONFLICT);
	db_rollback(s.d.db);
}

TEST(a_blocked_sender_is_held_until_somebody_lets_them_in)
{
	struct desk_in s = desk_in();
	struct mail_row r = held(&s, "pest@list.example"), next;
	bool blocked;

	CHECK_OK(quarantine_block(&s.d, &s.anna, &r, true));
	CHECK_OK(quarantine_blocked(&s.d, &r, &blocked));
	CHECK(blocked);
	next = arrives(&s, (struct mail) { FROM("pest@list.example"), .subject = "Again" });
	CHECK_TEXT(next.reason, "blocked");
	CHECK_OK(quarantine_block(&s.d, &s.anna, &r, false));
	next = arrives(&s, (struct mail) { FROM("pest@list.example"), .subject = "Sorry" });
	CHECK_INT(next.state, MAIL_DONE);
}

/* --- originals ------------------------------------------------------------------------ */

static struct mail_row stored(struct desk_in *s, const char *raw, size_t n)
{
	struct mail_row row = { .id = 1 };
	struct blob_put *put;

	CHECK_OK(blob_put_begin(s->d.blobs, s->d.arena, &put));
	CHECK_OK(blob_put_add(put, raw, n));
	CHECK_OK(blob_put_end(put, &row.sha256, &row.size));
	return row;
}

TEST(headers_are_unfolded_and_whatever_came_is_text)
{
	static const char raw[] = "Subject: One\r\n two\r\n\tthree\r\nX-Odd:\x80\x1b[0m\xe2\x80\xae!\r\n"
				  "no colon\r\n\r\nBody: not a header\r\n\x00\xff\r";
	struct desk_in s = desk_in();
	struct mail_row row = stored(&s, raw, sizeof(raw) - 1);
	struct original o;

	CHECK_OK(original_read(&s.d, &row, &o));
	CHECK(!o.gone);
	CHECK(!o.cut);
	CHECK_INT(o.n_headers, 3);
	CHECK_TEXT(o.headers[0].name, "Subject");
	CHECK_TEXT(o.headers[0].value, "One two three");
	CHECK(!strpbrk(o.headers[1].value, "\x1b\r\n"));
	CHECK(!strstr(o.headers[1].value, "\xe2\x80\xae"));
	CHECK_TEXT(o.headers[2].name, "no colon");
	CHECK_TEXT(o.headers[2].value, "");
	CHECK(strstr(o.source, "\n\nBody: not a header\n"));
	CHECK(!strchr(o.source, '\r'));
}

TEST(a_long_source_is_cut_and_many_headers_end)
{
	enum { LINES = 60000 };
	struct desk_in s = desk_in();
	struct str raw;
	struct mail_row row;
	struct original o;

	str_init(&raw, s.d.arena, 1 << 20);
	for (int i = 0; i < LINES; i++)
		str_addf(&raw, "X-%d: y\r\n", i);
	row = stored(&s, raw.text, raw.len);
	CHECK_OK(original_read(&s.d, &row, &o));
	CHECK(o.cut);
	CHECK_INT(o.n_headers, ORIGINAL_HEADERS);
	CHECK(strlen(o.source) <= ORIGINAL_SHOWN);
}

TEST(a_letter_that_is_no_longer_kept_says_so)
{
	struct desk_in s = desk_in();
	char nothing[32] = "no such bytes";
	struct mail_row row = { .sha256 = { nothing, sizeof(nothing) } };
	struct original o;
	struct mail m;
	bool read;
	int fd;

	CHECK_OK(original_read(&s.d, &row, &o));
	CHECK(o.gone);
	CHECK_TEXT(o.source, "");
	CHECK_OK(original_words(&s.d, "/no/such/reader", &row, &m, &fd, &read));
	CHECK(!read);
}

TEST(without_a_reader_the_rest_of_the_page_is_there)
{
	struct desk_in s = desk_in();
	struct mail_row row = stored(&s, "A: b\r\n\r\nc", 9);
	struct mail m;
	bool read;
	int fd;

	CHECK_OK(original_words(&s.d, "/no/such/reader", &row, &m, &fd, &read));
	CHECK(!read);
	CHECK_INT(fd, -1);
}

/* --- what is odd about a sender -------------------------------------------------------- */

TEST(first_letters_names_of_the_team_and_other_reply_addresses_are_noted)
{
	struct desk_in s = desk_in();
	struct mail_row r = arrives(&s, (struct mail) { .n_from = 1,
		.from = { arena_printf(s.d.arena, "  %s ", s.anna.name), "fake@odd.example" },
		.reply_to = { NULL, "eve@odd.example" }, .subject = "Password" });

	CHECK(traced(&s, &r, "first_mail"));
	CHECK(traced(&s, &r, "name_of_agent"));
	CHECK(traced(&s, &r, "other_reply_to"));
	r = arrives(&s, (struct mail) { .from = { "Somebody else", "fake@odd.example" },
		.reply_to = { NULL, "fake@odd.example" }, .n_from = 1, .subject = "Again" });
	CHECK(!traced(&s, &r, "first_mail"));
	CHECK(!traced(&s, &r, "name_of_agent"));
	CHECK(!traced(&s, &r, "other_reply_to"));
}

TEST(the_page_of_a_ticket_tells_the_team_alone_what_is_odd)
{
	struct desk_in s = desk_in();
	struct mail_row r = arrives(&s, (struct mail) { FROM("new@odd.example"),
		.reply_to = { NULL, "eve@odd.example" }, .subject = "Where is it?" });
	struct ticket t = ticket_of(&s, &r);
	struct actor customer = { .kind = ACTOR_CUSTOMER, .shop = IN_SHOP,
				  .id = t.customer_id };
	const struct postmark *p;
	struct reading reading;
	size_t n;

	CHECK_OK(ticket_read(&s.d, &s.anna, t.number, 0, &reading));
	CHECK_OK(postmark_list(&s.d, &s.anna, &reading, &p, &n));
	CHECK_INT(n, 1);
	CHECK_INT(p->message_id, r.message_id);
	CHECK_TEXT(p->address, "new@odd.example");
	CHECK_INT(p->n_doubts, 2);
	CHECK(p->kept);
	CHECK(!p->outside);
	CHECK_OK(ticket_read(&s.d, &customer, t.number, 0, &reading));
	CHECK_OK(postmark_list(&s.d, &customer, &reading, &p, &n));
	CHECK_INT(n, 0);
}

/* --- who takes part, what belongs together --------------------------------------------- */

static enum participating add(struct desk_in *s, int64_t id, const char *typed)
{
	enum participating what;

	CHECK_OK(participant_add(&s->d, &s->anna, id, typed, &what));
	return what;
}

/* As its page has it. */
static struct ticket read_ticket(struct desk_in *s, const char *number)
{
	struct reading r;

	CHECK_OK(ticket_read(&s->d, &s->anna, number, 0, &r));
	return r.ticket;
}

TEST(whoever_takes_part_is_an_address_but_neither_the_customer_nor_ours)
{
	struct desk_in s = desk_in();
	struct mail_row r = arrives(&s, (struct mail) { FROM("part@example.com"),
							.subject = "Part" });
	struct actor reader = s.anna;
	enum participating what;
	struct rows rows;
	struct ticket t = ticket_of(&s, &r);

	CHECK_INT(add(&s, t.id, " Pia@Example.com "), PARTICIPATES);
	CHECK_INT(add(&s, t.id, "pia@example.com"), PARTICIPATED);
	CHECK_INT(add(&s, t.id, "Part@example.com"), PARTICIPANT_IS_CUSTOMER);
	CHECK_INT(add(&s, t.id, "no address"), PARTICIPANT_NO_ADDRESS);
	t = read_ticket(&s, t.number);
	CHECK_OK(participant_list(&s.d, &s.anna, &t, &rows));
	CHECK_INT(rows.n, 1);
	CHECK_TEXT(((struct participant *) rows.at)->address, "pia@example.com");
	reader.may[RIGHT_CHANGE] = SCOPE_NONE;
	CHECK_ERR(participant_add(&s.d, &reader, t.id, "max@example.com", &what),
		  ERR_FORBIDDEN);
	db_rollback(s.d.db);
	CHECK_OK(participant_drop(&s.d, &s.anna, t.id, "pia@example.com"));
	CHECK_OK(participant_drop(&s.d, &s.anna, t.id, "pia@example.com"));
	t = read_ticket(&s, t.number);
	CHECK_OK(participant_list(&s.d, &s.anna, &t, &rows));
	CHECK_INT(rows.n, 0);
}

TEST(a_ticket_has_no_more_participants_than_it_may)
{
	struct desk_in s = desk_in();
	struct mail_row r = arrives(&s, (struct mail) { FROM("crowd@example.com"),
							.subject = "Crowd" });

	for (int i = 0; i < PARTICIPANTS_MOST; i++)
		CHECK_INT(add(&s, r.ticket_id, arena_printf(s.d.arena, "p%d@example.com", i)),
			  PARTICIPATES);
	CHECK_INT(add(&s, r.ticket_id, "one.more@example.com"), PARTICIPANTS_FULL);
}

TEST(what_may_belong_together_is_settled_from_either_side_once)
{
	struct desk_in s = desk_in();
	struct mail_row a = arrives(&s, (struct mail) { FROM("a.rel@example.com"),
							.subject = "A" });
	struct mail_row b = arrives(&s, (struct mail) { FROM("b.rel@example.com"),
							.subject = "B" });
	struct ticket older = ticket_of(&s, &a), newer = ticket_of(&s, &b);
	const struct relation *r;
	struct rows rows;

	CHECK_OK(store_relation_add(s.d.db, newer.id, RELATION_MAYBE_OF, older.id));
	CHECK_OK(related_settle(&s.d, &s.anna, older.id, newer.number, true));
	CHECK_OK(related_settle(&s.d, &s.anna, newer.id, older.number, false));
	newer = read_ticket(&s, newer.number);
	CHECK_OK(related_list(&s.d, &s.anna, &newer, &rows));
	CHECK_INT(rows.n, 1);
	r = rows.at;
	CHECK_INT(r->kind, RELATION_FOLLOW_UP_OF);
	CHECK(r->from_here);
	CHECK_TEXT(r->number, older.number);
	CHECK_ERR(related_settle(&s.d, &s.anna, newer.id, "424242", true), ERR_NOT_FOUND);
	db_rollback(s.d.db);
}
