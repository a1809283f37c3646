/*
 * mail_wire - a struct mail in a row of bytes, for the way from the locked
 * reader to who asked it.
 *
 * Texts with their length, numbers in eight bytes, lists with their count, in
 * one fixed order; nothing says what comes next, so there is nothing to be
 * confused by. The bytes may be written by whoever took the reader over:
 * every length is checked against what is left, every text for UTF-8 and
 * control characters, every address and Message-ID for its form, every file
 * for lying within the file of bytes. What does not fit exactly is refused.
 */
#ifndef PORT_MAIL_WIRE_H
#define PORT_MAIL_WIRE_H

#include "base/str.h"
#include "port/mail.h"

enum { MAIL_WIRE_MOST = 16 << 20 };

struct bytes mail_pack(struct arena *a, const struct mail *m);

/* `size` is that of the file of bytes. False: nobody honest wrote this. */
bool mail_unpack(struct arena *a, struct bytes from, int64_t size,
		 struct mail *out);

#endif
