/*
 * flash - "Saved.": words that are told once, on the page after a change.
 */
#ifndef WEB_FLASH_H
#define WEB_FLASH_H

#include "web/req.h"

/* Shows what web_flash() left, and forgets it. */
struct err *flash_show(struct req *req) MUST_CHECK;

#endif
