/*
 * fetch_talk - one command to a mail host, and what came of it. For the files
 * of port/fetch alone.
 */
#ifndef FETCH_TALK_H
#define FETCH_TALK_H

#include <curl/curl.h>

#include "port/fetch.h"

enum {
	FETCH_LINE = 300,
	FETCH_BUFFER = 128 << 10	/* twice a line of FETCH_WINDOW UIDs */
};

/* A line of the host, without its end; it is gone after the call. */
typedef void fetch_line_fn(void *what, const char *line, size_t n);

struct fetch {
	CURL *curl;
	struct arena *arena;
	struct fetch_conf conf;
	int64_t uidvalidity;		/* of the folder we look at; 0: not told */
	/* of the call under way */
	fetch_line_fn *line;		/* NULL: nobody listens */
	fetch_sink *sink;		/* of a letter's bytes */
	void *what;
	struct err *own;		/* the sink's failure */
	bool enough;			/* the sink wants no more */
	int64_t told;			/* bytes of lines so far */
	bool greeted, selected;		/* the host spoke; SELECT went out */
	bool over;			/* we said good-bye: what follows says nothing */
	bool alien;			/* it speaks another protocol */
	char greeting[8];		/* how its first line begins */
	char answer[FETCH_LINE];	/* its last line */
	/* what came of it */
	enum fetch_why why;
	char detail[FETCH_LINE];
};

/* `address` is what follows imap://host:port/; `command` NULL: a letter. */
struct err *fetch_talk(struct fetch *f, struct arena *a, const char *address,
		       const char *command) MUST_CHECK;

/* A text as part of an address. */
const char *fetch_escape(struct arena *a, const char *text);

/* Both protocols do the same in their own words. */
struct err *fetch_imap_look(struct fetch *f, struct arena *a,
			    struct fetch_box *out) MUST_CHECK;
struct err *fetch_imap_list(struct fetch *f, struct arena *a,
			    const struct fetch_range *range, struct rows *out,
			    int64_t *seen) MUST_CHECK;
struct err *fetch_imap_letter(struct fetch *f, struct arena *a,
			      int64_t uid, bool *gone) MUST_CHECK;
struct err *fetch_imap_delete(struct fetch *f, struct arena *a,
			      int64_t uid) MUST_CHECK;
struct err *fetch_pop3_list(struct fetch *f, struct arena *a,
			    struct rows *out) MUST_CHECK;

#endif
