/*
 * finding - the order or the customer that an agent typed.
 */
#ifndef PANEL_FINDING_H
#define PANEL_FINDING_H

#include "desk/customer.h"
#include "desk/order.h"
#include "web/req.h"

/* The one order of this number, or of this key. *wrong: what to say when
 * there is none, there are several, or the shop is away. */
struct err *finding_order(struct req *req, const char *no, struct order *out,
			  const char **wrong) MUST_CHECK;

/* By an e-mail address, or as the one who placed the order of this number. */
struct err *finding_customer(struct req *req, const char *words,
			     struct customer *out, const char **wrong) MUST_CHECK;

#endif
