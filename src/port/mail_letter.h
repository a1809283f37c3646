/*
 * mail_letter - a letter while port/mail reads it.
 *
 * GMime decodes here what it is good at (encoded words, addresses,
 * parameters, dates, transfer encodings), always a text whose length was
 * limited before. The tree of parts is walked by ourselves: GMime's parser
 * would hold all of it, takes 646 MiB for 500,000 parts, and dies of nested
 * groups in the address headers of an attached letter. Here the letter stays
 * where it is mapped, and a part is a piece of it.
 */
#ifndef PORT_MAIL_LETTER_H
#define PORT_MAIL_LETTER_H

#include <gmime/gmime.h>

#include "base/str.h"
#include "port/mail.h"

enum {
	MAIL_NOTES = 40,
	MAIL_FATES = 100,
	MAIL_DELIVERED_TO = 20,
	MAIL_STATUS = 256 << 10		/* of a delivery status, and of the words of a host */
};

struct slice {
	const char *at;
	size_t n;
};

struct header {
	struct slice name, value;	/* the value as it came, folded */
	bool exact;			/* no blank before the colon */
};

struct head {
	struct header *at;
	size_t n;
	struct slice body;		/* what is behind it */
};

/* What one place of the letter says, in one or two forms. */
struct piece {
	const char *plain, *html;	/* UTF-8, NULL: not in this form */
	struct piece *next;
};

struct pieces {
	struct piece *first, **last;
};

struct letter {
	struct arena *arena;
	struct mail *out;
	char eol;			/* '\n'; '\r' in a letter without any */
	const char **notes;

	struct head head;
	size_t address_bytes, addresses;	/* still allowed */
	const char *from_said;		/* the first of From, address or not; "" */

	int files_fd;
	struct mail_file *files;
	int parts;
	size_t text_left, html_left;
	struct pieces pieces;
	GChecksum *sum;
	struct err *failure;		/* files_fd cannot be written */

	/* of a report */
	bool is_report;			/* all of it is multipart/report about a delivery */
	bool inside;			/* reading a report that was attached */
	bool returned_copy;		/* there is a part with the letter or its head */
	const char *status;		/* message/delivery-status, NULL */
	struct slice returned;		/* the head of the letter it is about */
};

/* Said once; English. */
void letter_note(struct letter *l, const char *note);

/* mail_head.c: headers. */

/* Up to and with the empty line. Of a part only what begins with Content-. */
struct head head_read(struct letter *l, struct slice all, bool part);
const struct header *head_find(const struct head *h, const char *name);
bool header_is(const struct header *h, const char *name);
/* In one line, undecoded, without NUL, at most `most` bytes. */
const char *header_unfold(struct letter *l, const struct header *h, size_t most);
/* The same of the first header of that name, NULL: none. */
const char *head_raw(struct letter *l, const struct head *h, const char *name,
		     size_t most);
/* One line of clean text. */
const char *line_decoded(struct letter *l, const char *raw);
/* "<left@right>" from here on, with *end behind it; NULL: no more. */
const char *next_id(struct letter *l, const char *at, const char **end);
/* The line at `at`, without its end; *next is behind that. */
struct slice line_at(const char *at, const char *end, char eol,
		     const char **next);

/* mail_envelope.c: who, to whom, about what. */
void letter_envelope(struct letter *l);

/* mail_class.c: what says that no person wrote it. */
void class_read(struct letter *l);

/* mail_tree.c: parts. */
struct entity {
	const char *type, *subtype;	/* lower case */
	const char *boundary, *charset, *report_type, *name;	/* NULL: not said */
	bool flowed, del_space;
	bool attached;			/* Content-Disposition: attachment */
	const char *content_id;
	GMimeContentEncoding encoding;
	struct slice body;
	int depth;
	bool first;			/* nothing but containers came before */
};
void tree_read(struct letter *l);
/* Some gateways attach a report to a letter of their own: what is in it. */
void tree_read_returned(struct letter *l);

/* mail_text.c: words. */

/* What was decoded, at most `most` bytes, as clean UTF-8. */
const char *text_decoded(struct letter *l, const struct entity *e, size_t most,
			 bool *cut);
const char *text_clean(struct arena *a, const char *text);
/* text/enriched without its marks (RFC 1896). */
const char *text_unenriched(struct arena *a, const char *text);
const char *text_unflowed(struct arena *a, const char *text, bool del_space);
/* Opens what charsets need, for as long as the process lives. */
void text_ready(void);

/* mail_file.c: files. */
void file_keep(struct letter *l, const struct entity *e);
/* Calls add() with what is decoded, piece by piece, until it says false. */
void body_decode(const struct entity *e,
		 bool (*add)(void *what, const char *at, size_t n), void *what);

/* mail_report.c: reports about letters. `words`: all that it says. */
void report_read(struct letter *l, const char *words);
void report_add(struct letter *l, const char *address, enum mail_fate fate,
		const char *diagnostic);
/* The next address in a text, lower case, with *from and *end around it;
 * NULL: no more. */
const char *next_address(struct arena *a, const char *at, const char **from,
			 const char **end);

/* mail_bounce.c: of hosts that follow no form. True when it is one. */
bool bounce_read(struct letter *l, const char *words);

/* mail_bounce_sender.c: who wrote it, and under which subject. */

/* Under the name of a mail host; of one's program that writes nothing else. */
bool bounce_sender(const struct letter *l);
bool bounce_daemon(const struct letter *l);
bool bounce_from_nobody(const struct letter *l);	/* with an empty return path */
/* A machine's answer to a letter, not a notice of its own. */
bool bounce_answers(struct letter *l);
/* A host's own words for its letter. */
bool bounce_subject(struct letter *l);

#endif
