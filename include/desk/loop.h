/*
 * loop - what our letters carry in X-Aftersale-Loop, so that we know them
 * when they come back. It names this installation without telling its address.
 */
#ifndef DESK_LOOP_H
#define DESK_LOOP_H

struct arena;

/* `base_url` is [web] base_url; 16 hexadecimal digits. */
const char *loop_id(struct arena *a, const char *base_url);

#endif
