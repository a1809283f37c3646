/*
 * look_postmark - what the team's pages say of a message that came by mail
 * (templates/parts/message_mail.html.cs).
 */
#ifndef WEB_LOOK_POSTMARK_H
#define WEB_LOOK_POSTMARK_H

#include "desk/postmark.h"
#include "web/req.h"

struct node;

/* <message>.mail: original, outside, address, proof, why, act, thanks, doubts.N */
void look_postmark(struct req *req, struct node *message, const struct postmark *p);

#endif
