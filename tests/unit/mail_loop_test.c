/* Our own letters on their way back; shop 87 is this file's own. */
#include <string.h>

#include "../../src/desk/incoming_parts.h"
#include "base/address.h"
#include "desk/letter.h"
#include "desk/mail_loop.h"
#include "desk/seal.h"
#include "fixture.h"
#include "port/json.h"
#include "port/mail.h"
#include "store/mail.h"
#include "store/outbox.h"
#include "store/setting.h"

enum { SHOP = 87 };
static const char from[] = "help@shop.example";

struct stage {
	struct desk d;
	struct actor owner;
};

static struct stage enter(void)
{
	struct stage s = { .d = house_desk(house_enter(), SHOP) };

	s.owner = (struct actor) { .kind = ACTOR_AGENT, .shop = SHOP, .id = 903,
				   .name = "Olga" };
	s.owner.may[RIGHT_CONFIG] = SCOPE_ALL;
	return s;
}

static struct loop_state state(struct stage *s)
{
	struct loop_state out;

	CHECK_OK(loop_state(&s->d, &s->owner, from, &out));
	return out;
}

/* The letter comes back, with what the hosts on the way added. */
static void back(struct stage *s, int64_t id, const char *results, const char *path)
{
	struct outbox letter;
	struct mail m = { .results = &results, .n_results = results ? 1 : 0,
			  .return_path = path };
	struct mail_row row = { .id = 5, .shop_id = SHOP };

	CHECK_OK(store_outbox_find(s->d.db, id, &letter));
	m.message_id = letter.message_id_header;
	CHECK_OK(db_begin(s->d.db));
	CHECK_OK(loop_arrived(&s->d, &row, &m));
	CHECK_OK(db_commit(s->d.db));
}

static const char *path_of(struct stage *s, int64_t id)
{
	return seal_return_path(s->d.arena, catalog_seal(s->d.catalog), from, id);
}

TEST(what_comes_back_says_how_it_came)
{
	struct stage s = enter();
	struct loop_state now;

	CHECK_OK(loop_start(&s.d, &s.owner, from, NULL));
	now = state(&s);
	CHECK_INT(now.stage, LOOP_WAITING);
	CHECK_TEXT(now.address, from);
	CHECK(now.plus && address_valid(now.plus));
	CHECK_OK(store_outbox_sent(s.d.db, now.last.plain_id, 250));
	CHECK_OK(store_outbox_sent(s.d.db, now.last.plus_id, 250));
	back(&s, now.last.plain_id, "mx.shop.example 1; spf=pass smtp.mailfrom=x;"
	     " dkim=none; x-dmarc=fail; dmarc=pass (p=none) header.from=shop.example",
	     path_of(&s, now.last.plain_id));
	now = state(&s);
	CHECK_INT(now.stage, LOOP_WAITING);
	CHECK(now.last.plain_at && !now.last.plus_at);
	CHECK(now.last.path_told && now.last.path_kept);
	CHECK_TEXT(now.last.authserv, "mx.shop.example");
	CHECK_TEXT(now.last.spf, "pass");
	CHECK_TEXT(now.last.dkim, "none");
	CHECK_TEXT(now.last.dmarc, "pass");
	back(&s, now.last.plus_id, NULL, NULL);
	CHECK_INT(state(&s).stage, LOOP_BACK);
	CHECK(state(&s).last.path_kept);
}

TEST(another_letters_return_path_is_not_kept)
{
	struct stage s = enter();
	struct loop_state now;

	CHECK_OK(loop_start(&s.d, &s.owner, from, NULL));
	now = state(&s);
	back(&s, now.last.plain_id, NULL, path_of(&s, INT64_MAX));
	now = state(&s);
	CHECK(now.last.path_told && !now.last.path_kept);
	back(&s, now.last.plus_id, NULL, "");
	CHECK(!state(&s).last.path_kept);
}

TEST(after_five_minutes_the_test_says_what_failed)
{
	struct stage s = enter();
	struct loop_state now;

	CHECK_OK(loop_start(&s.d, &s.owner, from, NULL));
	CHECK_OK(db_run(s.d.db, "UPDATE as_mail_loop SET started_at ="
		" NOW(6) - INTERVAL 301 SECOND WHERE shop_id = 87", NULL, NO_ARGS));
	now = state(&s);
	CHECK_INT(now.stage, LOOP_UNSENT);
	CHECK_OK(store_outbox_sent(s.d.db, now.last.plain_id, 250));
	CHECK_INT(state(&s).stage, LOOP_LOST);
	back(&s, now.last.plain_id, NULL, NULL);
	CHECK_INT(state(&s).stage, LOOP_PLAIN_ONLY);
	CHECK(!state(&s).last.path_told);
}

static void believes(struct stage *s, const char *name)
{
	CHECK_OK(store_setting_put(s->d.db, SHOP, "mail_authserv", name));
	CHECK_OK(store_setting_put(s->d.db, SHOP, "mail_authserv_forged", ""));
	CHECK_OK(store_setting_revise(s->d.db, SHOP));
	*s = enter();
}

static const char *forged_now(struct stage *s)
{
	*s = enter();
	return catalog_text(s->d.catalog, "mail_authserv_forged");
}

/* What the letter says of itself. */
static const char *claim_of(struct stage *s, int64_t id)
{
	struct outbox letter;
	struct json *facts;

	CHECK_OK(store_outbox_find(s->d.db, id, &letter));
	CHECK_OK(json_parse(s->d.arena, letter.facts, strlen(letter.facts), 4, &facts));
	return json_text(json_member(facts, "claim"));
}

TEST(a_host_that_lets_others_speak_in_its_name_is_not_believed)
{
	const struct incoming in = { .from = from };
	struct stage s = enter();
	struct loop_state now;
	struct mail m = { .from = { .address = "zoe@shop.example" }, .n_from = 1,
		.results = (const char *const []) {
			"mx.shop.example; dmarc=pass header.from=shop.example" },
		.n_results = 1 };

	believes(&s, "mx.shop.example");
	CHECK_OK(loop_start(&s.d, &s.owner, from, NULL));
	now = state(&s);
	CHECK(!claim_of(&s, now.last.plus_id));
	back(&s, now.last.plain_id, claim_of(&s, now.last.plain_id), NULL);
	now = state(&s);
	CHECK(now.last.forge_told && now.last.forged);
	CHECK(!now.last.authserv);			/* it was we who wrote that */
	CHECK_INT(incoming_proof(&s.d, &in, &m).dmarc, VERDICT_PASS);
	CHECK_TEXT(forged_now(&s), "mx.shop.example");
	CHECK_INT(incoming_proof(&s.d, &in, &m).dmarc, VERDICT_NONE);
	/* Its word above ours is the one that counts: it is believed again. */
	CHECK_OK(loop_start(&s.d, &s.owner, from, "mx.shop.example"));
	back(&s, state(&s).last.plain_id, "mx.shop.example; dmarc=pass header.from="
	     "shop.example", NULL);
	CHECK(state(&s).last.forge_told && !state(&s).last.forged);
	CHECK_TEXT(forged_now(&s), "");
	CHECK_INT(incoming_proof(&s.d, &in, &m).dmarc, VERDICT_PASS);
	believes(&s, "");
}

TEST(who_others_can_speak_for_is_not_trusted_by_a_click)
{
	struct stage s = enter();

	believes(&s, "");
	CHECK_OK(loop_start(&s.d, &s.owner, from, ""));
	back(&s, state(&s).last.plain_id, "mx.shop.example; spf=pass", NULL);
	/* Nobody's word counts yet: it is the one on offer that is forged. */
	CHECK_OK(loop_start(&s.d, &s.owner, from, NULL));
	back(&s, state(&s).last.plain_id, claim_of(&s, state(&s).last.plain_id), NULL);
	back(&s, state(&s).last.plus_id, "mx.shop.example; spf=pass", NULL);
	CHECK_TEXT(forged_now(&s), "mx.shop.example");
	CHECK_ERR(loop_trust(&s.d, &s.owner), ERR_BAD_REQUEST);
	believes(&s, "");
	CHECK_OK(loop_trust(&s.d, &s.owner));
	believes(&s, "");
}

TEST(old_tests_and_other_letters_tell_nothing)
{
	struct stage s = enter();
	int64_t old;

	CHECK_OK(loop_start(&s.d, &s.owner, from, NULL));
	old = state(&s).last.plain_id;
	CHECK_OK(loop_start(&s.d, &s.owner, from, NULL));
	back(&s, old, "mx.evil.example; spf=pass", NULL);
	CHECK(!state(&s).last.plain_at && !state(&s).last.authserv);
}

TEST(only_the_owner_tests)
{
	struct stage s = enter();
	struct loop_state out;

	s.owner.may[RIGHT_CONFIG] = SCOPE_NONE;
	CHECK_ERR(loop_start(&s.d, &s.owner, from, NULL), ERR_FORBIDDEN);
	CHECK_ERR(loop_state(&s.d, &s.owner, from, &out), ERR_FORBIDDEN);
	s.owner.may[RIGHT_CONFIG] = SCOPE_ALL;
	CHECK_ERR(loop_start(&s.d, &s.owner, NULL, NULL), ERR_BAD_REQUEST);
}
