/*
 * Who wrote what may be a report, and under which subject: what is known before
 * its words are read.
 */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "mail_bounce_words.h"
#include "mail_letter.h"

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* Who wrote it, without the domain, which says nothing of the kind. */
static const char *writer(const struct letter *l)
{
	const char *said = utf8_lower(l->arena, l->from_said);
	const char *sign = strrchr(said, '@');

	return sign ? arena_copy(l->arena, said, (size_t) (sign - said) + 1) : said;
}

bool bounce_daemon(const struct letter *l)
{
	const char *path = l->out->return_path ? l->out->return_path : "";
	const char *who = writer(l), *open = strrchr(who, '<');

	for (size_t i = 0; bounce_delivery_senders[i]; i++)
		if (begins(who, bounce_delivery_senders[i]) ||
		    (open && begins(open + 1, bounce_delivery_senders[i])))
			return true;
	return bounce_any(who, bounce_senders) || begins(path, "mailer-daemon");
}

bool bounce_sender(const struct letter *l)
{
	return bounce_daemon(l) || bounce_any(writer(l), bounce_hosts);
}

bool bounce_subject(struct letter *l)
{
	const char *subject = utf8_lower(l->arena, l->out->subject);

	for (size_t i = 0; bounce_subjects[i]; i++)
		if (begins(subject, bounce_subjects[i]))
			return true;
	return strstr(subject, "(delivery failed)") || strstr(subject, ": non remis");
}

bool bounce_from_nobody(const struct letter *l)
{
	return l->out->return_path && !*l->out->return_path;
}

bool bounce_answers(struct letter *l)
{
	const char *automatic = head_raw(l, &l->head, "Auto-Submitted", 200);

	return bounce_from_nobody(l) ||
	       (automatic && !strncasecmp(automatic, "auto-replied", 12));
}
