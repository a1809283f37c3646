/* Words by which mail programs betray themselves; private to base/quote. In
 * each list ASCII letters match in either case, others as they are written. */
#ifndef QUOTE_WORDS_H
#define QUOTE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* "wrote": what makes a line the head of a quotation. */
extern const char *const quote_verbs[];
/* "you wrote": somebody tells what was said, unless ">" follows. */
extern const char *const quote_told[];
/* "On ": how such lines begin. */
extern const char *const quote_openers[];
/* What may follow the "Mon" of "Monday". */
extern const char *const quote_day_ends[];

/* "Original Message", between dashes. */
extern const char *const quote_originals[];
/* "Forwarded message", between dashes. */
extern const char *const quote_forwarded[];
/* "Fwd", in front of the colon of a subject. */
extern const char *const quote_forward_subjects[];
/* "Begin forwarded message": a line of its own, without dashes. */
extern const char *const quote_forwards[];
/* "reply above this line", anywhere in a line. */
extern const char *const quote_above[];

/* "From", "Sent" …: in front of a colon, at most one blank before it. */
enum quote_label { LABEL_NONE, LABEL_FROM, LABEL_DATE, LABEL_TO, LABEL_CC,
		   LABEL_SUBJECT, LABELS };
extern const char *const *const quote_labels[LABELS];

/* "Sent from my": with a thing of quote_things, or of quote_own_things. */
extern const char *const quote_sent_mine[];
/* "Sent from", or at the end "から送信": with a thing of quote_things. */
extern const char *const quote_sent[];
extern const char *const quote_sent_ends[];
/* "Von … gesendet": at the beginning and at the end, with either. */
extern const char *const quote_sent_around[];
extern const char *const quote_sent_around_ends[];
extern const char *const quote_things[];
extern const char *const quote_own_things[];
/* What such a line may go on with behind a full stop. */
extern const char *const quote_excuses[];

/* "P.S.": behind a signature, too, somebody goes on. */
extern const char *const quote_postscripts[];
/* "See my answers below": some of them stand among lines that nothing marks. */
extern const char *const quote_among[];
/* "I wrote to": whoever tells what they did themselves. */
extern const char *const quote_mine[];

/* Words of what mailing lists put below each letter. */
extern const char *const quote_list_feet[];

/* Does one of them stand at the beginning (its length; 0: none), … */
size_t quote_starts(const char *text, const char *const *words);
/* … at the end, or anywhere as a word of its own? */
bool quote_ends(const char *text, const char *const *words);
bool quote_has(const char *text, const char *const *words);

#endif
