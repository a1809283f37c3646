#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/letter.h"
#include "desk/staff.h"
#include "port/db.h"
#include "port/secret.h"
#include "store/address.h"
#include "store/session.h"
#include "store/setting.h"

enum { PASSWORD_LEAST = 10, PASSWORD_MOST = 256 };

static struct err *may_manage(struct desk *d, const struct actor *who)
{
	if (!actor_may(who, RIGHT_STAFF))
		return FAIL(d->arena, ERR_FORBIDDEN, "staff");
	return NULL;
}

struct err *staff_list(struct desk *d, const struct actor *who, struct rows *out)
{
	TRY(may_manage(d, who));
	TRY(store_agent_list(d->db, out));
	return NULL;
}

struct err *staff_find(struct desk *d, const struct actor *who, int64_t id,
		       struct agent *out)
{
	TRY(may_manage(d, who));
	TRY(store_agent_find(d->db, id, out));
	return NULL;
}

struct err *staff_roles(struct desk *d, const struct actor *who, struct rows *out)
{
	TRY(may_manage(d, who));
	TRY(store_role_list(d->db, out));
	return NULL;
}

/* Letters. */

/* The courier makes the link when it sends: no row here opens an account. */
static struct err *write_key(struct desk *d, int shop, const struct agent *a,
			     const char *author)
{
	const struct catalog *c = d->catalog;
	bool invite = !a->has_password;
	struct letter_facts f = letter_shop_facts(c);
	struct letter_to to = {
		.kind = "agent", .id = a->id, .address = a->email, .name = a->name,
		.lang = a->lang ? a->lang : catalog_text(c, "language"),
		.zone = a->zone ? a->zone : catalog_text(c, "zone"),
	};

	f.author = author;
	f.link = invite ? "invite" : "reset";
	TRY(letter_write(d->db, invite ? "staff_invite" : "password_reset", &to,
			 &(struct letter_about) { .shop = shop }, &f));
	return NULL;
}

/* Accounts. */

static const char *audit_name(struct desk *d, int64_t id)
{
	return arena_printf(d->arena, "agent.%lld", (long long) id);
}

static const char *in_words(struct desk *d, const struct agent *a)
{
	return arena_printf(d->arena, "%s <%s> %s%s", a->name, a->email,
			    a->role ? a->role : "", a->active ? "" : " -");
}

static struct err *is_taken(struct desk *d, const struct agent *a, bool *taken)
{
	struct agent other;

	TRY(store_agent_of(d->db, a->email, &other, taken));
	*taken = *taken && other.id != a->id;
	return NULL;
}

struct err *staff_add(struct desk *d, const struct actor *who, struct agent *a,
		      const char *password, enum staff_answer *answer)
{
	bool taken;

	TRY(may_manage(d, who));
	*answer = STAFF_TAKEN;
	TRY(is_taken(d, a, &taken));
	if (taken)
		return NULL;
	TRY(db_begin(d->db));
	TRY(store_agent_add(d->db, a));
	if (password)
		TRY(store_agent_set_password(d->db, a->id,
			secret_password_hash(d->arena, password)));
	else
		TRY(write_key(d, who->shop, a, who->name));
	TRY(store_agent_find(d->db, a->id, a));
	TRY(store_setting_audit(d->db, who, audit_name(d, a->id), NULL, in_words(d, a)));
	TRY(store_setting_revise(d->db, who->shop));
	TRY(db_commit(d->db));
	*answer = STAFF_DONE;
	return NULL;
}

struct err *staff_set(struct desk *d, const struct actor *who,
		      const struct agent *a, enum staff_answer *answer)
{
	struct agent old, now;
	int64_t keepers = 0;
	bool taken;

	TRY(may_manage(d, who));
	*answer = STAFF_TAKEN;
	TRY(is_taken(d, a, &taken));
	if (taken)
		return NULL;
	TRY(db_begin(d->db));
	TRY(store_agent_find(d->db, a->id, &old));
	TRY(store_agent_set(d->db, a));
	/* Counted afterwards, under the lock of all keepers, so that two of
	 * them cannot send each other away. */
	TRY(store_agent_keepers(d->db, &keepers));
	if (!keepers) {
		db_rollback(d->db);
		*answer = STAFF_LAST_KEEPER;
		return NULL;
	}
	/* A link on its way to the old address must not open the account. */
	if (!a->active || strcmp(old.email, a->email))
		TRY(store_agent_drop_tokens(d->db, a->id));
	if (!a->active)
		TRY(store_session_end_agent(d->db, a->id));
	TRY(store_agent_find(d->db, a->id, &now));
	TRY(store_setting_audit(d->db, who, audit_name(d, a->id),
				in_words(d, &old), in_words(d, &now)));
	TRY(store_setting_revise(d->db, who->shop));
	TRY(db_commit(d->db));
	*answer = STAFF_DONE;
	return NULL;
}

struct err *staff_invite(struct desk *d, const struct actor *who, int64_t id)
{
	struct agent a;

	TRY(may_manage(d, who));
	TRY(db_begin(d->db));
	TRY(store_agent_find(d->db, id, &a));
	if (!a.active)
		return FAIL(d->arena, ERR_CONFLICT, "agent %lld is not active",
			    (long long) id);
	TRY(write_key(d, who->shop, &a, who->name));
	TRY(store_setting_audit(d->db, who, audit_name(d, id), NULL, "link"));
	TRY(db_commit(d->db));
	return NULL;
}

/* One's own account. */

struct err *staff_profile(struct desk *d, const struct actor *who,
			  struct agent *out)
{
	TRY(store_agent_find(d->db, who->id, out));
	return NULL;
}

struct err *staff_set_profile(struct desk *d, const struct actor *who,
			      const struct agent *a)
{
	struct agent own = *a;

	own.id = who->id;
	TRY(db_begin(d->db));
	TRY(store_agent_set_profile(d->db, &own));
	TRY(store_setting_revise(d->db, who->shop));
	TRY(db_commit(d->db));
	return NULL;
}

/* In the caller's transaction: nothing that opened before opens now. */
static struct err *set_password(struct desk *d, const struct actor *who,
				int64_t id, const char *password)
{
	TRY(store_agent_set_password(d->db, id,
				     secret_password_hash(d->arena, password)));
	TRY(store_agent_drop_tokens(d->db, id));
	TRY(store_session_end_agent(d->db, id));
	TRY(store_setting_audit(d->db, who, audit_name(d, id), NULL, "password"));
	return NULL;
}

struct err *staff_set_password(struct desk *d, const struct actor *who,
			       const char *email, const char *password,
			       bool *found)
{
	struct agent a;

	if (who->kind != ACTOR_SYSTEM)
		return FAIL(d->arena, ERR_FORBIDDEN, "somebody else's password");
	TRY(store_agent_secret(d->db, email, &a, found));
	if (!*found)
		return NULL;
	TRY(db_begin(d->db));
	TRY(set_password(d, who, a.id, password));
	TRY(db_commit(d->db));
	return NULL;
}

static bool fits(const char *hash, const char *password)
{
	if (strlen(password) > PASSWORD_MOST)
		return secret_password_fits(NULL, "");
	return secret_password_fits(hash, password);
}

struct err *staff_change_password(struct desk *d, const struct actor *who,
				  const char *old, const char *password,
				  enum staff_answer *answer)
{
	struct agent a;
	bool found;

	*answer = STAFF_WRONG_PASSWORD;
	TRY(store_agent_secret(d->db, who->email, &a, &found));
	if (!fits(found ? a.password : NULL, old))
		return NULL;
	TRY(db_begin(d->db));
	TRY(set_password(d, who, a.id, password));
	TRY(db_commit(d->db));
	*answer = STAFF_DONE;
	return NULL;
}

/* What people choose first when ten characters are asked for, in lower case. */
static const char *const common[] = {
	"0123456789", "0987654321", "1122334455", "1234512345", "1234567890",
	"12345678910", "123456789a", "1234567899", "123123123123", "1472583690",
	"1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "abc1234567", "abcdefghij",
	"abcd123456", "administrator", "admin12345", "admin123456", "asdfghjkl1",
	"asdfasdfasdf", "baseball123", "basketball", "changeme123", "charlie123",
	"correcthorse", "chocolate1", "computer123", "dragon1234", "einstein123",
	"fallout123", "football123", "football10", "geheim1234", "hallo12345",
	"helloworld", "helpdesk123", "iloveyou12", "iloveyou123", "jennifer123",
	"jordan1234", "letmein123", "letmein1234", "liverpool1", "manchester",
	"master1234", "michael123", "minecraft1", "monkey1234", "mustang123",
	"onlineshop", "p@ssw0rd123", "pa$$word123", "passw0rd12", "passw0rd123",
	"password01", "password10", "password11", "password12", "password123",
	"password1234", "password12345", "passwort12", "passwort123",
	"passwort1234", "pokemon123", "princess12", "princess123", "q1w2e3r4t5",
	"q1w2e3r4t5y6", "qazwsxedcr", "qazwsx1234", "qwer123456", "qwert12345",
	"qwerty1234", "qwerty12345", "qwerty123456", "qwertyuiop", "qwertzuiop",
	"schalke041", "secret1234", "shadow1234", "sommer2024", "sommer2025",
	"starwars12", "summer2024", "summer2025", "sunshine12", "sunshine123",
	"superman12", "superman123", "supersecret", "teddybear1", "test123456",
	"testtest12", "testtest123", "trustno123", "welcome123", "welcome1234",
	"whatever12", "willkommen", "willkommen1", "winter2024", "winter2025",
	"zaq12wsxcde", "zxcvbnm123", NULL
};

static bool is_common(const char *lower)
{
	for (const char *const *c = common; *c; c++)
		if (!strcmp(*c, lower))
			return true;
	/* One character again and again. */
	return strspn(lower, (char[]) { lower[0], '\0' }) == strlen(lower);
}

static bool is_own(struct arena *a, const char *lower, const char *email,
		   const char *name)
{
	size_t local = strcspn(email, "@");

	return !strcmp(lower, utf8_lower(a, email)) ||
	       !strcmp(lower, utf8_lower(a, name)) ||
	       (strlen(lower) == local &&
		!strncmp(lower, utf8_lower(a, email), local));
}

const char *staff_password_complaint(struct arena *a, const char *password,
				     const char *email, const char *name)
{
	const char *lower = utf8_lower(a, password);

	if (strlen(password) < PASSWORD_LEAST)
		return _("Use 10 characters or more");
	if (strlen(password) > PASSWORD_MOST)
		return _("This is too long for a password");
	if (is_common(lower))
		return _("Too many people use this password. Choose another one");
	if (is_own(a, lower, email, name))
		return _("Your name or address is no good password");
	return NULL;
}

/* Signing in. */

struct err *staff_sign_in(struct desk *d, const char *email, const char *password,
			  struct agent *out, bool *right)
{
	bool found;

	TRY(store_agent_secret(d->db, address_lower(d->arena, email), out, &found));
	*right = fits(found ? out->password : NULL, password) && found;
	return NULL;
}

/* Somebody to write to whose letter is never sent: the work is the same. */
static const struct agent nobody = {
	.email = "nobody@invalid", .name = "Nobody", .has_password = true,
};

struct err *staff_forgot(struct desk *d, int shop, const char *email)
{
	struct agent a;
	bool found;

	TRY(db_begin(d->db));
	TRY(store_agent_of(d->db, address_lower(d->arena, email), &a, &found));
	found = found && a.active;
	TRY(write_key(d, shop, found ? &a : &nobody, NULL));
	if (!found) {
		db_rollback(d->db);
		return NULL;
	}
	TRY(db_commit(d->db));
	return NULL;
}

struct err *staff_find_token(struct desk *d, const char *token,
			     struct agent *out, bool *found)
{
	TRY(store_agent_find_token(d->db, secret_of_token(d->arena, token), out, found));
	return NULL;
}

struct err *staff_use_token(struct desk *d, int shop, const char *token,
			    const char *password, struct agent *out,
			    enum staff_answer *answer)
{
	struct actor self = { .kind = ACTOR_AGENT, .shop = shop };

	*answer = STAFF_NO_TOKEN;
	TRY(db_begin(d->db));
	TRY(store_agent_use_token(d->db, secret_of_token(d->arena, token), &self.id));
	if (self.id)
		TRY(store_agent_find(d->db, self.id, out));
	if (!self.id || !out->active) {
		db_rollback(d->db);
		return NULL;
	}
	TRY(set_password(d, &self, self.id, password));
	TRY(store_address_works(d->db, shop, out->email));
	TRY(db_commit(d->db));
	*answer = STAFF_DONE;
	return NULL;
}
