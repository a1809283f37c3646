/* mail_bounce_words - words of mail_bounce.c, each list with NULL at its end. */
#ifndef PORT_MAIL_BOUNCE_WORDS_H
#define PORT_MAIL_BOUNCE_WORDS_H

#include <stdbool.h>

/* Does one of them stand in the text? */
bool bounce_any(const char *text, const char *const *words);

/* It did not arrive. */
extern const char *const bounce_failures[];
/* Why. In a machine's mouth they say the same. */
extern const char *const bounce_reasons[];
/* It may still arrive. */
extern const char *const bounce_delays[];
/* The host's own words for its letter, at the beginning of a subject. */
extern const char *const bounce_subjects[];
/* Who writes such letters and nothing else: a part of the name, or of the
 * address up to its @. */
extern const char *const bounce_delivery_senders[];
extern const char *const bounce_senders[];
/* Who may be a person as well. */
extern const char *const bounce_hosts[];

#endif
