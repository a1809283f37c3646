#include <string.h>

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

static bool holds_status(const struct catalog *c, enum inbox_view view, int64_t id)
{
	enum turn turn = catalog_turn(c, id);

	switch (view) {
	case INBOX_NEEDS:
		return turn == TURN_STORE;
	case INBOX_WAITING:
		return turn == TURN_CUSTOMER;
	case INBOX_MINE:
	case INBOX_UNASSIGNED:
		return turn != TURN_OVER;
	case INBOX_CLOSED:
		return turn == TURN_OVER;
	default:
		return true;
	}
}

/* Whose counters make up a view; -2: nobody's at all. */
static int64_t counted_for(const struct actor *who, enum inbox_view view)
{
	if (who->may[RIGHT_READ] == SCOPE_OWN)
		return view == INBOX_UNASSIGNED ? -2 : who->id;
	return view == INBOX_MINE ? who->id :
	       view == INBOX_UNASSIGNED ? 0 : COUNT_EVERYBODY;
}

void inbox_filter(const struct actor *who, enum inbox_view view,
		  struct inbox_filter *out)
{
	static const enum turn turns[INBOX_VIEWS] = {
		[INBOX_NEEDS]   = TURN_STORE,
		[INBOX_WAITING] = TURN_CUSTOMER,
		[INBOX_CLOSED]  = TURN_OVER,
	};

	*out = (struct inbox_filter) {
		.view = view,
		.f.of_turn = view == INBOX_NEEDS || view == INBOX_WAITING ||
			     view == INBOX_CLOSED,
		.f.turn = turns[view],
		.f.open = view != INBOX_CLOSED && view != INBOX_ALL,
		.f.order = view == INBOX_CLOSED || view == INBOX_ALL
			? TICKETS_BY_UPDATE : TICKETS_BY_WAIT,
		.f.owner_id = view == INBOX_MINE ? who->id :
			      view == INBOX_UNASSIGNED ? -1 : 0,
	};
}

void inbox_narrow(const struct catalog *c, int64_t status_id,
		  struct inbox_filter *out)
{
	out->f.statuses = out->ids;
	if (holds_status(c, out->view, status_id))
		out->f.n_statuses = catalog_counting_as(c, status_id, out->ids,
							TICKET_STATUSES);
	else
		out->ids[out->f.n_statuses++] = -1;	/* no row has it */
	out->f.of_turn = false;		/* the status says it */
}

void inbox_settle(const struct catalog *c, struct inbox_filter *out)
{
	const struct entry *e;
	size_t n, found = 0;

	if (!out->f.of_turn || out->f.order != TICKETS_BY_UPDATE ||
	    out->f.n_statuses || out->f.owner_id)
		return;
	e = catalog_entries(c, ENTRY_STATUS, &n);
	for (size_t i = 0; i < n; i++)
		if (catalog_turn(c, e[i].id) == out->f.turn &&
		    found++ < TICKET_STATUSES)
			out->ids[found - 1] = e[i].id;
	if (!found || found > TICKET_STATUSES)
		return;
	out->f.statuses = out->ids;
	out->f.n_statuses = found;
	out->f.of_turn = false;
}

struct err *inbox_tally(struct desk *d, const struct actor *who,
			const struct ticket_filter *f, int64_t *n, bool *more)
{
	const struct keyset first = { .limit = INBOX_COUNTED };
	struct rows rows;

	TRY(store_ticket_walk(d->db, who, f, &first, &rows));
	*more = rows.n > INBOX_COUNTED || db_cut(d->db);
	*n = rows.n > INBOX_COUNTED ? INBOX_COUNTED : (int64_t) rows.n;
	return NULL;
}

bool inbox_counts(const struct catalog *c, const struct actor *who,
		  enum inbox_view view, int64_t status_id, int64_t owner_id)
{
	return owner_id == counted_for(who, view) && holds_status(c, view, status_id);
}

struct err *inbox_around(struct desk *d, const struct actor *who,
			 const struct ticket *t, const char **previous,
			 const char **next)
{
	const struct ticket_row *row;
	struct rows rows;

	*previous = *next = NULL;
	TRY(store_ticket_around(d->db, who, TURN_STORE, t, &rows));
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
	TRY(store_ticket_earlier(d->db, who, t, EARLIER, out));
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
