/* The numbers beside the panel's menu; shop 77 is this file's own. */
#include "desk/menu.h"
#include "fixture.h"
#include "store/count.h"

enum { SHOP = 77, BEN = 901 };

static struct actor agent(void)
{
	struct actor anna = { .kind = ACTOR_AGENT, .shop = SHOP, .id = 900, .name = "Anna" };

	for (int r = 0; r < RIGHTS; r++)
		anna.may[r] = SCOPE_ALL;
	return anna;
}

static int64_t status(const struct desk *d, const char *code)
{
	return catalog_by_code(d->catalog, ENTRY_STATUS, code)->id;
}

/* Five tickets: two open ones of Anna's, one of Ben's, one of nobody's, and a
 * closed one of hers; half of the counters folded. */
static struct desk with_tickets(void)
{
	struct desk d = house_desk(house_enter(), SHOP);
	int64_t open = status(&d, "open"), closed = status(&d, "closed"), folded;

	CHECK_OK(db_run(d.db, "DELETE FROM as_count WHERE shop_id = ?", NULL, ARGS((int) SHOP)));
	CHECK_OK(db_run(d.db, "DELETE FROM as_count_delta WHERE shop_id = ?", NULL,
			ARGS((int) SHOP)));
	CHECK_OK(store_count_ticket(d.db, SHOP, open, 900));
	CHECK_OK(store_count_ticket(d.db, SHOP, open, BEN));
	CHECK_OK(store_count_ticket(d.db, SHOP, closed, 900));
	CHECK_OK(store_count_fold(d.db, &folded));
	CHECK_OK(store_count_ticket(d.db, SHOP, open, 900));
	CHECK_OK(store_count_ticket(d.db, SHOP, open, 0));
	return d;
}

TEST(each_view_counts_its_own_folded_or_not)
{
	struct desk d = with_tickets();
	struct actor anna = agent();
	struct menu menu;

	CHECK_OK(menu_read(&d, &anna, &menu));
	CHECK_INT(menu.views[INBOX_NEEDS], 4);
	CHECK_INT(menu.views[INBOX_MINE], 2);
	CHECK_INT(menu.views[INBOX_UNASSIGNED], 1);
	CHECK_INT(menu.views[INBOX_CLOSED], 1);
	CHECK_INT(menu.views[INBOX_ALL], 5);
}

TEST(whose_right_ends_at_their_own_tickets_counts_no_others)
{
	struct desk d = with_tickets();
	struct actor anna = agent();
	struct menu menu;

	anna.may[RIGHT_READ] = SCOPE_OWN;
	CHECK_OK(menu_read(&d, &anna, &menu));
	CHECK_INT(menu.views[INBOX_NEEDS], 2);
	CHECK_INT(menu.views[INBOX_UNASSIGNED], 0);
	CHECK_INT(menu.views[INBOX_ALL], 3);
}

/* As many letters that could not be sent, and that were held. */
static void with_letters(struct desk *d)
{
	CHECK_OK(db_run(d->db, "INSERT INTO as_outbox (shop_id, seq, letter, recipient_kind,"
			" to_address, to_name, lang, zone, message_id_header, facts, state,"
			" due_at, created_at) SELECT ?, NEXT VALUE FOR as_outbox_seq,"
			" 'message_from_store', 'customer', 'a@example.com', 'A', 'en', 'UTC',"
			" CONCAT('<menu', seq, '@shop.example>'), '{}', 'failed', NOW(6), NOW(6)"
			" FROM seq_1_to_120", NULL, ARGS((int) SHOP)));
	CHECK_OK(db_run(d->db, "INSERT INTO as_mail (shop_id, sha256, size, envelope_from,"
			" envelope_to, way, due_at, state, received_at) SELECT ?, UNHEX(SHA2(CONCAT('menu',"
			" seq), 256)), 1, '', 'help@shop.example', 'pipe', NOW(6), IF(seq % 2, 'held', 'bad'),"
			" NOW(6) FROM seq_1_to_120", NULL, ARGS((int) SHOP)));
}

TEST(letters_are_counted_up_to_a_limit_for_who_looks_after_them)
{
	struct desk d = with_tickets();
	struct actor anna = agent(), other = agent();
	struct menu menu;

	with_letters(&d);
	CHECK_OK(menu_read(&d, &anna, &menu));
	CHECK_INT(menu.undelivered, MENU_MOST);
	CHECK_INT(menu.held, MENU_MOST);
	CHECK_INT(menu.views[INBOX_ALL], 5);
	anna.may[RIGHT_LETTERS] = SCOPE_NONE;
	CHECK_OK(menu_read(&d, &anna, &menu));
	CHECK_INT(menu.undelivered, 0);
	CHECK_INT(menu.held, 0);
	other.shop = SHOP + 1;
	CHECK_OK(menu_read(&d, &other, &menu));
	CHECK_INT(menu.undelivered + menu.held + menu.views[INBOX_ALL], 0);
}
