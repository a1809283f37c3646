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

/* The whole letter: Letter, Words, Files, Trace, Headers, Source, Raw. `url`
 * is the letter's own address; files lead to <url>/file/<n>, NULL: no links. */
struct err *letter_show(struct req *req, const struct mail_row *m, const char *url,
			bool files) MUST_CHECK;

/* As it came, a download of type message/rfc822. */
struct err *letter_download(struct req *req, const struct mail_row *m) MUST_CHECK;
/* The n-th file of it. ERR_NOT_FOUND. */
struct err *letter_file(struct req *req, const struct mail_row *m, int64_t n) MUST_CHECK;

#endif
