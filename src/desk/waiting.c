#include "desk/desk.h"
#include "desk/quarantine.h"
#include "desk/waiting.h"
#include "store/mail.h"

struct err *waiting_count(struct desk *d, const struct actor *who,
			  struct waiting *out)
{
	*out = (struct waiting) { .held = 0 };
	if (actor_may(who, RIGHT_LETTERS))
		TRY(store_mail_waiting(d->db, who, &out->held, &out->undelivered));
	if (!quarantine_may(who))
		out->held = 0;
	return NULL;
}
