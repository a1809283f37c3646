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

bool address_valid(const char *address);

/* The part behind the last @; "" when there is none. */
const char *address_domain(const char *address);

#endif
