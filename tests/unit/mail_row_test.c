/* Letters that came in, as rows; shop 50 is this file's own. */
#include "fixture.h"
#include "port/secret.h"
#include "store/attachment.h"
#include "store/mail.h"
#include "store/menu.h"

enum { SHOP = 50 };

static const struct actor us = { .kind = ACTOR_SYSTEM, .shop = SHOP };

static struct mail_row letter(struct house h, const char *words)
{
	struct mail_row m = {
		.shop_id = SHOP, .size = (int64_t) strlen(words),
		.sha256 = secret_sha256(h.arena, words, strlen(words)),
		.envelope_from = "", .envelope_to = "help@shop.example",
	};

	CHECK_OK(store_mail_add(h.db, &m));
	return m;
}

static struct rows claimed(struct house h)
{
	struct rows rows;

	CHECK_OK(store_mail_claim(h.db, SHOP, 100, 60, &rows));
	return rows;
}

/* The claimed row of this id; NULL: it is not there. */
static struct mail_row *among(struct rows rows, int64_t id)
{
	struct mail_row *m = rows.at;

	for (size_t i = 0; i < rows.n; i++)
		if (m[i].id == id)
			return &m[i];
	return NULL;
}

TEST(the_same_bytes_are_one_letter_that_came_twice)
{
	struct house h = house_enter();
	struct mail_row once = letter(h, "twice"), again = letter(h, "twice");

	CHECK_INT(once.copies, 1);
	CHECK_INT(again.id, once.id);
	CHECK_INT(again.copies, 2);
	CHECK_INT(again.state, MAIL_NEW);
}

TEST(a_claimed_letter_is_nobody_elses_until_its_lease_ends)
{
	struct house h = house_enter();
	struct mail_row m = letter(h, "claimed");
	struct mail_row *mine = among(claimed(h), m.id);

	CHECK(mine);
	CHECK_TEXT(mine->envelope_from, "");
	CHECK_INT(mine->attempts, 1);
	CHECK(!among(claimed(h), m.id));
	CHECK_OK(store_mail_put_off(h.db, mine, 0, "the disk was full"));
	mine = among(claimed(h), m.id);
	CHECK(mine);
	CHECK_INT(mine->attempts, 2);
	CHECK_TEXT(mine->last_error, "the disk was full");
}

TEST(who_lost_the_claim_decides_nothing)
{
	struct house h = house_enter();
	struct mail_row m = letter(h, "slow sorter");
	struct mail_row *slow = among(claimed(h), m.id), *quick;

	CHECK_OK(store_mail_put_off(h.db, slow, 0, "slow"));
	quick = among(claimed(h), m.id);
	CHECK_OK(db_begin(h.db));
	CHECK_ERR(store_mail_take(h.db, slow), ERR_NOT_FOUND);
	CHECK_OK(store_mail_take(h.db, quick));
	db_rollback(h.db);
}

TEST(two_letters_that_say_the_same_are_not_both_taken)
{
	struct house h = house_enter();
	struct mail_row one = letter(h, "by pipe"), other = letter(h, "by imap");
	struct bytes says = secret_sha256(h.arena, "same words", 10);
	struct mail_known known;

	claimed(h);
	one.attempts = other.attempts = 1;
	one.content = other.content = says;
	one.mail_id = other.mail_id = "<same@example.com>";
	CHECK_OK(store_mail_take(h.db, &one));
	CHECK_OK(store_mail_known(h.db, &other, &known));
	CHECK_INT(known.same_content, one.id);
	CHECK_INT(known.same_id, one.id);
	CHECK_ERR(store_mail_take(h.db, &other), ERR_CONFLICT);
}

static int held_in_menu(struct db *db, const struct actor *who)
{
	const struct menu_row *row;
	struct rows rows;
	int n = 0;

	CHECK_OK(store_menu_read(db, who, true, &rows));
	row = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		n += row[i].kind == MENU_HELD ? (int) row[i].n : 0;
	return n;
}

TEST(letters_are_shown_to_who_may_read_the_shop)
{
	struct house h = house_enter();
	struct mail_row m = letter(h, "held"), out;
	struct actor anna = { .kind = ACTOR_AGENT, .shop = SHOP, .id = 1 };
	struct actor other = { .kind = ACTOR_AGENT, .shop = SHOP + 1, .id = 1,
			       .may = { [RIGHT_READ] = SCOPE_ALL } };
	struct rows rows;

	m.state = MAIL_HELD;
	m.reason = "flood";
	CHECK_OK(store_mail_set_decided(h.db, &m));
	CHECK_ERR(store_mail_find(h.db, &anna, m.id, &out), ERR_NOT_FOUND);
	anna.may[RIGHT_READ] = SCOPE_OWN;
	CHECK_ERR(store_mail_find(h.db, &anna, m.id, &out), ERR_NOT_FOUND);
	CHECK_ERR(store_mail_find(h.db, &other, m.id, &out), ERR_NOT_FOUND);
	anna.may[RIGHT_READ] = SCOPE_SHOP;
	CHECK_OK(store_mail_find(h.db, &anna, m.id, &out));
	CHECK_TEXT(out.reason, "flood");
	CHECK_OK(store_mail_list(h.db, &anna, MAIL_HELD, 0, &rows));
	CHECK(among(rows, m.id));
	CHECK(held_in_menu(h.db, &anna) >= 1);
	anna.may[RIGHT_READ] = SCOPE_OWN;
	CHECK_INT(held_in_menu(h.db, &anna), 0);
}

TEST(what_is_done_goes_after_a_year_and_its_bytes_after_it)
{
	struct house h = house_enter();
	struct mail_row m = letter(h, "old"), waits = letter(h, "old and held"), out;
	bool known, gone;
	int64_t n;

	m.state = MAIL_DONE;
	waits.state = MAIL_HELD;
	CHECK_OK(store_mail_set_decided(h.db, &m));
	CHECK_OK(store_mail_set_decided(h.db, &waits));
	CHECK_OK(db_run(h.db, "UPDATE as_blob SET created_at = NOW(6)"
			      " - INTERVAL 2 DAY WHERE sha256 = ?",
			NULL, ARGS(m.sha256)));
	CHECK_OK(store_blob_forget(h.db, m.sha256, &gone));
	CHECK(!gone);
	CHECK_OK(db_run(h.db, "UPDATE as_mail SET received_at = NOW(6)"
			      " - INTERVAL 400 DAY WHERE id IN (?, ?)",
			NULL, ARGS(m.id, waits.id)));
	CHECK_OK(store_mail_reap(h.db, SHOP, 365, &n));
	CHECK_INT(n, 1);
	CHECK_ERR(store_mail_find(h.db, &us, m.id, &out), ERR_NOT_FOUND);
	CHECK_OK(store_mail_find(h.db, &us, waits.id, &out));
	CHECK_OK(store_blob_known(h.db, m.sha256, &known));
	CHECK(known);
	CHECK_OK(db_run(h.db, "UPDATE as_blob SET created_at = NOW(6)"
			      " - INTERVAL 2 DAY WHERE sha256 = ?",
			NULL, ARGS(m.sha256)));
	CHECK_OK(store_blob_forget(h.db, m.sha256, &gone));
	CHECK(gone);
}
