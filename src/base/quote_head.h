/*
 * How quotations begin, over several lines; private to base/quote.
 */
#ifndef QUOTE_HEAD_H
#define QUOTE_HEAD_H

#include "quote_line.h"

enum {
	QUOTE_HEAD = 4,			/* lines of "On … wrote:" */
	QUOTE_HEADERS = 16		/* lines of a block From, Sent, To, Subject */
};

/* What follows what. From a HISTORY on all is quoted; the others are folded
 * when nothing but their like stands below them. */
enum block_kind { OWN, QUOTED, HEADED, HISTORY, SIGNATURE, SENT, FOOTER };

struct block {
	enum block_kind kind;
	size_t first;			/* line */
	size_t filled;			/* lines that are not blank */
	int sign;			/* of a signature: line_signs() */
};

struct reading {
	const struct line *line;
	size_t n;
	struct block *block;
	size_t blocks;
	bool own;			/* something stands above */
};

size_t reading_skip(const struct reading *r, size_t i);
/* ">From the shop" is how mail folders write "From the shop". */
bool reading_quotes(const struct reading *r, size_t i);
/* What is the next that is not blank? */
bool reading_quotes_behind(const struct reading *r, size_t i);

/* Do exactly these lines say who wrote what follows? */
bool reading_heads(const struct reading *r, size_t i, size_t n, bool quoted);
/* The lines of "On … wrote:" at i, 0: none; *quoted: ">" follows. */
size_t reading_head(const struct reading *r, size_t i, bool *quoted);
/* The lines of a block From, Sent, To, Subject at i, 0: none. A long list of
 * addresses takes several. */
size_t reading_headers(const struct reading *r, size_t i);
/* "> Message du 4/3/26", some labels with ">", and words without (Orange). */
size_t reading_marked_headers(const struct reading *r, size_t i);
/* The lines that begin a history at i, 0: none. Its headers go with it. */
size_t reading_history(const struct reading *r, size_t i);

#endif
