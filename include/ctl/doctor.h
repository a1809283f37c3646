/*
 * doctor - what may be wrong with a set-up, one function a question.
 *
 * A check is a line in the table of src/ctl/doctor.c. It tells what it found
 * and what to do; it says nothing when all is well. A failure it returns is
 * told like a finding. One that needs the database is left out, with a word,
 * when there is none.
 */
#ifndef CTL_DOCTOR_H
#define CTL_DOCTOR_H

#include <stdbool.h>

#include "base/err.h"

struct ctl;
struct db;
struct finding;

struct doctor {
	struct ctl *ctl;
	struct db *db;			/* of [db.ctl] */
	bool connected, migrated;	/* so far, by the checks of it */
	struct finding *first, **last;	/* of the check that runs */
};

/* It does not work, or will not for long. Both texts are for people. */
void doctor_wrong(struct doctor *d, const char *todo, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* It works, but could be better. */
void doctor_advise(struct doctor *d, const char *todo, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Machine and files: src/ctl/doctor_files.c */
struct err *doctor_conf(struct doctor *d) MUST_CHECK;
struct err *doctor_address(struct doctor *d) MUST_CHECK;
struct err *doctor_folders(struct doctor *d) MUST_CHECK;
struct err *doctor_space(struct doctor *d) MUST_CHECK;
struct err *doctor_templates(struct doctor *d) MUST_CHECK;
struct err *doctor_words(struct doctor *d) MUST_CHECK;

/* The locked programs: src/ctl/doctor_locked.c */
struct err *doctor_inspector(struct doctor *d) MUST_CHECK;
struct err *doctor_reader(struct doctor *d) MUST_CHECK;

/* Database and what is in it: src/ctl/doctor_data.c */
struct err *doctor_database(struct doctor *d) MUST_CHECK;
struct err *doctor_schema(struct doctor *d) MUST_CHECK;
struct err *doctor_accounts(struct doctor *d) MUST_CHECK;
struct err *doctor_clock(struct doctor *d) MUST_CHECK;
struct err *doctor_people(struct doctor *d) MUST_CHECK;
struct err *doctor_shops(struct doctor *d) MUST_CHECK;
struct err *doctor_search(struct doctor *d) MUST_CHECK;
struct err *doctor_attachments(struct doctor *d) MUST_CHECK;
struct err *doctor_mail(struct doctor *d) MUST_CHECK;
struct err *doctor_mail_in(struct doctor *d) MUST_CHECK;
struct err *doctor_courier(struct doctor *d) MUST_CHECK;

/* Letters that came in: src/ctl/doctor_mailroom.c */
struct err *doctor_mailroom(struct doctor *d) MUST_CHECK;

/* What repeats something, and a recount: src/ctl/doctor_tickets.c */
struct err *doctor_counts(struct doctor *d) MUST_CHECK;
struct err *doctor_turns(struct doctor *d) MUST_CHECK;
struct err *doctor_tickets(struct doctor *d) MUST_CHECK;

#endif
