#include "base/arena.h"
#include "ctl/ctl.h"
#include "ctl/doctor.h"
#include "port/conf.h"
#include "port/spool.h"
#include "store/actor.h"
#include "store/chore.h"
#include "store/mail.h"
#include "store/mailbox.h"

enum { SHOP = 1, LATE_S = 10 * 60 };

static const char start[] = "Start mailroom as a service, or let cron run"
	" `mailroom --once` every minute; see aftersale-mailroom(8).";

/* Is anybody there? Who neither pipes nor fetches needs nobody. */
static struct err *check_life(struct doctor *d, bool needed)
{
	int64_t silence;

	TRY(store_chore_silence(d->db, "mailroom", &silence));
	if (silence < 0 && needed)
		doctor_wrong(d, start, "The mailroom has never run: no mail comes in.");
	else if (silence > 5 * 60)
		doctor_wrong(d, start, "The mailroom has not run for %lld minutes: no"
			     " mail comes in.", (long long) silence / 60 + 1);
	return NULL;
}

static struct err *check_spool(struct doctor *d, bool *used)
{
	struct arena *a = d->ctl->arena;
	const char *folder = arena_join(a, conf_text(d->ctl->conf, "paths", "spool"),
					"/mail");
	struct spool_tally tally;

	TRY(spool_count(a, folder, &tally));
	*used = *used || tally.waiting;
	if (tally.oldest_s > LATE_S)
		doctor_wrong(d, "Does the mailroom run, and may it read the folder?"
			     " See its log.", "%d letters wait in %s, the oldest since"
			     " %lld minutes.", tally.waiting, folder,
			     (long long) tally.oldest_s / 60);
	if (tally.bad)
		doctor_wrong(d, arena_printf(a, "Look at them. Moved to %s/new they are"
					     " tried again.", folder),
			     "%d files in the spool could not be used; the first is"
			     " %s/%s.", tally.bad, folder, tally.first_bad);
	return NULL;
}

static struct err *check_letters(struct doctor *d)
{
	struct mail_tally tally;
	int64_t capped;

	TRY(store_mail_tally(d->db, SHOP, &tally));
	TRY(store_mail_capped(d->db, SHOP, &capped));
	if (tally.due && tally.oldest_s > LATE_S)
		doctor_wrong(d, "Does the mailroom run? See its log.",
			     "%lld letters wait to be sorted, the oldest since %lld"
			     " minutes.", (long long) tally.due,
			     (long long) tally.oldest_s / 60);
	if (tally.bad)
		doctor_advise(d, "`aftersale mail list` shows them.",
			      "%lld letters could not be read.", (long long) tally.bad);
	if (capped)
		doctor_advise(d, "Does somebody flood the desk, or another machine"
				 " answer it? The letters tell.",
			      "%lld receipts of the last day were not sent: too many"
			      " had gone to the same people.", (long long) capped);
	if (tally.lost)
		doctor_wrong(d, "Bring the database back from a copy, or replay the"
			     " letters: aftersale mail replay.",
			     "%lld letters have lost the message made of them.",
			     (long long) tally.lost);
	return NULL;
}

static struct err *check_boxes(struct doctor *d, bool *used)
{
	const struct actor us = { .kind = ACTOR_SYSTEM, .shop = SHOP };
	const struct mailbox *m;
	struct rows rows;

	TRY(store_mailbox_list(d->db, &us, &rows));
	m = rows.at;
	for (size_t i = 0; i < rows.n; i++) {
		*used = *used || m[i].active;
		if (m[i].active && m[i].failures)
			doctor_wrong(d, "Settings, Mailboxes has a test that explains it.",
				     "The mailbox %s failed %d times: %s", m[i].name,
				     m[i].failures, m[i].last_error);
	}
	return NULL;
}

struct err *doctor_mailroom(struct doctor *d)
{
	bool used = false;

	TRY(check_spool(d, &used));
	TRY(check_letters(d));
	TRY(check_boxes(d, &used));
	TRY(check_life(d, used));
	return NULL;
}
