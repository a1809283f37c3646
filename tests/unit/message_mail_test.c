/* What messages have that came by mail, and who may read it; shop 41. */
#include "desk/ticket.h"
#include "fixture.h"
#include "store/attachment.h"
#include "store/customer.h"
#include "store/message_mail.h"

enum { SHOP = 41 };

struct stage {
	struct desk d;
	struct actor zoe, eve, anna, own;
	int64_t ticket_id, question, note;
};

static struct actor customer(struct desk *d, const char *key, const char *email)
{
	struct customer c = { .external_id = key, .email = email, .name = key, .lang = "en" };
	bool found;

	CHECK_OK(store_customer_by_external(d->db, SHOP, key, &c, &found));
	if (!found)
		CHECK_OK(store_customer_add(d->db, SHOP, &c, true));
	return (struct actor) { .kind = ACTOR_CUSTOMER, .shop = SHOP, .id = c.id,
				.name = key, .email = email, .external_id = key };
}

static int64_t message(struct stage *s, enum message_kind kind)
{
	struct message m = {
		.ticket_id = s->ticket_id, .kind = kind,
		.author_kind = AUTHOR_CUSTOMER, .author_id = s->zoe.id,
		.author_name = "Zoë", .body = "Words",
		.type_id = 1, .status_id = 1, .priority_id = 1,
	};
	struct message_mail mail = {
		.as_mail_id = 7, .html = "<p>Words</p>", .folded = "> Earlier words",
		.pictures = 2, .automatic = true, .from_outside = kind == MESSAGE_NOTE,
	};

	CHECK_OK(store_message_add(s->d.db, &s->anna, &m));
	mail.message_id = m.id;
	CHECK_OK(store_message_mail_add(s->d.db, &s->anna, &mail));
	return m.id;
}

/* A ticket with a question and a note, both by mail; rolled back by the next. */
static struct stage enter(void)
{
	struct stage s = { .d = house_desk(house_enter(), SHOP) };
	struct opening o = { .subject = "Lid", .source = TICKET_FROM_SHOP, .lang = "en" };
	struct result r;

	s.zoe = customer(&s.d, "zoe", "zoe@example.com");
	s.eve = customer(&s.d, "eve", "eve@example.com");
	s.anna = (struct actor) { .kind = ACTOR_AGENT, .shop = SHOP, .id = 900,
				  .name = "Anna", .email = "anna@shop.example" };
	s.own = s.anna;
	s.anna.may[RIGHT_READ] = SCOPE_ALL;
	s.own.may[RIGHT_READ] = SCOPE_OWN;
	o.writing = (struct writing) {
		.type_id = catalog_default(s.d.catalog, ENTRY_TYPE)->id, .body = "Broken",
	};
	CHECK_OK(ticket_open(&s.d, &s.zoe, &o, &r));
	s.ticket_id = r.ticket_id;
	CHECK_OK(db_begin(s.d.db));
	s.question = message(&s, MESSAGE_CUSTOMER);
	s.note = message(&s, MESSAGE_NOTE);
	return s;
}

static size_t listed(struct stage *s, const struct actor *who, struct rows *rows)
{
	CHECK_OK(store_message_mail_list(s->d.db, who, s->ticket_id, 1, INT64_MAX, rows));
	return rows->n;
}

TEST(what_came_by_mail_is_listed_with_its_messages)
{
	struct stage s = enter();
	const struct message_mail *m;
	struct rows rows;

	CHECK_INT(listed(&s, &s.anna, &rows), 2);
	m = rows.at;
	CHECK(m[0].message_id == s.question && m[1].message_id == s.note);
	CHECK(m[0].has_html && !m[0].html && !m[0].more_folded);
	CHECK_TEXT(m[0].folded, "> Earlier words");
	CHECK_INT(m[0].pictures, 2);
	CHECK(m[0].automatic && !m[0].from_outside && m[1].from_outside);
	CHECK_OK(store_message_mail_set_inside(s.d.db, &s.anna, s.note));
	/* Of two who press at once one was faster. */
	CHECK_ERR(store_message_mail_set_inside(s.d.db, &s.anna, s.note), ERR_CONFLICT);
	CHECK_INT(listed(&s, &s.anna, &rows), 2);
	m = rows.at;
	CHECK(!m[1].from_outside);
}

TEST(nobody_gets_more_of_a_mail_than_of_its_message)
{
	struct stage s = enter();
	struct message_mail m;
	struct rows rows;

	CHECK_INT(listed(&s, &s.zoe, &rows), 1);
	CHECK_INT(listed(&s, &s.eve, &rows), 0);
	CHECK_INT(listed(&s, &s.own, &rows), 0);
	CHECK_OK(store_message_mail_find(s.d.db, &s.zoe, s.question, &m));
	CHECK_TEXT(m.html, "<p>Words</p>");
	CHECK_TEXT(m.body, "Words");
	CHECK_ERR(store_message_mail_find(s.d.db, &s.zoe, s.note, &m), ERR_NOT_FOUND);
	CHECK_ERR(store_message_mail_find(s.d.db, &s.eve, s.question, &m), ERR_NOT_FOUND);
	CHECK_ERR(store_message_mail_find(s.d.db, &s.own, s.question, &m), ERR_NOT_FOUND);
	CHECK_OK(store_message_mail_find(s.d.db, &s.anna, s.note, &m));
	CHECK(m.kind == MESSAGE_NOTE);
	s.zoe.only_ticket = s.ticket_id + 1;
	CHECK_ERR(store_message_mail_find(s.d.db, &s.zoe, s.question, &m), ERR_NOT_FOUND);
	s.anna.shop = SHOP + 1;
	CHECK_ERR(store_message_mail_find(s.d.db, &s.anna, s.question, &m), ERR_NOT_FOUND);
}

TEST(pictures_of_a_letter_are_as_hidden_as_its_message)
{
	static const uint8_t hash[32] = { 1 }, small[32] = { 2 };
	struct upload u = {
		.public_id = "abcdefghijklmnopqrstuv", .name = "a.png", .type = "image/png",
		.size = 3, .sha256 = { hash, 32 }, .thumb = { small, 32 },
		.width = 10, .height = 20, .content_id = "p1@mail.example",
	};
	struct stage s = enter();
	struct rows rows;

	u.message_id = s.note;
	CHECK_OK(store_attachment_add(s.d.db, &u));
	u.public_id = "abcdefghijklmnopqrstuw";
	u.content_id = NULL;
	CHECK_OK(store_attachment_add(s.d.db, &u));
	CHECK_OK(store_attachment_shown(s.d.db, &s.anna, s.note, &rows));
	CHECK_INT(rows.n, 1);
	CHECK_TEXT(((struct upload *) rows.at)->content_id, "p1@mail.example");
	CHECK_OK(store_attachment_shown(s.d.db, &s.zoe, s.note, &rows));
	CHECK_INT(rows.n, 0);
}
