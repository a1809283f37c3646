/*
 * setting - everything the owner may change about how the desk behaves,
 * listed once.
 *
 * From the one table in src/desk/setting.c come the fallback values, the
 * checks, the settings pages (one per group) and the manual. What is saved
 * here is in force at the next request of every program.
 */
#ifndef DESK_SETTING_H
#define DESK_SETTING_H

#include <stdbool.h>
#include <stddef.h>

#include "store/setting.h"

struct arena;
struct desk;

enum setting_kind { SETTING_LINE, SETTING_EMAIL, SETTING_URL, SETTING_SWITCH,
		    SETTING_NUMBER, SETTING_CHOICE, SETTING_LANGUAGE, SETTING_ZONE,
		    SETTING_TEXT };	/* several lines */

struct setting {
	const char *group;		/* "general", "shown", "customers", "mail" */
	const char *name;		/* "mail_from": also the form field */
	enum setting_kind kind;
	const char *fallback;
	long least, most;		/* of a number, or of a length in characters */
	const char *label, *hint;	/* English, marked with N_() */
	const char *const *choices;	/* SETTING_CHOICE: codes, NULL at the end */
};

extern const struct setting settings[];	/* ends with a NULL group */

/* NULL: there is no such setting. */
const struct setting *setting_named(const char *name);

/* NULL when the value is fine, else what is wrong, in the language in use. */
const char *setting_complaint(struct arena *a, const struct setting *s,
			      const char *value);

struct setting_change {
	const char *name, *value;
};

/* Store checked values, all or none, with a line in the audit for each that
 * differs. ERR_FORBIDDEN without RIGHT_CONFIG. */
struct err *setting_save(struct desk *d, const struct actor *who,
			 const struct setting_change *changes, size_t n) MUST_CHECK;

/* Who changed what, newest first, at most 51 behind `before` (0: from the
 * newest); rows of struct audit_row. ERR_FORBIDDEN without RIGHT_CONFIG. */
struct err *setting_log(struct desk *d, const struct actor *who, int64_t before,
			struct rows *out) MUST_CHECK;

#endif
