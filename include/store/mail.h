/*
 * mail - rows of as_mail (sql/35-mail.sql): letters that came in.
 *
 * A row is written when the raw letter is safe (port/blob) and before
 * anybody is told that we have it. Then it is sorted: claimed for a while,
 * read, and decided upon in the transaction of what it causes. A sorter that
 * dies gives its letters back by doing nothing. No row is dropped before a
 * person or a decision was done with it.
 */
#ifndef STORE_MAIL_H
#define STORE_MAIL_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

enum mail_way { MAIL_BY_PIPE, MAIL_BY_IMAP, MAIL_BY_POP3 };
extern const char *const mail_way_codes[];	/* "pipe", "imap", "pop3", NULL */

enum mail_row_state { MAIL_NEW, MAIL_DONE, MAIL_HELD, MAIL_BAD };
extern const char *const mail_row_state_codes[];

enum mail_class { MAIL_UNCLASSED, MAIL_HUMAN, MAIL_AUTO, MAIL_BOUNCE, MAIL_LIST,
		  MAIL_OWN };
extern const char *const mail_class_codes[];	/* "", "human", … */

/* How far the sender can be believed. */
enum mail_standing { MAIL_NO_PERSON, MAIL_FORGED, MAIL_UNPROVEN, MAIL_PROVEN };

struct mail_row {
	int64_t id;
	int shop_id;
	struct bytes sha256;		/* of the raw letter: its blob */
	int64_t size;
	int64_t full_size;		/* only the head was kept of so many bytes; 0: all */
	enum mail_way way;
	int64_t mailbox_id;		/* fetched from there; 0 */
	/* "": the empty return path; NULL: not told */
	const char *envelope_from, *envelope_to;
	int copies;			/* how often these very bytes came */
	enum mail_row_state state;
	int attempts;
	const char *last_error;
	/* what it says */
	const char *mail_id;		/* its Message-ID */
	struct bytes content;
	int standing;			/* enum mail_standing */
	const char *from_address, *from_name, *subject;
	/* what was decided: codes of desk/incoming.h */
	enum mail_class class;
	const char *outcome, *reason, *trace;
	int64_t ticket_id, message_id;
	const char *wish;		/* what a person wants done with it; NULL */
	int64_t wish_by_id;		/* the agent */
	const char *received_at, *decided_at;
};
extern const struct shape mail_row_shape;

/*
 * A letter whose bytes are in port/blob: a new row, due at once, or one more
 * copy of a row that is there. Sets m->id, m->copies and m->state. Reads
 * shop_id, sha256, size, full_size, way, mailbox_id and the envelope.
 */
struct err *store_mail_add(struct db *db, struct mail_row *m) MUST_CHECK;

/* Due letters that nobody holds, oldest first, at most `most`: held for
 * `seconds` from now on, their attempts counted. A transaction of its own. */
struct err *store_mail_claim(struct db *db, int shop, int most, int seconds,
			     struct rows *out) MUST_CHECK;
/* In the transaction that decides: what it says is written, so that of two
 * letters that say the same the second waits here. ERR_NOT_FOUND: it was
 * decided meanwhile, or somebody claimed it after us. ERR_CONFLICT: a letter
 * that says exactly this, of the same standing, is there. */
struct err *store_mail_take(struct db *db, const struct mail_row *m) MUST_CHECK;
/* One more copy of a letter, by another way. */
struct err *store_mail_again(struct db *db, int64_t id) MUST_CHECK;

/* Not yet: due again in so many seconds. */
struct err *store_mail_put_off(struct db *db, const struct mail_row *m,
			       long seconds, const char *error) MUST_CHECK;
/* Untried. */
struct err *store_mail_give_back(struct db *db, const struct mail_row *m) MUST_CHECK;
/* We can't: listed for a person. */
struct err *store_mail_set_bad(struct db *db, const struct mail_row *m,
			       const char *reason, const char *error) MUST_CHECK;
/* State and what was decided. */
struct err *store_mail_set_decided(struct db *db, const struct mail_row *m) MUST_CHECK;

/* Agents whose right to read covers the shop, and the system; ERR_NOT_FOUND. */
struct err *store_mail_find(struct db *db, const struct actor *who, int64_t id,
			    struct mail_row *out) MUST_CHECK;
struct err *store_mail_find_locked(struct db *db, const struct actor *who,
				   int64_t id, struct mail_row *out) MUST_CHECK;
/* The letter a message was made from, for who may read its ticket (customers
 * may not). ERR_NOT_FOUND: none, not theirs, or no longer kept. */
struct err *store_mail_of_message(struct db *db, const struct actor *who,
				  int64_t message_id, struct mail_row *out) MUST_CHECK;
/* Newest first behind `before` (0: from the newest), at most 51; without
 * their traces. */
struct err *store_mail_list(struct db *db, const struct actor *who,
			    enum mail_row_state state, int64_t before,
			    struct rows *out) MUST_CHECK;

/* What is known before a letter is decided upon: in one statement. */
struct mail_known {
	/* as_mail.id of another; 0: none. One of a lower standing is not the same,
	 * unless what it says has become part of its ticket: it is `unlike`. */
	int64_t same_content, unlike;
	/* With its Message-ID, and no such copy: as_mail.id, as_message.id; 0 */
	int64_t same_id, same_message;
	bool blocked, verified;		/* its sender: as_address */
	bool proven;			/* a customer of this address has proven it */
	bool met;			/* a customer's, or another letter came from there */
	const char *now;
};
struct err *store_mail_known(struct db *db, const struct mail_row *m,
			     struct mail_known *out) MUST_CHECK;

/* How many letters without proof opened a ticket within so many seconds, at
 * most `most`; those that a person released do not count. */
struct err *store_mail_opened_lately(struct db *db, int shop, int seconds,
				     long most, int64_t *out) MUST_CHECK;

/* Messages and letters of ours that have one of these Message-IDs. */
enum { MAIL_IDS_MOST = 30 };
struct mail_hit {
	const char *mail_id;
	int64_t ticket_id, message_id;	/* 0: about none */
	bool ours;			/* we made that id */
};
extern const struct shape mail_hit_shape;
struct err *store_mail_hits(struct db *db, int shop, const char *const *ids,
			    size_t n, struct rows *out) MUST_CHECK;

/* A held letter is to be sorted again, the way a person wishes: "ticket",
 * "join" or "note" (ticket_id). ERR_CONFLICT: it is not held. */
struct err *store_mail_wish(struct db *db, const struct actor *who, int64_t id,
			    const char *wish, int64_t ticket_id) MUST_CHECK;

/* The words of its message, made anew. */
struct err *store_mail_rebuild(struct db *db, int64_t message_id,
			       const char *body, int files) MUST_CHECK;

/* For the mailroom and doctor: letters that wait for us, and those that wait
 * for a person. */
struct mail_tally {
	int64_t due, oldest_s;		/* to be sorted; the oldest's age */
	int64_t held, bad;
	int64_t lost;			/* a message was made, and there is none */
	int64_t capped;			/* store_mail_capped() alone */
};
struct err *store_mail_tally(struct db *db, int shop, struct mail_tally *out) MUST_CHECK;
/* Letters of the last day whose sender had got enough receipts. */
struct err *store_mail_capped(struct db *db, int shop, int64_t *n) MUST_CHECK;

/* Rows that are done with and older than so many days go, at most 1,000; the
 * reaper finds their bytes a day later. */
struct err *store_mail_reap(struct db *db, int shop, long days,
			    int64_t *gone) MUST_CHECK;

#endif
