/*
 * house - what a process keeps from one request to the next.
 */
#ifndef WEB_HOUSE_H
#define WEB_HOUSE_H

#include "desk/desk.h"
#include "port/http.h"
#include "port/multipart.h"

struct conf;
struct order_source;
struct record;
struct route;
struct views;

/* Who visits this program; its cookie and its way to sign in follow. */
enum audience { AUDIENCE_CUSTOMERS, AUDIENCE_AGENTS };

struct house {
	const char *program;		/* "storefront" */
	enum audience audience;
	const struct route *routes;
	struct arena *arena;		/* of the process */
	struct conf *conf;
	struct db *db;
	struct views *views;
	struct blob_store *blobs;
	struct order_source *orders;
	struct record *record;		/* NULL, but for a benchmark */
	int shop;			/* as_*.shop_id */
	struct desk_urls urls;
	const char *assets;		/* address of the assets */
	const char *assets_version;	/* hash of what lies there */
	const char *origin;		/* "https://help.shop.example" */
	const char *cookie_path;	/* of cookies that script may set */
	const char *inspector;		/* the program that looks into files */
	const char *reader;		/* the one that reads letters */
	bool cookie_secure;
	struct multipart_limits limits;
	int64_t file_bytes;
	struct arena *kept;		/* of the catalogue below */
	struct catalog *catalog;	/* empty before the first request */
	struct bytes form_secret;
	long upkeep;			/* see house_statements() */
	bool schema_fits;		/* the database has the steps we need */
	const struct route *last;	/* of the last visit that did not fail */
	long over;			/* its statements above the budget */
};

/* From the configuration; no connection is made yet. */
struct err *house_open(struct house *h, struct arena *a, struct conf *conf,
		       const char *program) MUST_CHECK;
void house_close(struct house *h);

/* With every request: our database and the shop's, in its arena. ERR_UPSTREAM
 * until the database was migrated to what this program needs. */
struct err *house_enter(struct house *h, struct arena *request) MUST_CHECK;

/* Statements of this request to our database, but for those that brought
 * settings and lists up to date after somebody changed them. */
long house_statements(const struct house *h);

/* The catalogue of this revision. */
struct err *house_refresh(struct house *h, int64_t revision) MUST_CHECK;

/* Answer one visit; what http_run() calls. */
void house_serve(void *house, struct arena *a, const struct http_visit *v,
		 struct http_answer *an);

#endif
