#include <string.h>

#include "base/arena.h"
#include "base/locale.h"
#include "base/words.h"
#include "desk/install.h"
#include "desk/preset.h"
#include "desk/turn.h"
#include "port/db.h"
#include "port/secret.h"
#include "store/actor.h"
#include "store/agent.h"
#include "store/catalog.h"
#include "store/setting.h"

enum { SECRET_BYTES = 32 };

struct beginning {
	struct entry entry;
	const char *name, *hint;	/* English, N_() */
};

static const struct beginning types[] = {
	{ { .code = "question", .colour = "blue", .image = "type-question.svg",
	    .is_default = true },
	  N_("Question"), N_("About a product, the delivery date or your order") },
	{ { .code = "problem", .colour = "red", .image = "type-problem.svg" },
	  N_("Problem"), N_("Something is broken, missing or wrong") },
	{ { .code = "complaint", .colour = "pink", .image = "type-complaint.svg" },
	  N_("Complaint"), N_("You are not happy with something we did") },
	{ { .code = "return", .colour = "teal", .image = "type-return.svg" },
	  N_("Return"), N_("You want to send something back") },
	{ { .code = "delivery", .colour = "green", .image = "type-delivery.svg" },
	  N_("Delivery"), N_("Where your parcel is and when it comes") },
	{ { .code = "invoice", .colour = "grey", .image = "type-invoice.svg" },
	  N_("Invoice"), N_("Invoice, payment or refund") },
	{ { .code = "warranty", .colour = "violet", .image = "type-warranty.svg" },
	  N_("Warranty"), N_("Something broke after a while") },
	{ { .code = "idea", .colour = "amber", .image = "type-idea.svg" },
	  N_("Idea"), N_("What we could do better") },
	{ .name = NULL }
};

static const struct beginning priorities[] = {
	{ { .code = "critical", .colour = "red", .image = "priority-critical.svg" },
	  N_("Critical"), N_("Everything else waits") },
	{ { .code = "urgent", .colour = "red", .image = "priority-urgent.svg",
	    .for_customer = true },
	  N_("Urgent"), N_("Important issue, answer today") },
	{ { .code = "high", .colour = "amber", .image = "priority-high.svg",
	    .for_customer = true },
	  N_("High"), N_("Soon, please") },
	{ { .code = "normal", .colour = "blue", .image = "priority-normal.svg",
	    .for_customer = true, .is_default = true },
	  N_("Normal"), NULL },
	{ { .code = "comment", .colour = "grey", .image = "priority-comment.svg",
	    .for_customer = true },
	  N_("Just a comment"), N_("No answer needed") },
	{ .name = NULL }
};

static struct err *put_label(struct db *db, enum entry_kind kind, int64_t id,
			     const struct beginning *b, const char *lang)
{
	words_use(lang);
	return store_catalog_put_label(db, &(struct label) {
		.kind = kind, .row_id = id, .lang = lang,
		.name = words_get(b->name),
		.hint = b->hint ? words_get(b->hint) : NULL,
	});
}

static struct err *add(struct db *db, int shop, enum entry_kind kind,
		       const struct beginning *b, int place)
{
	const char *before = arena_dup(db_arena(db), words_language());
	struct entry e = b->entry;
	struct err *failure = NULL;

	e.place = place;
	TRY(store_catalog_add(db, shop, kind, &e));
	for (const char *const *lang = locale_languages; *lang && !failure; lang++)
		failure = put_label(db, kind, e.id, b, *lang);
	words_use(before);
	return failure;
}

/* All of them into an empty list; what the owner removed does not come back. */
static struct err *fill(struct db *db, int shop, enum entry_kind kind,
			const struct beginning *b)
{
	struct rows there;

	TRY(store_catalog_entries(db, shop, kind, &there));
	for (int place = 1; !there.n && b->name; b++, place++)
		TRY(add(db, shop, kind, b, place));
	return NULL;
}

static struct err *first_preset(struct db *db, int shop)
{
	struct rows there;

	TRY(store_catalog_entries(db, shop, ENTRY_STATUS, &there));
	if (!there.n)
		TRY(preset_install(db, shop, "pc"));
	return NULL;
}

static struct err *put_role(struct db *db, const char *code, const char *name,
			    const enum right *rights, size_t n)
{
	int64_t id;

	TRY(store_role_put(db, code, name, &id));
	for (size_t i = 0; i < n; i++)
		TRY(store_role_put_right(db, id, right_codes[rights[i]],
					 scope_codes[SCOPE_ALL]));
	return NULL;
}

static struct err *put_roles(struct db *db)
{
	static const enum right answers[] = {
		RIGHT_READ, RIGHT_REPLY, RIGHT_NOTE, RIGHT_CHANGE, RIGHT_CREATE,
		RIGHT_LETTERS,
	};
	enum right every[RIGHTS];

	for (int r = 0; r < RIGHTS; r++)
		every[r] = (enum right) r;
	TRY(put_role(db, "administrator", N_("Administrator"), every, RIGHTS));
	TRY(put_role(db, "agent", N_("Agent"), answers,
		     sizeof(answers) / sizeof(*answers)));
	return NULL;
}

static struct err *put_secret(struct db *db, const char *name)
{
	struct arena *a = db_arena(db);
	const char *token = secret_token(a, SECRET_BYTES);

	TRY(store_setting_add_secret(db, name,
		secret_sha256(a, token, strlen(token))));
	return NULL;
}

struct err *install_defaults(struct db *db, int shop)
{
	TRY(db_begin(db));
	TRY(fill(db, shop, ENTRY_TYPE, types));
	TRY(fill(db, shop, ENTRY_PRIORITY, priorities));
	TRY(first_preset(db, shop));
	TRY(put_roles(db));
	TRY(put_secret(db, "form"));
	TRY(put_secret(db, "mail"));
	TRY(store_setting_revise(db, shop));
	TRY(db_commit(db));
	TRY(turn_settle(db, shop, true));
	return NULL;
}
