#include <string.h>

#include "base/arena.h"
#include "desk/catalog.h"
#include "incoming_parts.h"
#include "port/fold.h"

/* The same words in the same order, however they are written: "ANNA Weiss"
 * is Anna Weiß. */
static bool same_name(const char *one, const char *other)
{
	struct fold_word a, b;
	struct fold f, g;
	bool more, again;
	int words = 0;

	fold_begin(&f, one, strlen(one));
	fold_begin(&g, other, strlen(other));
	for (;; words++) {
		more = fold_next(&f, &a);
		again = fold_next(&g, &b);
		if (!more || !again)
			return words && !more && !again;
		if (strcmp(a.text, b.text))
			return false;
	}
}

/* Whose name of the team it bears; NULL: nobody's. */
static const char *name_of_agent(struct desk *d, const char *name)
{
	size_t n;
	const struct agent *a = catalog_agents(d->catalog, &n);

	for (size_t i = 0; name && i < n; i++)
		if (a[i].active && same_name(name, a[i].name))
			return a[i].name;
	return NULL;
}

void incoming_doubts(struct desk *d, const struct facts *f, struct trace *t)
{
	const char *from = f->row->from_address;
	const char *reply = f->mail->reply_to.address;
	const char *agent;

	if (!from || f->class == MAIL_OWN || f->class == MAIL_BOUNCE)
		return;
	if (!f->known.met && !f->agent.id)
		trace_add(t, "first_mail", NULL);
	agent = f->agent.id ? NULL : name_of_agent(d, f->mail->from.name);
	if (agent)
		trace_add(t, "name_of_agent", agent);
	if (reply && strcmp(reply, from))
		trace_add(t, "other_reply_to", reply);
}
