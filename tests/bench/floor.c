/*
 * floor - the least that a program could do which answers the same visits.
 *
 *	floor RECORD PLACE	a FastCGI worker on descriptor 0; PLACE is where
 *				among the visits it begins, in per mille
 *	floor --count RECORD	what the server reads for them: prints visits,
 *				statements and rows read, each line one number
 *
 * Each request is answered by the next visit of the record: its statements
 * are run (replay.h), the body of a post is read and thrown away, and as many
 * bytes go out as the product sent. No template, no session, no check.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcgiapp.h>

#include "base/arena.h"
#include "replay.h"

enum { PIECE = 64 * 1024 };

static char filler[PIECE];

static void throw_away(FCGX_Stream *in)
{
	static char piece[PIECE];

	while (FCGX_GetStr(piece, sizeof(piece), in) > 0)
		;
}

static void give(FCGX_Stream *out, size_t n)
{
	for (size_t some; n; n -= some) {
		some = n < PIECE ? n : PIECE;
		if (FCGX_PutStr(filler, (int) some, out) < 0)
			return;
	}
}

/* One header in place of all others, as long as they are together. */
static void give_head(FCGX_Stream *out, const struct visit *v)
{
	static const char name[] = "X-Floor: ";
	size_t least = sizeof(name) - 1 + 2;

	FCGX_FPrintF(out, "Status: %d As recorded\r\n", v->status);
	if (v->status != 304)
		FCGX_FPrintF(out, "Content-Type: %s\r\nContent-Length: %d\r\n",
			     v->type, (int) v->body);
	if (v->head > least) {
		FCGX_PutS(name, out);
		give(out, v->head - least);
		FCGX_PutS("\r\n", out);
	}
	FCGX_PutS("\r\n", out);
}

static void answer(FCGX_Request *f, struct replay *r, const struct visit *v)
{
	throw_away(f->in);
	if (!replay_visit(r, v)) {
		FCGX_PutS("Status: 500 Not as recorded\r\n\r\n", f->out);
		return;
	}
	give_head(f->out, v);
	give(f->out, v->body);
}

static int serve(struct replay *r, const struct visits *all, size_t next)
{
	FCGX_Request f;

	memset(filler, 'f', sizeof(filler));
	if (FCGX_Init() || FCGX_InitRequest(&f, 0, 0))
		return EXIT_FAILURE;
	while (!FCGX_Accept_r(&f)) {
		answer(&f, r, &all->at[next]);
		FCGX_Finish_r(&f);
		FCGX_Free(&f, 1);
		next = (next + 1) % all->n;
	}
	return EXIT_SUCCESS;
}

/* What the asking itself reads is taken off. */
static int count(struct replay *r, const struct visits *all)
{
	int64_t first = replay_rows_read(r), before = replay_rows_read(r);
	size_t statements = 0;

	for (size_t i = 0; i < all->n; i++) {
		if (!replay_rolled_back(r, &all->at[i]))
			return EXIT_FAILURE;
		statements += all->at[i].n_steps;
	}
	printf("%zu\n%zu\n%lld\n", all->n, statements,
	       (long long) (replay_rows_read(r) - before - (before - first)));
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	bool counting = argc == 3 && !strcmp(argv[1], "--count");
	struct arena *a = arena_new("floor");
	struct visits all;
	struct replay *r;

	if (argc != 3) {
		fprintf(stderr, "usage: floor RECORD PLACE | floor --count RECORD\n");
		return 2;
	}
	if (!visits_read(a, argv[1 + counting], &all)) {
		fprintf(stderr, "floor: %s is no record\n", argv[1 + counting]);
		return 2;
	}
	r = replay_new(a, &all);
	if (counting)
		return count(r, &all);
	return serve(r, &all, all.n * (size_t) strtoul(argv[2], NULL, 10) / 1000 % all.n);
}
