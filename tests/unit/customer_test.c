/* Whom agents write to, on a real database; shop 42 is this file's own. */
#include "desk/customer.h"
#include "desk/menu.h"
#include "desk/undelivered.h"
#include "fixture.h"

enum { SHOP = 42 };

static struct actor agent(void)
{
	struct actor anna = { .kind = ACTOR_AGENT, .shop = SHOP, .id = 900,
			      .name = "Anna", .email = "anna@shop.example" };

	for (int r = 0; r < RIGHTS; r++)
		anna.may[r] = SCOPE_ALL;
	return anna;
}

static int64_t customer_id(struct desk *d, const char *key, const char *email)
{
	const struct shop_order o = { .order_key = "1", .order_no = "5001",
				      .customer_key = key, .email = email,
				      .customer_name = "Zoë Müller", .lang = "de_CH" };
	struct actor anna = agent();
	struct customer c;
	bool found;

	CHECK_OK(customer_of_order(d, &anna, &o, &c, &found));
	if (!found)
		return 0;
	CHECK_TEXT(c.name, "Zoë Müller");
	CHECK_TEXT(c.lang, "de");
	return c.id;
}

TEST(the_customer_of_an_order_is_made_once)
{
	struct desk d = house_desk(house_enter(), SHOP);
	int64_t zoe = customer_id(&d, "77", "Zoe@Example.com");

	CHECK(zoe);
	CHECK_INT(customer_id(&d, "77", "zoe@new.example"), zoe);
	/* A guest of the same address is somebody else until it is proven. */
	CHECK(customer_id(&d, "0", "zoe@example.com") != zoe);
	CHECK_INT(customer_id(&d, "", "zoe@example.com"),
		  customer_id(&d, NULL, "ZOE@example.com"));
	CHECK_INT(customer_id(&d, NULL, NULL), 0);
	CHECK_INT(customer_id(&d, "78", ""), 0);
}

TEST(an_account_is_found_by_its_address_before_a_guest)
{
	struct desk d = house_desk(house_enter(), SHOP);
	int64_t guest = customer_id(&d, NULL, "both@example.com");
	int64_t account = customer_id(&d, "79", "both@example.com");
	struct actor anna = agent();
	struct customer c;
	bool found, away;

	CHECK(guest != account);
	CHECK_OK(customer_by_address(&d, &anna, "Both@Example.com", &c, &found, &away));
	CHECK(found && !away);
	CHECK_INT(c.id, account);
	/* Without a shop nobody is made, and that is told. */
	CHECK_OK(customer_by_address(&d, &anna, "new@example.com", &c, &found, &away));
	CHECK(!found && away);
}

TEST(an_order_is_theirs_by_key_or_by_address)
{
	struct desk d = house_desk(house_enter(), SHOP);
	const struct customer account = { .external_id = "77", .email = "zoe@example.com" };
	const struct customer guest = { .email = "zoe@example.com" };
	const struct shop_order of_key = { .customer_key = "77", .email = "other@example.com" };
	const struct shop_order of_other = { .customer_key = "78", .email = "zoe@example.com" };
	const struct shop_order of_guest = { .customer_key = "0", .email = "Zoe@Example.com" };
	const struct shop_order of_nobody = { .customer_key = NULL, .email = NULL };

	CHECK(customer_placed(&d, &account, &of_key));
	CHECK(!customer_placed(&d, &account, &of_other));
	CHECK(customer_placed(&d, &account, &of_guest));
	CHECK(customer_placed(&d, &guest, &of_guest));
	CHECK(!customer_placed(&d, &guest, &of_key));
	CHECK(!customer_placed(&d, &guest, &of_nobody));
}

static int64_t failed_letter(struct desk *d)
{
	struct outbox o = {
		.shop_id = SHOP, .letter = "message_from_store",
		.recipient_kind = "customer", .to_address = "zoe@example.com",
		.lang = "de", .zone = "UTC",
		.message_id_header = arena_printf(d->arena, "<%p@shop.example>", (void *) d),
		.facts = "{\"subject\":\"Lid\",\"ticket_number\":\"1042\"}",
	};

	CHECK_OK(db_run(d->db, "DELETE FROM as_outbox WHERE shop_id = ?", NULL, ARGS(SHOP)));
	CHECK_OK(store_outbox_add(d->db, &o, 1));
	CHECK_OK(store_outbox_failed(d->db, o.id, 550, "no such user"));
	return o.id;
}

TEST(a_letter_that_failed_is_shown_and_sent_again)
{
	struct desk d = house_desk(house_enter(), SHOP);
	struct actor anna = agent();
	int64_t id = failed_letter(&d);
	struct menu menu;
	struct undelivered u;
	struct outbox o;

	CHECK_OK(menu_read(&d, &anna, &menu));
	CHECK_INT(menu.undelivered, 1);
	CHECK_OK(undelivered_list(&d, &anna, &u));
	CHECK_INT(u.letters.n, 1);
	CHECK_TEXT(((struct outbox *) u.letters.at)->last_error, "no such user");
	CHECK_TEXT(undelivered_fact(&d, u.letters.at, "ticket_number"), "1042");
	CHECK(!undelivered_fact(&d, u.letters.at, "body"));
	CHECK_OK(undelivered_send(&d, &anna, id));
	CHECK_OK(store_outbox_find(d.db, id, &o));
	CHECK(o.state == OUTBOX_DUE);
	CHECK_INT(o.attempts, 0);
	CHECK_ERR(undelivered_send(&d, &anna, id), ERR_NOT_FOUND);
	CHECK_ERR(undelivered_drop(&d, &anna, id), ERR_NOT_FOUND);
}

TEST(letters_are_for_those_with_the_right_and_of_their_shop)
{
	struct desk d = house_desk(house_enter(), SHOP);
	struct actor anna = agent(), other = agent();
	int64_t id = failed_letter(&d);
	struct menu menu;
	struct undelivered u;
	struct outbox o;

	other.shop = 40;
	CHECK_ERR(undelivered_drop(&d, &other, id), ERR_NOT_FOUND);
	other = agent();
	other.may[RIGHT_LETTERS] = SCOPE_NONE;
	CHECK_ERR(undelivered_list(&d, &other, &u), ERR_FORBIDDEN);
	CHECK_ERR(undelivered_drop(&d, &other, id), ERR_FORBIDDEN);
	CHECK_OK(menu_read(&d, &other, &menu));
	CHECK_INT(menu.undelivered, 0);
	CHECK_OK(undelivered_drop(&d, &anna, id));
	CHECK_OK(store_outbox_find(d.db, id, &o));
	CHECK(o.state == OUTBOX_CANCELLED);
}
