/*
 * enclose - what goes into a letter beside its words: the link the courier
 * makes, the thread it goes on with, and the files of the answer it brings.
 *
 * Files are read as the customer may read them, so that no file of a note is
 * ever among them. What is larger than the setting, or cannot be read now, is
 * left out, and the letter says where it is.
 */
#ifndef COURIER_ENCLOSE_H
#define COURIER_ENCLOSE_H

#include "base/err.h"
#include "courier/deliver.h"

struct arena;
struct outbox;

struct err *enclose(struct courier *c, struct arena *a, const struct outbox *row,
		    struct letter_enclosed *out) MUST_CHECK;

#endif
