#include <string.h>

#include "base/arena.h"
#include "desk/desk.h"
#include "desk/incoming.h"
#include "desk/postmark.h"
#include "desk/trace.h"
#include "store/postmark.h"

static bool is_one_of(const char *code, const char *const *codes)
{
	while (*codes && strcmp(*codes, code))
		codes++;
	return *codes != NULL;
}

static void read_line(struct postmark *p, const struct trace_line *line)
{
	static const char *const proofs[] = { "dmarc_pass", "dmarc_fail", "dmarc_none",
					      "trusted_domain", NULL };
	static const char *const doubts[] = { "first_mail", "name_of_agent",
					      "other_reply_to", "sender_forged", NULL };

	if (is_one_of(line->code, proofs))
		p->proof = line->words;
	if (is_one_of(line->code, doubts) && p->n_doubts < POSTMARK_DOUBTS)
		p->doubts[p->n_doubts++] = line->words;
}

static struct postmark read_row(struct arena *a, const struct postmark_row *row)
{
	struct postmark p = {
		.message_id = row->message_id, .outside = row->from_outside,
		.thanks = row->outcome && !strcmp(row->outcome,
				incoming_outcome_codes[INCOMING_THANKS]),
		.kept = row->outcome != NULL, .address = row->address,
	};
	size_t n;
	const struct trace_line *line = trace_read(a, row->trace, &n);

	for (size_t i = 0; i < n; i++)
		read_line(&p, &line[i]);
	p.why = trace_summary(a, row->trace);
	return p;
}

static bool any_by_mail(const struct reading *r)
{
	const struct message *m = r->messages.at;

	for (size_t i = 0; i < r->messages.n; i++)
		if (m[i].source && !strcmp(m[i].source, "mail"))
			return true;
	return false;
}

struct err *postmark_list(struct desk *d, const struct actor *who,
			  const struct reading *r, const struct postmark **out,
			  size_t *n)
{
	const struct message *m = r->messages.at;
	const struct postmark_row *row;
	struct postmark *all;
	struct rows rows;

	*out = NULL;
	*n = 0;
	if (who->kind != ACTOR_AGENT || !any_by_mail(r))
		return NULL;
	TRY(store_postmark_list(d->db, who, r->ticket.id, m[0].id,
				m[r->messages.n - 1].id, &rows));
	row = rows.at;
	all = arena_alloc(d->arena, (rows.n + 1) * sizeof(*all));
	for (size_t i = 0; i < rows.n; i++)
		all[i] = read_row(d->arena, &row[i]);
	*out = all;
	*n = rows.n;
	return NULL;
}
