/*
 * choose - the visitor's own language and colours, in a cookie for a year.
 *
 *	GET /choose?lang=de&back=/help/orders
 *	GET /choose?theme=dark&back=…
 */
#ifndef WEB_CHOOSE_H
#define WEB_CHOOSE_H

#include "web/req.h"

page_fn web_choose;

#endif
