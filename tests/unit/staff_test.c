#include "desk/letter.h"
#include "desk/link.h"
#include "desk/staff.h"
#include "fixture.h"
#include "port/secret.h"
#include "store/outbox.h"
#include "store/session.h"

/* The command line: it may do everything and has no account. */
static const struct actor root = { .kind = ACTOR_SYSTEM, .shop = 1 };
static const char good[] = "eleven blue mugs";

static struct desk now(void)
{
	return house_desk(house_enter(), 1);
}

static int64_t role_named(struct desk *d, const char *code)
{
	const struct role *r;
	struct rows rows;

	CHECK_OK(staff_roles(d, &root, &rows));
	r = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		if (!strcmp(r[i].code, code))
			return r[i].id;
	fail_msg("no role %s", code);
	return 0;
}

static struct agent someone(struct desk *d, const char *name, const char *role,
			    const char *password)
{
	static int n;
	enum staff_answer answer;
	struct agent a = {
		.email = arena_printf(d->arena, "%s%d@staff.example", name, ++n),
		.name = name, .role_id = role_named(d, role),
	};

	CHECK_OK(staff_add(d, &root, &a, password, &answer));
	CHECK_INT(answer, STAFF_DONE);
	return a;
}

static bool signs_in(struct desk *d, const char *email, const char *password)
{
	struct agent a;
	bool right;

	CHECK_OK(staff_sign_in(d, email, password, &a, &right));
	return right;
}

static struct bytes token_for(struct desk *d, int64_t agent_id, const char *token)
{
	struct bytes hash = secret_sha256(d->arena, token, strlen(token));

	CHECK_OK(store_agent_add_token(d->db, hash, agent_id, TOKEN_RESET));
	return hash;
}

static struct bytes session_of(struct desk *d, int64_t agent_id, const char *cookie)
{
	struct bytes hash = secret_sha256(d->arena, cookie, strlen(cookie));

	CHECK_OK(store_session_add_agent(d->db, hash, agent_id, "127.0.0.1", "test"));
	return hash;
}

static bool is_open(struct desk *d, struct bytes session)
{
	struct session s = { 0 };

	CHECK_OK(store_session_agent(d->db, 1, session, &s));
	return s.id != 0;
}

static int64_t letters_to(struct desk *d, const char *address, const char *letter)
{
	int64_t n = 0;
	const struct outbox *o;
	struct rows rows;

	CHECK_OK(store_outbox_due(d->db, 500, &rows));
	o = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		n += !strcmp(o[i].to_address, address) && !strcmp(o[i].letter, letter);
	return n;
}

TEST(the_right_password_signs_in_and_nothing_else_does)
{
	struct desk d = now();
	struct agent a = someone(&d, "ann", "agent", good);
	char long_one[2000];

	memset(long_one, 'x', sizeof(long_one) - 1);
	long_one[sizeof(long_one) - 1] = '\0';
	CHECK(signs_in(&d, a.email, good));
	CHECK(signs_in(&d, arena_printf(d.arena, " A%s", a.email + 1), good));
	CHECK(!signs_in(&d, a.email, "eleven blue mug"));
	CHECK(!signs_in(&d, a.email, ""));
	CHECK(!signs_in(&d, a.email, long_one));
	CHECK(!signs_in(&d, "nobody@staff.example", good));
}

TEST(an_invited_agent_cannot_sign_in_before_choosing_a_password)
{
	struct desk d = now();
	struct agent a = someone(&d, "ben", "agent", NULL);
	enum staff_answer answer;

	CHECK(!a.has_password);
	CHECK(!signs_in(&d, a.email, ""));
	CHECK_INT(letters_to(&d, a.email, "staff_invite"), 1);
	token_for(&d, a.id, "ben's token");
	CHECK_OK(staff_use_token(&d, 1, "ben's token", good, &a, &answer));
	CHECK_INT(answer, STAFF_DONE);
	CHECK(signs_in(&d, a.email, good));
}

TEST(a_token_opens_once)
{
	struct desk d = now();
	struct agent a = someone(&d, "cleo", "agent", good), who;
	enum staff_answer answer;
	bool found;

	token_for(&d, a.id, "cleo's first");
	token_for(&d, a.id, "cleo's second");
	CHECK_OK(staff_find_token(&d, "cleo's first", &who, &found));
	CHECK(found && who.id == a.id);
	CHECK_OK(staff_use_token(&d, 1, "cleo's first", "a dozen red plates", &who, &answer));
	CHECK_INT(answer, STAFF_DONE);
	CHECK_OK(staff_use_token(&d, 1, "cleo's first", good, &who, &answer));
	CHECK_INT(answer, STAFF_NO_TOKEN);
	CHECK_OK(staff_find_token(&d, "cleo's second", &who, &found));
	CHECK(!found);
	CHECK(signs_in(&d, a.email, "a dozen red plates"));
	CHECK(!signs_in(&d, a.email, good));
}

TEST(a_new_password_ends_every_session)
{
	struct desk d = now();
	struct agent a = someone(&d, "dora", "agent", good);
	struct actor self = { .kind = ACTOR_AGENT, .shop = 1, .id = a.id, .email = a.email };
	struct bytes session = session_of(&d, a.id, "dora's cookie");
	enum staff_answer answer;

	CHECK(is_open(&d, session));
	CHECK_OK(staff_change_password(&d, &self, "wrong password", good, &answer));
	CHECK_INT(answer, STAFF_WRONG_PASSWORD);
	CHECK(is_open(&d, session));
	CHECK_OK(staff_change_password(&d, &self, good, "twelve green cups", &answer));
	CHECK_INT(answer, STAFF_DONE);
	CHECK(!is_open(&d, session));
	CHECK(signs_in(&d, a.email, "twelve green cups"));
}

TEST(a_deactivated_agent_is_out_at_once)
{
	struct desk d = now();
	struct agent keeper = someone(&d, "eva", "administrator", good);
	struct agent a = someone(&d, "emil", "agent", good);
	struct bytes session = session_of(&d, a.id, "emil's cookie");
	enum staff_answer answer;
	bool found;

	token_for(&d, a.id, "emil's token");
	a.active = false;
	CHECK_OK(staff_set(&d, &root, &a, &answer));
	CHECK_INT(answer, STAFF_DONE);
	CHECK(!is_open(&d, session));
	CHECK(!signs_in(&d, a.email, good));
	CHECK_OK(staff_find_token(&d, "emil's token", &a, &found));
	CHECK(!found);
	CHECK_OK(staff_forgot(&d, 1, a.email));
	CHECK_INT(letters_to(&d, a.email, "password_reset"), 0);
	CHECK(signs_in(&d, keeper.email, good));
}

TEST(a_letter_to_an_old_address_gets_no_link)
{
	struct desk d = now();
	struct agent a = someone(&d, "moved", "agent", good);
	struct outbox letter = { .id = 1, .shop_id = 1, .recipient_id = a.id,
				 .facts = "{\"link\":\"reset\"}" };
	enum staff_answer answer;
	const char *url;

	letter.to_address = a.email;
	CHECK_OK(link_make(d.db, d.arena, d.urls, &letter, &url));
	CHECK(strstr(url, "/password/"));
	CHECK_OK(staff_find(&d, &root, a.id, &a));
	a.email = "moved.away@staff.example";
	CHECK_OK(staff_set(&d, &root, &a, &answer));
	CHECK_INT(answer, STAFF_DONE);
	CHECK_ERR(link_make(d.db, d.arena, d.urls, &letter, &url), ERR_CONFLICT);
}

TEST(two_accounts_cannot_share_an_address)
{
	struct desk d = now();
	struct agent a = someone(&d, "fay", "agent", good), b = someone(&d, "gus", "agent", good);
	struct agent again = { .email = a.email, .name = "Fay", .role_id = a.role_id };
	enum staff_answer answer;

	CHECK_OK(staff_add(&d, &root, &again, NULL, &answer));
	CHECK_INT(answer, STAFF_TAKEN);
	b.email = a.email;
	CHECK_OK(staff_set(&d, &root, &b, &answer));
	CHECK_INT(answer, STAFF_TAKEN);
}

TEST(the_last_who_manages_staff_stays)
{
	struct desk d = now();
	struct agent keeper = someone(&d, "hana", "administrator", good);
	enum staff_answer answer;
	const struct agent *all;
	struct agent other;
	struct rows rows;

	/* Everybody else who could, of this or another test, becomes an agent. */
	CHECK_OK(staff_list(&d, &root, &rows));
	all = rows.at;
	for (size_t i = 0; i < rows.n; i++) {
		other = all[i];
		other.role_id = role_named(&d, "agent");
		if (other.id != keeper.id && !strcmp(other.role, "administrator"))
			CHECK_OK(staff_set(&d, &root, &other, &answer));
	}
	other = keeper;
	other.active = false;
	CHECK_OK(staff_set(&d, &root, &other, &answer));
	CHECK_INT(answer, STAFF_LAST_KEEPER);
	other = keeper;
	other.role_id = role_named(&d, "agent");
	CHECK_OK(staff_set(&d, &root, &other, &answer));
	CHECK_INT(answer, STAFF_LAST_KEEPER);
	CHECK_OK(staff_find(&d, &root, keeper.id, &other));
	CHECK(other.active && other.version == keeper.version);
	keeper.name = "Hana K.";
	CHECK_OK(staff_set(&d, &root, &keeper, &answer));
	CHECK_INT(answer, STAFF_DONE);
}

TEST(an_old_form_does_not_undo_what_a_colleague_saved)
{
	struct desk d = now();
	struct agent a = someone(&d, "ida", "agent", good), late = a;
	enum staff_answer answer;

	a.name = "Ida B.";
	CHECK_OK(staff_set(&d, &root, &a, &answer));
	CHECK_ERR(staff_set(&d, &root, &late, &answer), ERR_CONFLICT);
}

TEST(a_forgotten_password_writes_to_those_who_have_an_account)
{
	struct desk d = now();
	struct agent a = someone(&d, "jon", "agent", good);

	CHECK_OK(staff_forgot(&d, 1, a.email));
	CHECK_OK(staff_forgot(&d, 1, "stranger@staff.example"));
	CHECK_INT(letters_to(&d, a.email, "password_reset"), 1);
	CHECK_INT(letters_to(&d, "stranger@staff.example", "password_reset"), 0);
	CHECK_INT(letters_to(&d, "nobody@invalid", "password_reset"), 0);
}

TEST(without_the_right_nobody_sees_or_changes_staff)
{
	static const struct actor agent = {
		.kind = ACTOR_AGENT, .shop = 1, .id = 1,
		.may = { [RIGHT_READ] = SCOPE_ALL, [RIGHT_CONFIG] = SCOPE_ALL },
	};
	struct desk d = now();
	struct agent a = { .email = "k@staff.example", .name = "K" };
	enum staff_answer answer;
	struct rows rows;

	CHECK_ERR(staff_list(&d, &agent, &rows), ERR_FORBIDDEN);
	CHECK_ERR(staff_roles(&d, &agent, &rows), ERR_FORBIDDEN);
	CHECK_ERR(staff_find(&d, &agent, 1, &a), ERR_FORBIDDEN);
	CHECK_ERR(staff_add(&d, &agent, &a, NULL, &answer), ERR_FORBIDDEN);
	CHECK_ERR(staff_set(&d, &agent, &a, &answer), ERR_FORBIDDEN);
	CHECK_ERR(staff_invite(&d, &agent, 1), ERR_FORBIDDEN);
}

TEST(weak_passwords_are_refused)
{
	static const struct { const char *password; bool fine; } cases[] = {
		{ "eleven blue mugs", true }, { "ßßßßßx", true },
		{ "ninechars", false }, { "", false },
		{ "Password123", false }, { "QWERTYUIOP", false },
		{ "aaaaaaaaaaaaaaa", false },
		{ "zoe.mueller@shop.example", false }, { "Zoe.Mueller", false },
		{ "Zoe Mueller", false }, { "zoe mueller has a dog", true },
	};
	struct house h = house_enter();
	char long_one[258];

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if ((staff_password_complaint(h.arena, cases[i].password,
			"zoe.mueller@shop.example", "Zoe Mueller") == NULL) != cases[i].fine)
			fail_msg("%s", cases[i].password);
	memset(long_one, 0, sizeof(long_one));
	for (int i = 0; i < 257; i++)
		long_one[i] = (char) ('a' + i % 26);
	CHECK(staff_password_complaint(h.arena, long_one, "a@b.example", "A"));
	long_one[256] = '\0';
	CHECK(!staff_password_complaint(h.arena, long_one, "a@b.example", "A"));
}

TEST(only_the_command_line_sets_somebody_elses_password)
{
	struct desk d = now();
	struct agent lost = someone(&d, "lost", "agent", good);
	const struct actor keeper = {
		.kind = ACTOR_AGENT, .shop = 1, .may[RIGHT_STAFF] = SCOPE_ALL,
	};
	bool found;

	CHECK_ERR(staff_set_password(&d, &keeper, lost.email, "twelve red cups",
				     &found), ERR_FORBIDDEN);
	CHECK(signs_in(&d, lost.email, good));
	CHECK_OK(staff_set_password(&d, &root, lost.email, "twelve red cups", &found));
	CHECK(found);
	CHECK(signs_in(&d, lost.email, "twelve red cups"));
	CHECK(!signs_in(&d, lost.email, good));
	CHECK_OK(staff_set_password(&d, &root, "no@staff.example", good, &found));
	CHECK(!found);
}
