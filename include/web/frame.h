/*
 * frame - what came by mail, in a page of its own: /message/:id/html.
 *
 * The ticket's page shows it in a frame. Its policy lets no script run, no
 * form leave and nothing load but pictures of the letter itself: the sandbox
 * holds whatever port/html_clean might have missed. The frame keeps our
 * origin, without scripts, so that the pictures come under the reader's own
 * session and our script can measure how high it is.
 *
 * Pictures from elsewhere load when the reader presses "Show pictures": the
 * frame is asked again with ?pictures=1. They come from their hosts directly,
 * over https and without a referrer; their owner then sees the reader's
 * network address and when it was. There is no proxy between.
 */
#ifndef WEB_FRAME_H
#define WEB_FRAME_H

#include "web/req.h"

/* A letter of plain text is shown whole, with what was folded. */
struct err *web_frame(struct req *req) MUST_CHECK;

#endif
