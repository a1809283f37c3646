/*
 * mine - the counts in the head of a customer's pages: Count and Nav.news.
 */
#ifndef WEB_MINE_H
#define WEB_MINE_H

#include "web/req.h"

/* Two statements. */
struct err *web_mine(struct req *req) MUST_CHECK;

#endif
