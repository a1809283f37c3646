/*
 * page - what all pages have in common: their frame, and how they end.
 * Used by the web floor itself; pages use web/req.h.
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "web/req.h"

/* Page, Lang, Url, Me, Shop, Languages, Show …: see templates/README.md. */
struct err *page_common(struct req *req, const char *title) MUST_CHECK;

/* The colours of the page: "light", "dark"; "": as the reader's system has them. */
const char *page_theme(struct req *req);

/* A failure's own page; when even that fails, a line of plain text. */
void web_show_failure(struct req *req, int status, const char *template);

/* The session ended while somebody wrote: 403, and how to keep the text. */
struct err *web_expired(struct req *req, bool *answered) MUST_CHECK;

#endif
