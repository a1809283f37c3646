#include <string.h>

#include "base/arena.h"
#include "mailroom/receive.h"
#include "port/conf.h"
#include "port/spool.h"

const char *receive_folder(struct arena *a, const struct conf *c)
{
	return arena_join(a, conf_text(c, "paths", "spool"), "/mail");
}

int64_t receive_limit(const struct conf *c)
{
	return (int64_t) conf_number(c, "limits", "mail_mb") << 20;
}

struct err *receive_begin(struct arena *a, struct spool *s, int64_t limit,
			  struct receiving *out)
{
	*out = (struct receiving) { .arena = a, .spool = s, .limit = limit };
	out->head = arena_alloc(a, RECEIVE_HEAD);
	TRY(spool_put_begin(s, a, &out->put));
	return NULL;
}

/* What is in the file by now is worth nothing: the head gets a new one, and
 * the old one goes with the arena. */
static struct err *cut(struct receiving *r)
{
	r->cut = true;
	spool_put_drop(r->put);
	TRY(spool_put_begin(r->spool, r->arena, &r->put));
	TRY(spool_put_add(r->put, r->head, r->n));
	return NULL;
}

struct err *receive_add(struct receiving *r, const void *at, size_t n)
{
	size_t room = RECEIVE_HEAD - r->n, take = n < room ? n : room;

	r->size += (int64_t) n;
	if (r->cut)
		return NULL;
	memcpy(r->head + r->n, at, take);
	r->n += take;
	if (r->size > r->limit)
		TRY(cut(r));
	else
		TRY(spool_put_add(r->put, at, n));
	return NULL;
}

bool receive_is_cut(const struct receiving *r)
{
	return r->cut;
}

struct err *receive_end(struct receiving *r, struct envelope *e)
{
	e->size = spool_put_size(r->put);
	e->full_size = r->cut ? r->size : 0;
	TRY(spool_put_end(r->put, envelope_line(r->arena, e)));
	return NULL;
}
