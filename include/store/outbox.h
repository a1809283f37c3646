/*
 * outbox - rows of `as_outbox` and `as_mail_host` (sql/80-outbox.sql).
 *
 * A letter is written in the transaction of its cause (desk/letter.h) and
 * waits here. A courier takes it by moving its lease ahead; a courier that
 * dies gives it back by doing nothing. What is finished stays: a bounce names
 * its Message-ID.
 */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "base/err.h"
#include "base/shape.h"

struct db;

enum outbox_state { OUTBOX_DUE, OUTBOX_SENT, OUTBOX_FAILED, OUTBOX_CANCELLED };

extern const char *const outbox_state_codes[];	/* "due", ..., NULL */

struct outbox {
	int64_t id;
	int shop_id;
	int64_t ticket_id, message_id;		/* 0: about none */
	int64_t seq;				/* order within its ticket */
	const char *letter;			/* name of its template */
	const char *recipient_kind;		/* "agent", "customer", "address" */
	int64_t recipient_id;			/* 0: an address alone */
	const char *to_address, *to_name;
	const char *lang, *zone;
	const char *message_id_header;		/* "<…@…>" */
	const char *facts;			/* JSON, see desk/letter.h */
	enum outbox_state state;
	const char *due_at;
	int delay_s;				/* of a new one: due in so many seconds */
	int attempts, last_code;
	const char *last_error;
	const char *created_at, *sent_at;
};

extern const struct shape outbox_shape;

/* Writes new rows, 16 in a statement; sets id and seq of each. */
struct err *store_outbox_add(struct db *db, struct outbox *o, size_t n) MUST_CHECK;

/* Message-IDs of the conversation that a letter goes on with, oldest first:
 * the first and the newest 20 of what went to its address about its ticket,
 * and what came in by mail as the first or among the newest 40 messages. */
struct outbox_link {
	const char *id;
	bool theirs;			/* it came in */
	const char *at;
};
struct err *store_outbox_thread(struct db *db, const struct outbox *o,
				struct rows *out) MUST_CHECK;

struct err *store_outbox_find(struct db *db, int64_t id,
			      struct outbox *out) MUST_CHECK;

/* By its Message-ID, "<…@…>". */
struct err *store_outbox_by_header(struct db *db, const char *header,
				   struct outbox *out) MUST_CHECK;

/* The letters about a ticket, in their order. */
struct err *store_outbox_of_ticket(struct db *db, int64_t ticket_id,
				   struct rows *out) MUST_CHECK;

/*
 * Due letters nobody holds, oldest first; none that would overtake an
 * earlier letter about the same ticket to the same address.
 */
struct err *store_outbox_due(struct db *db, int most,
			     struct rows *out) MUST_CHECK;

/* Hold it for seconds; *taken is false when somebody was faster. */
struct err *store_outbox_lease(struct db *db, int64_t id, int seconds,
			       bool *taken) MUST_CHECK;
/* Give it back untried. */
struct err *store_outbox_release(struct db *db, int64_t id) MUST_CHECK;

/* What became of it: all let go of the lease and leave a row alone
 * that is no longer due. `text` is the host's answer. */
struct err *store_outbox_sent(struct db *db, int64_t id,
			      int code) MUST_CHECK;
struct err *store_outbox_put_off(struct db *db, int64_t id, long seconds,
				 int code, const char *text) MUST_CHECK;
struct err *store_outbox_failed(struct db *db, int64_t id, int code,
				const char *text) MUST_CHECK;

/* Given up, the latest first, at most 101 of a shop. */
struct err *store_outbox_failures(struct db *db, int shop,
				  struct rows *out) MUST_CHECK;
/* A failed one is due again, with all its patience; or nobody wants it any
 * more. ERR_NOT_FOUND: there is no failed one of this id. */
struct err *store_outbox_again(struct db *db, int shop, int64_t id) MUST_CHECK;
struct err *store_outbox_cancel(struct db *db, int shop, int64_t id) MUST_CHECK;

/* What is waiting, and what was given up: for the courier's watch. */
struct outbox_tally {
	int64_t due;				/* and could have gone by now */
	int64_t failed_lately;			/* in the last hour */
};
struct err *store_outbox_tally(struct db *db,
			       struct outbox_tally *out) MUST_CHECK;

struct mail_host {
	const char *host;
	const char *away_since;			/* NULL: it answers */
	const char *last_error;
	int64_t away_s;				/* for how long */
};

/* A host nobody has met yet answers. */
struct err *store_mail_host_find(struct db *db, const char *host,
				 struct mail_host *out) MUST_CHECK;
/* The one that has been away for longest; away_s 0: none is. */
struct err *store_mail_host_worst(struct db *db,
				  struct mail_host *out) MUST_CHECK;
/* *taken: it is time for a probe, and it is ours. The next one is in a minute. */
struct err *store_mail_host_probe(struct db *db, const char *host,
				  bool *taken) MUST_CHECK;
struct err *store_mail_host_away(struct db *db, const char *host,
				 const char *error) MUST_CHECK;
struct err *store_mail_host_back(struct db *db, const char *host) MUST_CHECK;

#endif
