#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/fail.h"
#include "base/log.h"
#include "courier/deliver.h"
#include "courier/enclose.h"
#include "desk/patience.h"
#include "desk/setting.h"
#include "port/db.h"
#include "port/mime.h"
#include "port/post.h"
#include "store/outbox.h"
#include "store/setting.h"

enum {
	BATCH = 10,
	LEASE_S = 15 * 60,		/* more than BATCH letters of a slow host take */
	RECORD_TRIES = 5 * 60,		/* one a second, while the database is away */
};

static const char *setting(const struct rows *rows, const char *name)
{
	const struct setting_row *row = rows->at;

	for (size_t i = 0; i < rows->n; i++)
		if (!strcmp(row[i].name, name))
			return row[i].value;
	return setting_named(name)->fallback;
}

static const char *address_or(struct arena *a, const char *address,
			      const char *otherwise)
{
	return address_valid(address) ? arena_dup(a, address) : otherwise;
}

/* What never changes while the installation lives. */
static struct err *read_seal(struct courier *c)
{
	struct bytes key;

	if (c->seal.key.n)
		return NULL;
	TRY(store_setting_secret(c->db, "mail", &key));
	c->seal.key.at = memcpy(c->key, key.at, key.n < sizeof(c->key)
				? key.n : sizeof(c->key));
	c->seal.key.n = key.n < sizeof(c->key) ? key.n : sizeof(c->key);
	return NULL;
}

/* The owner's sender, if there is one, instead of the configuration's; and
 * where answers go. */
static struct err *who_sends(struct courier *c, struct arena *a)
{
	struct letter_sender *s = &c->sender;
	struct rows rows;
	const char *name;

	TRY(read_seal(c));
	TRY(store_setting_all(c->db, 1, &rows));
	name = setting(&rows, "mail_from_name");
	s->name = *name ? arena_dup(a, name) : NULL;
	s->address = address_or(a, setting(&rows, "mail_from"), c->from);
	s->answers = address_or(a, setting(&rows, "mail_reply_address"), s->address);
	s->in = !strcmp(setting(&rows, "mail_in"), "1");
	s->plus = !strcmp(setting(&rows, "mail_plus"), "1");
	s->seal = &c->seal;
	c->most_files = strtoll(setting(&rows, "mail_files_mb"), NULL, 10) << 20;
	return NULL;
}

/* How many letters the host's state allows now: all, one probe, or none. */
static struct err *how_many(struct courier *c, bool *away, int *most)
{
	struct mail_host host;
	struct rows waiting;
	bool probe = false;

	TRY(store_mail_host_find(c->db, c->host, &host));
	*away = host.away_since != NULL;
	*most = BATCH;
	if (!*away)
		return NULL;
	TRY(store_outbox_due(c->db, 1, &waiting));
	if (waiting.n)
		TRY(store_mail_host_probe(c->db, c->host, &probe));
	*most = probe;
	return NULL;
}

/* What we could take of what is due, in *mine. Looking happens outside of
 * the transaction: what another courier took meanwhile is then just skipped. */
static struct err *claim(struct courier *c, int most, struct rows *mine)
{
	struct outbox *row;
	struct rows due;
	bool taken;

	*mine = (struct rows) { 0 };
	if (!most)
		return NULL;
	TRY(store_outbox_due(c->db, most, &due));
	if (!due.n)
		return NULL;
	mine->at = row = due.at;
	TRY(db_begin(c->db));
	for (size_t i = 0; i < due.n; i++) {
		TRY(store_outbox_lease(c->db, row[i].id, LEASE_S, &taken));
		if (taken)
			row[mine->n++] = row[i];
	}
	TRY(db_commit(c->db));
	return NULL;
}

/* Everything between a row and its bytes on the wire. */
struct parcel {
	const char *from, *to;
	struct bytes letter;
};

static struct err *wrap(struct courier *c, struct arena *a,
			const struct outbox *row, struct parcel *out)
{
	struct letter_enclosed with;
	struct mime_letter m;

	TRY(enclose(c, a, row, &with));
	TRY(letter_render(a, c->views, &c->sender, row, &with, &m));
	TRY(mime_build(a, &m, &out->letter));
	TRY(mime_envelope(a, row->to_address, &out->to));
	out->from = letter_return_path(a, &c->sender, row);
	if (*out->from)
		TRY(mime_envelope(a, out->from, &out->from));
	return NULL;
}

/* We could not even write it. A template may be mended within five days,
 * an address or a link to an old one will not. */
static struct post_result unwritten(const struct outbox *row, const struct err *e)
{
	log_line("letter %lld: %s (%s)", (long long) row->id, e->text, e->path);
	return (struct post_result) {
		.verdict = address_plausible(row->to_address) && e->kind != ERR_CONFLICT
			? POST_LATER : POST_NEVER,
		.text = e->text,
	};
}

static void send(struct courier *c, struct arena *a,
		 const struct outbox *row, struct post_result *out)
{
	struct parcel p = { 0 };
	struct err *e = wrap(c, a, row, &p);

	FAIL_POINT("before_send");
	if (!e)
		e = post_letter(c->post, a, p.from, p.to, p.letter, out);
	if (e)
		*out = unwritten(row, e);
	if (out->verdict == POST_SENT)
		FAIL_POINT("after_250");
}

static struct err *put_off(struct courier *c, const struct outbox *row,
			   const struct post_result *r)
{
	int attempts = row->attempts + 1;

	if (patience_is_over(attempts))
		TRY(store_outbox_failed(c->db, row->id, r->code, r->text));
	else
		TRY(store_outbox_put_off(c->db, row->id, patience_after(attempts),
					 r->code, r->text));
	return NULL;
}

static struct err *record(struct courier *c, const struct outbox *row,
			  const struct post_result *r)
{
	switch (r->verdict) {
	case POST_SENT:
		TRY(store_outbox_sent(c->db, row->id, r->code));
		break;
	case POST_LATER:
	case POST_UNSURE:
		TRY(put_off(c, row, r));
		break;
	case POST_NEVER:
		TRY(store_outbox_failed(c->db, row->id, r->code, r->text));
		break;
	case POST_AWAY:
		TRY(store_outbox_release(c->db, row->id));
		break;
	}
	return NULL;
}

/* What the host said must not be forgotten because the database is away for
 * a moment: the letter would go out twice. */
static struct err *record_surely(struct courier *c, const struct outbox *row,
				 const struct post_result *r)
{
	struct err *e = record(c, row, r);

	for (int i = 0; i < RECORD_TRIES && e &&
			(e->kind == ERR_UPSTREAM || e->kind == ERR_RETRY ||
			 e->kind == ERR_FULL); i++) {
		if (!i)
			log_line("letter %lld: %s; trying again",
				 (long long) row->id, e->text);
		sleep(1);
		e = record(c, row, r);
	}
	TRY(e);
	FAIL_POINT("after_mark");
	return NULL;
}

static bool is_away(const struct post_result *r)
{
	return r->verdict == POST_AWAY || r->verdict == POST_UNSURE;
}

/* *away is the host's state, before and after this letter. */
static struct err *deliver_one(struct courier *c, struct arena *a,
			       const struct outbox *row, bool *away)
{
	struct post_result r;

	send(c, a, row, &r);
	TRY(record_surely(c, row, &r));
	if (is_away(&r)) {
		if (!*away)
			log_line("%s is away: %s", c->host, r.text);
		TRY(store_mail_host_away(c->db, c->host, r.text));
	} else if (*away && r.code) {
		log_line("%s is back", c->host);
		TRY(store_mail_host_back(c->db, c->host));
	}
	*away = is_away(&r) || (*away && !r.code);
	return NULL;
}

/* The host went away, or we are told to: the rest is for somebody else. */
static struct err *give_back(struct courier *c, const struct outbox *row, size_t n)
{
	for (size_t i = 0; i < n; i++)
		TRY(store_outbox_release(c->db, row[i].id));
	return NULL;
}

struct err *deliver_some(struct courier *c, struct arena *a, int *tried)
{
	const struct outbox *row;
	bool away = false, ends = false;
	struct rows mine;
	size_t done = 0;
	int most = 0;

	*tried = 0;
	TRY(who_sends(c, a));
	TRY(how_many(c, &away, &most));
	TRY(claim(c, most, &mine));
	if (mine.n)
		FAIL_POINT("after_claim");
	for (row = mine.at; done < mine.n && !ends; done++) {
		TRY(deliver_one(c, a, &row[done], &away));
		ends = away || *c->stop;
	}
	*tried = (int) done;
	TRY(give_back(c, row + done, mine.n - done));
	return NULL;
}
