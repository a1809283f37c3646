/*
 * play - what the parts of the player share.
 *
 *	play.c        the story: its lines and their verbs
 *	play_words.c  words, escapes and variables
 *	play_ask.c    forms as a browser fills them, and visits
 *	play_look.c   what a page, a mail and the tables must hold; the world
 *	play_mail.c   letters from outside
 *	play_who.c    the shop's tokens, people, every route for everybody
 */
#ifndef PLAY_H
#define PLAY_H

#include <stdio.h>
#include <string.h>

#include "stage.h"

enum { MOST_LINE = 8192, MOST_THEMES = 8, MOST_VALUE = 64 << 20,
       MOST_WALKERS = 12, MOST_ROUTES = 200 };

struct variable {
	struct variable *next;
	const char *name, *value;
};

struct play {
	struct stage stage;
	const char *file;
	int line, bad;
	struct variable *variables;
	struct visit visit;		/* being written down */
	struct sent **next_field;
	bool asked;			/* and not yet made */
	const char *letter;		/* the one that was looked at last */
	const char *theme[MOST_THEMES];	/* files, to be taken away */
	size_t themes;
	const char *walkers[MOST_WALKERS], *walked[MOST_ROUTES];
	size_t n_walkers, n_walked;
};

static inline struct arena *arena(struct play *p)
{
	return p->stage.arena;
}

/* Something is not as the story says; it goes on. */
void complain(struct play *p, const char *what, const char *detail);
void must(struct play *p, struct err *e);

/* ---- words and variables ---- */

void set(struct play *p, const char *name, const char *value);
const char *get(struct play *p, const char *name);
size_t name_length(const char *at);

/* Escapes and $variables replaced; it may hold NULs. */
struct bytes expand(struct play *p, const char *text);
const char *expanded(struct play *p, const char *text);

/* The next word, "quoted" when it has blanks; *rest moves behind it. */
char *word(struct play *p, char **rest);

/* Does it begin with these words and a blank, or end there? Then behind them. */
char *after(char *line, const char *words);

/* * is anything, {name} is anything but / and # and is kept. */
bool fits(struct play *p, const char *pattern, const char *text);

/* ---- visits ---- */

void begin(struct play *p, const char *method, const char *path);
void add_field(struct play *p, const char *name, struct bytes value);
/* "@repeat 100 ab", "@file name" or the text itself. */
struct bytes value_of(struct play *p, char *text);
void go(struct play *p);

/* ---- verbs ---- */

typedef void act(struct play *p, char *rest);

act act_answer, act_get, act_post, act_file, act_fields, act_with, act_body,
    act_cut;
act act_has, act_lacks, act_header, act_same, act_keep, act_mail,
    act_no_mail, act_rows, act_sql, act_learn, act_clock, act_theme;
act act_letter, act_sort;
act act_token, act_customer, act_guest, act_agent, act_administrator,
    act_forget, act_cookie, act_walkers, act_route, act_every_route;

#endif
