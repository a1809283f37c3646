/*
 * search - the results of the inbox's search box.
 */
#ifndef PANEL_SEARCH_H
#define PANEL_SEARCH_H

#include "desk/query.h"
#include "web/req.h"

/* GET /inbox?q=…: a page of results, a sentence about what was typed, or the
 * one ticket that was meant. q is a line; QUERY_CHARACTERS and one of them tell
 * that it was too long. */
struct err *panel_search_show(struct req *req, const char *q) MUST_CHECK;

#endif
