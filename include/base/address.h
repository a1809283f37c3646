/*
 * address - is it an e-mail address that may stand in an envelope?
 *
 * The strict grammar of the house: local part a dot-atom or a quoted string,
 * printable ASCII only; domain of letters, digits, hyphens and dots, or a
 * valid UTF-8 name (IDN) that port/mime turns into ASCII; no comments, no
 * routes, no control characters, at most 254 bytes. What passes can be
 * neither a second header nor a second SMTP command.
 */
#ifndef BASE_ADDRESS_H
#define BASE_ADDRESS_H

#include <stdbool.h>

struct arena;

bool address_valid(const char *address);

/* Could it be somebody's address, whether or not our mail host takes it? One
 * that the shop vouches for may have letters beyond ASCII (RFC 6531). */
bool address_plausible(const char *address);

/* Trimmed and lower case, as addresses are stored and compared. */
const char *address_lower(struct arena *a, const char *text);

/* "zoe@example.com" as "z…@example.com": enough to recognise one's own. */
const char *address_masked(struct arena *a, const char *text);

/* The part behind the last @; "" when there is none. */
const char *address_domain(const char *address);

#endif
