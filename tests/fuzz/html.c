/* Any bytes as the HTML of a letter: what comes out is canonical, and stays
 * the same when it is cleaned once more. with: canonical.c
 * seeds: corpus/xss fuzz/seeds/html */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "canonical.h"
#include "port/html_clean.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool truth, const char *what, const char *html)
{
	if (truth)
		return;
	fprintf(stderr, "%s: %s\n", what, html);
	abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new("fuzz");
	struct html_clean once, twice;
	const char *complaint;

	must(!html_clean(a, (struct bytes) { data, n }, &once), "failed", "");
	complaint = html_uncanonical(once.html);
	must(!complaint, complaint ? complaint : "", once.html);
	must(!html_clean(a, (struct bytes) { once.html, strlen(once.html) }, &twice),
	     "failed", once.html);
	must(!strcmp(once.html, twice.html), "not the same again", once.html);
	must(once.pictures == twice.pictures && once.n_cids == twice.n_cids,
	     "pictures lost", once.html);
	arena_free(a);
	return 0;
}
