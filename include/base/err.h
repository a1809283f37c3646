/*
 * err - what went wrong, in a form the top floor can answer.
 *
 * A function that can fail returns `struct err *`, and NULL means it worked.
 * The kind decides what the visitor sees; the text is for the log alone and
 * may name tables, hosts and ids. An err lives in the arena of its request.
 *
 * A mistake in a form is not an err: it is an answer (see web/form.h).
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

struct arena;

enum err_kind {
	ERR_BAD_REQUEST,	/* malformed: no browser of ours sent this */
	ERR_FORBIDDEN,		/* this person may not do that */
	ERR_NOT_FOUND,		/* no such thing, no longer, or not theirs */
	ERR_CONFLICT,		/* somebody else was faster */
	ERR_TOO_LARGE,		/* over a limit of size or number */
	ERR_TOO_MANY,		/* over a limit of tries: wait */
	ERR_RETRY,		/* the database asks to run the page again */
	ERR_UPSTREAM,		/* database, shop or mail host is away */
	ERR_FULL,		/* no room left on the disk */
	ERR_BUG,		/* we broke one of our own rules */
	ERR_KINDS
};

struct err {
	enum err_kind kind;
	const char *text;	/* for the log */
	const char *path;	/* "store_ticket_find < ticket_reply < ..." */
	struct arena *arena;
};

struct err *err_new(struct arena *a, enum err_kind kind, const char *where,
		    const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
struct err *err_passed(struct err *e, const char *where);

#define FAIL(a, kind, ...)	err_new((a), (kind), __func__, __VA_ARGS__)

/* The only macro in the house that returns: hand a failure to the caller. */
#define TRY(call)						\
	do {							\
		struct err *try_err = (call);			\
		if (try_err)					\
			return err_passed(try_err, __func__);	\
	} while (0)

#define MUST_CHECK	__attribute__((warn_unused_result))

#endif
