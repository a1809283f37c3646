#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/inbox.h"
#include "port/db.h"
#include "store/count.h"

enum { EARLIER = 5 };

const char *const inbox_codes[] = {
	[INBOX_NEEDS]      = "needs",
	[INBOX_MINE]       = "mine",
	[INBOX_UNASSIGNED] = "unassigned",
	[INBOX_WAITING]    = "waiting",
	[INBOX_CLOSED]     = "closed",
	[INBOX_ALL]        = "all",
	NULL
};

/* Statuses that no row has: a view without statuses is empty, not full. */
static const int64_t none = -1;

static bool holds_status(const struct catalog *c, enum inbox_view view, int64_t id)
{
	switch (view) {
	case INBOX_NEEDS:
		return catalog_turn(c, id) == TURN_STORE;
	case INBOX_WAITING:
		return catalog_turn(c, id) == TURN_CUSTOMER;
	case INBOX_MINE:
	case INBOX_UNASSIGNED:
		return !catalog_is_closed(c, id);
	case INBOX_CLOSED:
		return catalog_is_closed(c, id);
	default:
		return true;
	}
}

static bool holds_owner(const struct actor *who, enum inbox_view view, int64_t owner)
{
	if (who->may[RIGHT_READ] == SCOPE_OWN && owner != who->id)
		return false;
	if (view == INBOX_MINE)
		return owner == who->id;
	return view != INBOX_UNASSIGNED || !owner;
}

/* Those in use first: archived ones are many after years of trying presets. */
static void add_statuses(const struct catalog *c, enum inbox_view view,
			 bool archived, struct inbox_filter *out)
{
	size_t n;
	const struct entry *e = catalog_entries(c, ENTRY_STATUS, &n);

	for (size_t i = 0; i < n && out->f.n_statuses < TICKET_STATUSES; i++)
		if (e[i].archived == archived && holds_status(c, view, e[i].id))
			out->ids[out->f.n_statuses++] = e[i].id;
}

static void never_all(struct inbox_filter *out)
{
	if (!out->f.n_statuses)
		out->ids[out->f.n_statuses++] = none;
}

void inbox_filter(const struct catalog *c, const struct actor *who,
		  enum inbox_view view, struct inbox_filter *out)
{
	*out = (struct inbox_filter) {
		.f.order = view == INBOX_CLOSED || view == INBOX_ALL
			? TICKETS_BY_UPDATE : TICKETS_BY_WAIT,
		.f.owner_id = view == INBOX_MINE ? who->id :
			      view == INBOX_UNASSIGNED ? -1 : 0,
	};
	out->f.statuses = out->ids;
	if (view == INBOX_ALL)
		return;
	add_statuses(c, view, false, out);
	add_statuses(c, view, true, out);
	never_all(out);
}

/* Is the status among those the filter has, or has it none? */
static bool wanted(const struct inbox_filter *f, int64_t id)
{
	for (size_t i = 0; i < f->f.n_statuses; i++)
		if (f->ids[i] == id)
			return true;
	return !f->f.n_statuses;
}

void inbox_narrow(const struct catalog *c, int64_t status_id,
		  struct inbox_filter *out)
{
	int64_t shown[TICKET_STATUSES];
	size_t n = catalog_counting_as(c, status_id, shown, TICKET_STATUSES), kept = 0;

	for (size_t i = 0; i < n; i++)
		if (wanted(out, shown[i]))
			shown[kept++] = shown[i];
	memcpy(out->ids, shown, kept * sizeof(*shown));
	out->f.n_statuses = kept;
	never_all(out);
}

struct err *inbox_count(struct desk *d, const struct actor *who,
			int64_t counts[INBOX_VIEWS])
{
	const struct count *row;
	struct rows rows;

	TRY(store_count_list(d->db, who, &rows));
	row = rows.at;
	for (int v = 0; v < INBOX_VIEWS; v++) {
		enum inbox_view view = (enum inbox_view) v;

		counts[v] = 0;
		for (size_t i = 0; i < rows.n; i++)
			if (holds_status(d->catalog, view, row[i].status_id) &&
			    holds_owner(who, view, row[i].owner_id))
				counts[v] += row[i].n;
	}
	return NULL;
}

struct err *inbox_search(struct desk *d, const struct actor *who,
			 const char *words, struct rows *out)
{
	words += *words == '#';
	if (!strncmp(words, "order:", 6))
		words += 6;
	TRY(store_ticket_search(d->db, who, words, address_lower(d->arena, words),
				INBOX_FOUND + 1, out));
	return NULL;
}

struct err *inbox_around(struct desk *d, const struct actor *who,
			 const struct ticket *t, const char **previous,
			 const char **next)
{
	const struct ticket_row *row;
	struct inbox_filter f;
	struct rows rows;

	*previous = *next = NULL;
	inbox_filter(d->catalog, who, INBOX_NEEDS, &f);
	TRY(store_ticket_around(d->db, who, &f.f, t, &rows));
	row = rows.at;
	for (size_t i = 0; i < rows.n; i++) {
		int behind = strcmp(row[i].waiting_since, t->waiting_since);

		if (behind < 0 || (!behind && row[i].id < t->id))
			*previous = row[i].number;
		else
			*next = row[i].number;
	}
	return NULL;
}

struct err *inbox_earlier(struct desk *d, const struct actor *who,
			  const struct ticket *t, struct rows *out)
{
	const struct ticket_filter f = { .customer_id = t->customer_id };
	const struct keyset k = { .limit = EARLIER };	/* and one more: this one */
	struct ticket_row *row;
	size_t kept = 0;

	TRY(store_ticket_list(d->db, who, &f, &k, out));
	row = out->at;
	for (size_t i = 0; i < out->n && kept < EARLIER; i++)
		if (row[i].id != t->id)
			row[kept++] = row[i];
	out->n = kept;
	return NULL;
}

struct err *inbox_agents(struct desk *d, struct rows *out)
{
	struct agent *a;
	size_t kept = 0;

	TRY(store_agent_list(d->db, out));
	a = out->at;
	for (size_t i = 0; i < out->n; i++)
		if (a[i].active)
			a[kept++] = a[i];
	out->n = kept;
	return NULL;
}

static bool is_left(const struct err *e)
{
	return e->kind == ERR_NOT_FOUND || e->kind == ERR_FORBIDDEN ||
	       e->kind == ERR_CONFLICT;
}

static struct err *change_one(struct desk *d, const struct actor *who,
			      const char *number, const struct change *c)
{
	struct change this = *c;
	struct ticket t;

	TRY(store_ticket_find(d->db, who, number, &t));
	this.version = t.version;
	TRY(ticket_change(d, who, t.id, &this));
	return NULL;
}

struct err *inbox_change(struct desk *d, const struct actor *who,
			 const char *const *numbers, size_t n,
			 const struct change *c, struct inbox_done *out)
{
	*out = (struct inbox_done) { 0 };
	for (size_t i = 0; i < n; i++) {
		struct err *e = change_one(d, who, numbers[i], c);

		if (e && !is_left(e))
			return err_passed(e, __func__);
		if (e)
			db_rollback(d->db);
		out->changed += !e;
		out->left += e != NULL;
	}
	return NULL;
}
