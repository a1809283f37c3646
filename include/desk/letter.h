/*
 * letter - what we write to people, and the facts it was written with.
 *
 * A rule that causes a letter writes it inside its own transaction:
 *
 *	TRY(letter_write(db, "message_from_store", &to, &about, &facts));
 *
 * No commit, no letter. The facts are frozen then: a letter says what was
 * true when it was written, whenever it goes out. The courier renders
 * templates/mail/<letter>.txt.cs (first lines `Subject: …`, a blank line, the
 * text) and .html.cs, in the recipient's language and zone.
 *
 * In the templates every fact is Fact.<name>: times as locale_time(), Fact.body
 * as written, Fact.body_quoted indented and folded for plain text (and so
 * Fact.signature), Fact.files.N.name, .size, and .attached and .cid when the
 * file is in the mail; Mark, which an answer brings back in its words; besides
 * Lang, Dir and Letter.
 *
 * How an answer finds its ticket: Reply-To signed for this reader of this
 * ticket, a signed Message-ID, the signed mark. The first needs a host that
 * delivers help+anything@ (setting mail_plus); where it does not, the other
 * two remain.
 */
#ifndef DESK_LETTER_H
#define DESK_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct catalog;
struct db;
struct mime_file;
struct mime_letter;
struct outbox;
struct rows;
struct seal;
struct views;

struct letter_file {
	const char *name;
	int64_t size;
};

/* What a letter may tell; NULL: not told, and its line is left out. A first
 * acknowledgement to an unproven address repeats nothing of what was typed:
 * whoever writes it leaves subject, body, author and opened_by NULL. */
struct letter_facts {
	const char *shop_name, *shop_url, *imprint_url, *privacy_url;
	const char *ticket_number, *subject;
	const char *url;		/* read and answer, or what the letter is for */
	const char *link;		/* instead of url: "ticket", "invite", "reset";
					 * the courier makes the link when it sends */
	const char *order_no, *order_url;
	const char *order_placed_at;	/* times: "2026-01-31 12:00:00" in UTC */
	const char *opened_at, *opened_by, *updated_at;
	const char *status, *priority;
	const char *author, *body, *written_at;
	const char *signature;		/* of the agent and of the store, below the body */
	const char *reason;		/* why you get this */
	bool reply_possible;		/* a mail answer finds its ticket */
	const struct letter_file *files;
	size_t n_files;
};

struct letter {
	const char *name;		/* and its templates' */
	const char *occasion;		/* in words, N_() */
	const char *auto_submitted;	/* NULL: a person wrote it */
	const char *precedence;		/* "bulk" for notices, or NULL */
	const struct letter_facts *sample;	/* for previews and tests */
	bool unasked;			/* nobody asked for it: not to an address that is
					 * undeliverable or to be left in peace */
	bool with_files;		/* a message of ours: its files are enclosed */
};

/* Ends with a name of NULL. */
extern const struct letter letters[];
/* NULL when there is none of that name. */
const struct letter *letter_find(const char *name);

/* To whom: kind is "agent", "customer" or "address" (then id is 0). */
struct letter_to {
	const char *kind;
	int64_t id;
	const char *address, *name;	/* name NULL: none, or not proven */
	const char *lang, *zone;
};

/* About what; zeros: about nothing. */
struct letter_about {
	int shop;
	int64_t ticket_id, message_id;
	int delay_s;			/* undo send: not before */
	const char *domain;		/* of its Message-ID: letter_domain() */
	const struct seal *seal;	/* signs that of a letter about a ticket; NULL: nothing does */
};

/* The domain a Message-ID of ours may carry, from the address that sends:
 * a name nobody else gives Message-IDs to; "aftersale.invalid" without one. */
const char *letter_domain(struct arena *a, const char *from_address);

/* What every letter of this shop says; an empty address is NULL. */
struct letter_facts letter_shop_facts(const struct catalog *c);

/*
 * Letters of one cause, gathered first and then written in the caller's
 * transaction, in two statements whatever their number:
 *
 *	struct letters all = { .n = 0 };
 *
 *	TRY(letters_add(db, &all, "receipt", &to, &about, &facts));
 *	TRY(letters_write(db, &all));
 *
 * What nobody asked for is not written to an address that is undeliverable or
 * to be left in peace. Each has a Message-ID of its own: who knows one cannot
 * make up a report about another.
 */
enum { LETTERS_MOST = 120 };		/* those past it are left out */
struct letters {
	struct outbox *at;
	size_t n;
};
struct err *letters_add(struct db *db, struct letters *all, const char *letter,
			const struct letter_to *to,
			const struct letter_about *about,
			const struct letter_facts *facts) MUST_CHECK;
struct err *letters_write(struct db *db, struct letters *all) MUST_CHECK;

/* One alone. */
struct err *letter_write(struct db *db, const char *letter,
			 const struct letter_to *to,
			 const struct letter_about *about,
			 const struct letter_facts *facts) MUST_CHECK;

/* The facts as the outbox keeps them. */
const char *letter_facts_json(struct arena *a, const struct letter_facts *f);

/* Each fact once: how it is kept, and how it is shown. Ends with NULL. */
enum letter_fact_kind { FACT_LINE, FACT_BODY, FACT_TIME, FACT_DATE };
struct letter_fact {
	const char *name;
	size_t offset;			/* in struct letter_facts */
	enum letter_fact_kind kind;
};
extern const struct letter_fact letter_fact_list[];

enum { LETTER_FACTS = 512 * 1024, LETTER_FILES = 20 };	/* bytes, and files of a letter */

/* Who sends, the same for every letter of the courier. */
struct letter_sender {
	const char *address;		/* From */
	const char *name;		/* NULL: the shop's */
	const char *loop_id;		/* names this installation */
	const char *answers;		/* where answers go */
	const struct seal *seal;	/* NULL: nothing is signed */
	bool in;			/* answers are read */
	bool plus;			/* that host delivers what has a signed tail */
};

/* What the courier adds when a letter goes out. */
struct letter_enclosed {
	const char *url;		/* instead of Fact.url, when it made the link (desk/link.h) */
	const struct rows *thread;	/* struct outbox_link; NULL: none */
	/* Beside Fact.files, one each; a file without bytes is not in the mail. */
	const struct mime_file *files;
	size_t n_files;
};

/*
 * Fill in *out from a row. The language of words stays the recipient's
 * afterwards. ERR_BUG: no such letter, facts that cannot be read, a template
 * that cannot be rendered or does not begin with its subject.
 */
struct err *letter_render(struct arena *a, struct views *vs,
			  const struct letter_sender *sender,
			  const struct outbox *row,
			  const struct letter_enclosed *with,
			  struct mime_letter *out) MUST_CHECK;

/* Where its bounces go: an address that names this letter, or, where none
 * would come back, the sender's; "" for what a machine wrote (RFC 3834, 3.3). */
const char *letter_return_path(struct arena *a, const struct letter_sender *sender,
			       const struct outbox *row);

/* A chore of the courier: *remark is a line for the log when a mail host has
 * been away for a quarter of an hour or letters were given up, else NULL. */
struct err *letter_watch(struct db *db, const char **remark) MUST_CHECK;

#endif
