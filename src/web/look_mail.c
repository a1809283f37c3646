#include <string.h>

#include "base/arena.h"
#include "port/view.h"
#include "web/house.h"
#include "web/look.h"

enum {
	LINE = 70, LINE_HEIGHT = 24,	/* characters; pixels */
	LEAST = 96, MOST = 560, PICTURE = 260,
	THUMB = 480			/* pixels: port/inspect.h */
};

static const struct message_mail *of_message(int64_t id, const struct rows *mails)
{
	const struct message_mail *mail = mails ? mails->at : NULL;

	for (size_t i = 0; mails && i < mails->n; i++)
		if (mail[i].message_id == id)
			return &mail[i];
	return NULL;
}

/* How high the frame is before a script has looked: by the lines of the words. */
static int64_t height(const struct message *m, const struct message_mail *mail)
{
	int64_t lines = 2, pixels;

	for (const char *p = m->body; *p; p += strcspn(p, "\n"), p += *p == '\n')
		lines += 1 + (int64_t) strcspn(p, "\n") / LINE;
	pixels = lines * LINE_HEIGHT + (m->files || mail->pictures ? PICTURE : 0);
	return pixels < LEAST ? LEAST : pixels > MOST ? MOST : pixels;
}

static void look_frame(struct req *req, struct node *n, const struct message *m,
		       const struct message_mail *mail, const char *url)
{
	node_put(n, "url", url);
	node_number(n, "height", height(m, mail));
	if (mail->pictures)
		node_put(n, "pictures", arena_join(req->arena, url, "?pictures=1"));
}

const struct message_mail *look_mail(struct req *req, struct node *n,
				     const struct message *m, const struct rows *mails)
{
	const struct message_mail *mail = of_message(m->id, mails);
	const char *url;

	if (!mail)
		return NULL;
	url = arena_printf(req->arena, "%s/message/%lld/html",
			   req->house->audience == AUDIENCE_AGENTS
			   ? req->desk.urls->panel : req->desk.urls->board,
			   (long long) m->id);
	node_switch(n, "automatic", mail->automatic);
	node_switch(n, "outside", mail->from_outside);
	if (mail->has_html) {
		look_frame(req, node_at(n, "frame"), m, mail, url);
		return mail;
	}
	node_put(n, "quoted", mail->folded);
	if (mail->more_folded)
		node_put(n, "whole", url);
	return mail;
}

bool look_in_mail(const struct message_mail *mail, const struct upload *file)
{
	/* A larger one is seen small in the frame: its file stays in the list. */
	return mail && mail->has_html && file->content_id && file->thumb.at &&
	       file->width <= THUMB && file->height <= THUMB;
}
