/* What config's button asks for: sign in, look, and say what was found. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "mailroom/collect.h"
#include "port/db.h"
#include "port/fetch.h"

enum { FOLDERS = 50, NAME_MOST = 100, ANSWER_MOST = 40000 };

static void add_folders(struct str *s, struct arena *a, const struct rows *names,
			int64_t all)
{
	const char **name = names->at;

	str_addf(s, ",\"all\":%lld,\"folders\":[", (long long) all);
	for (size_t i = 0; i < names->n; i++) {
		str_add(s, i ? "," : "");
		str_add_json(s, utf8_cut(a, utf8_line(a, name[i]), NAME_MOST));
	}
	str_add(s, "]");
}

static bool is_among(const struct rows *names, const char *name)
{
	const char **at = names->at;

	for (size_t i = 0; i < names->n; i++)
		if (!strcmp(at[i], name))
			return true;
	return false;
}

/* Names of folders help whoever mistyped one; without them it is no worse. */
static void look_at_folders(struct str *s, struct arena *a, struct fetch *f,
			    const struct mailbox *m)
{
	struct rows names;
	int64_t all;

	if (m->kind == MAILBOX_POP3 || fetch_folders(f, a, FOLDERS, &names, &all))
		return;
	add_folders(s, a, &names, all);
	if (m->afterwards == MAILBOX_MOVE && all <= FOLDERS &&
	    !is_among(&names, m->move_to))
		str_add(s, ",\"makes_folder\":1");
}

/* {"why":"no_folder","detail":"…","letters":3,"all":12,"folders":["INBOX"]} */
static const char *ask(struct collecting *c, struct arena *a,
		       const struct mailbox *m)
{
	struct fetch_box box = { 0 };
	struct fetch *f = NULL;
	struct err *e;
	enum fetch_why why;
	struct str s;

	str_init(&s, a, ANSWER_MOST);
	e = collect_open(c, a, m, &f);
	if (e) {
		str_add(&s, "{\"why\":\"key\",\"detail\":");
		str_add_json(&s, e->text);
		str_add(&s, "}");
		return s.text;
	}
	e = fetch_look(f, a, &box);
	why = fetch_why(f);
	str_addf(&s, "{\"why\":\"%s\",\"detail\":", fetch_why_codes[why]);
	str_add_json(&s, fetch_detail(f));
	str_addf(&s, ",\"letters\":%lld", (long long) box.letters);
	if (!e || why == FETCH_NO_FOLDER)
		look_at_folders(&s, a, f, m);
	str_add(&s, "}");
	return s.text;
}

struct err *collect_test(struct collecting *c, struct arena *a, bool *done)
{
	struct mailbox m;

	TRY(store_mailbox_claim_test(c->db, c->shop, &m, done));
	if (*done)
		TRY(store_mailbox_answer(c->db, m.id, ask(c, a, &m)));
	return NULL;
}
