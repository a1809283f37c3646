/*
 * patience - when to try a letter again that a mail host refused for now.
 *
 * 1, 2, 4 … minutes, at most an hour, for five days. Only answers to the
 * letter itself count; a host that is away does not use up its patience.
 */
#ifndef DESK_PATIENCE_H
#define DESK_PATIENCE_H

#include <stdbool.h>

/* Seconds until the next try, after so many refusals (1, 2, …). */
long patience_after(int attempts);

/* Were these refusals the last ones? */
bool patience_is_over(int attempts);

#endif
