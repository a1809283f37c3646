/*
 * stage - the help desk and its shop, without a web server.
 *
 * Each scene gets a fresh one: an empty database as `aftersale migrate`
 * leaves it, the shop of shop.sql, and the four programs, whose pages are
 * the real ones. A visit goes straight to house_serve().
 */
#ifndef STAGE_H
#define STAGE_H

#include "base/shape.h"
#include "port/http.h"
#include "web/house.h"

struct arena;
struct conf;
struct db;

enum { PROGRAMS = 4 };

/* Where a browser keeps what we gave it. */
struct cookie {
	struct cookie *next;
	const char *name, *value;
};

/* The pages they were shown: a browser can go back. */
struct shown {
	struct shown *before;
	const char *page;
};

struct person {
	struct person *next;
	const char *name;		/* "customer 101" */
	const char *remote;		/* network address */
	struct cookie *cookies;
	struct shown *shown;		/* the last one; NULL: none yet */
};

/* A field of a form; with a file name it is a file. */
struct sent {
	struct sent *next;
	const char *name, *file, *type;
	struct bytes value;
};

struct visit {
	const char *method, *path;	/* below /help, with its query */
	struct sent *fields;
	const char *origin, *language, *fetch_site, *partial, *none_match;
	const char *raw;		/* a body as it is, of the type */
	const char *type;		/* Content-Type, when it is told */
	long cut;			/* so many bytes of the body are lost */
};

struct answer {
	int status;
	const char *type, *headers;	/* "Name: value\r\n" … */
	const char *location;		/* below /help; "" without one */
	struct bytes body;		/* with a NUL behind it */
};

struct stage {
	struct arena *arena;		/* of the scene */
	struct arena *request;
	struct conf *conf;
	struct db *db;			/* a connection of our own */
	struct house house[PROGRAMS];
	struct person *people, *who;
	struct answer seen, before;	/* the last answer, and the one before */
	const char *path, *path_before;
	int64_t letters;		/* the newest one before the last visit */
	const char *over;		/* more statements than the budget; NULL */
};

/* Opens everything; `conf` is a configuration file. */
struct err *stage_open(struct stage *s, const char *conf) MUST_CHECK;
void stage_close(struct stage *s);

/* The person of this name, made when nobody has it yet. */
struct person *stage_person(struct stage *s, const char *name);

/* One visit of s->who; the answer is s->seen. */
void stage_visit(struct stage *s, const struct visit *v);

/* The value of a header of the last answer; NULL: it has none of that name. */
const char *stage_header(struct stage *s, const char *name);

/* "https://shop.example/help", of every program's address. */
const char *stage_base(struct stage *s);

/* Runs what a story sets up; asks for one value, "" for none. */
struct err *stage_sql(struct stage *s, const char *sql) MUST_CHECK;
struct err *stage_ask(struct stage *s, const char *select, const char **out) MUST_CHECK;

/* A letter came in: its bytes as they are. And: all that came are decided. */
struct err *stage_letter(struct stage *s, struct bytes raw) MUST_CHECK;
struct err *stage_sort(struct stage *s) MUST_CHECK;

/* The courier lets the search learn what was written. */
struct err *stage_learn(struct stage *s) MUST_CHECK;

/* An account for somebody of the staff, with the password `password`. */
struct err *stage_agent(struct stage *s, const char *email, const char *role,
			const char *password) MUST_CHECK;

/* The letters that the last visit caused, to an address ("": to anybody):
 * rendered as the courier would, subject and text; rows of const char *. */
struct err *stage_letters(struct stage *s, const char *address,
			  struct rows *out) MUST_CHECK;

#endif
