/*
 * letter - one letter that came in, on a page: held.c, original.c.
 */
#ifndef PANEL_LETTER_H
#define PANEL_LETTER_H

#include "desk/quarantine.h"
#include "web/req.h"

struct node;

/* Who wrote it, about what, why it is held, when it came; for a list. */
void letter_brief(struct req *req, struct node *n, const struct mail_row *m);

/* The whole letter: Letter, Words, Frame, Files, Trace, Headers, Source, Raw.
 * `url` is the letter's own address; its words as HTML are <url>/html, its
 * files <url>/file/<n>. */
struct err *letter_show(struct req *req, const struct mail_row *m,
			const char *url) MUST_CHECK;

/* Its words in their frame (web/frame.h); no picture loads but those that came
 * with a letter that is a message by now. ERR_NOT_FOUND: it cannot be read now. */
struct err *letter_frame(struct req *req, const struct mail_row *m) MUST_CHECK;

/* As it came, a download of type message/rfc822. */
struct err *letter_download(struct req *req, const struct mail_row *m) MUST_CHECK;
/* The n-th file of it. ERR_NOT_FOUND. */
struct err *letter_file(struct req *req, const struct mail_row *m, int64_t n) MUST_CHECK;

#endif
