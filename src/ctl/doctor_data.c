#include <stdlib.h>
#include <sys/stat.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/clock.h"
#include "ctl/ctl.h"
#include "ctl/doctor.h"
#include "port/blob.h"
#include "port/conf.h"
#include "port/db.h"
#include "port/secret.h"
#include "store/agent.h"
#include "store/attachment.h"
#include "store/connect.h"
#include "store/health.h"
#include "store/index.h"
#include "store/mail.h"
#include "store/outbox.h"
#include "store/schema.h"

enum { SHOP = 1, OLDEST_MAJOR = 10, OLDEST_MINOR = 6, MIB = 1 << 20 };

/* --- the server ----------------------------------------------------------- */

/* Why there is no connection, and what to do. */
static const struct advice {
	unsigned code;
	const char *todo;
} advices[] = {
	{ 1044, "Grant the account all rights on this database." },
	{ 1045, "See user and password in [db] and [db.ctl]." },
	{ 1698, "See user and password in [db] and [db.ctl]." },
	{ 1049, "Create the database, or see name in [db]." },
	{ 1040, "The server has too many connections: raise max_connections." },
	{ 2002, "Is the server running? See host, socket and port in [db]." },
	{ 2003, "Is the server running? See host, socket and port in [db]." },
	{ 2005, "There is no such host. See host in [db]." },
	{ 2026, "See ssl_ca in [db]." },
	{ 0, "See [db]." },
};

static const char *advice_for(unsigned code)
{
	const struct advice *a = advices;

	while (a->code && a->code != code)
		a++;
	return a->todo;
}

static void check_version(struct doctor *d, const char *version)
{
	char *end;
	long major = strtol(version, &end, 10);
	long minor = *end == '.' ? strtol(end + 1, NULL, 10) : 0;

	if (!strstr(version, "MariaDB"))
		doctor_wrong(d, "Move to MariaDB 10.6 or newer.",
			     "%s is no MariaDB.", version);
	else if (major < OLDEST_MAJOR ||
		 (major == OLDEST_MAJOR && minor < OLDEST_MINOR))
		doctor_wrong(d, "Upgrade the server.",
			     "MariaDB %s is too old, 10.6 is the oldest that will"
			     " do.", version);
}

static void check_server(struct doctor *d, const struct health_server *s)
{
	check_version(d, s->version);
	if (!strstr(s->sql_mode, "STRICT_TRANS_TABLES"))
		doctor_wrong(d, "Something between us and the server drops what we"
			     " ask for: connect without it.",
			     "Our connection has sql_mode '%s'.", s->sql_mode);
	if (strcmp(s->charset, "utf8mb4"))
		doctor_wrong(d, "Something between us and the server drops what we"
			     " ask for: connect without it.",
			     "Our connection speaks %s, not utf8mb4.", s->charset);
	if (strcmp(s->database_charset, "utf8mb4"))
		doctor_advise(d, "ALTER DATABASE ... CHARACTER SET utf8mb4",
			      "The database begins new tables in %s. Ours name"
			      " utf8mb4 themselves.", s->database_charset);
	if (s->flush != 1)
		doctor_advise(d, "Set it to 1 in the server's configuration.",
			      "innodb_flush_log_at_trx_commit is %d: after a power"
			      " cut the last second's messages are gone.", s->flush);
	if (s->packet < 4 * MIB)
		doctor_advise(d, "Set max_allowed_packet to 16M or more.",
			      "The server takes no statement above %lld bytes.",
			      (long long) s->packet);
}

struct err *doctor_database(struct doctor *d)
{
	struct health_server server = { 0 };
	struct err *e = ctl_db(d->ctl, &d->db);

	if (!e)
		e = store_health_server(d->db, &server);
	if (e) {
		doctor_wrong(d, advice_for(d->db ? db_errno(d->db) : 0),
			     "%s", e->text);
		return NULL;
	}
	d->connected = true;
	check_server(d, &server);
	return NULL;
}

struct err *doctor_clock(struct doctor *d)
{
	struct health_server server;
	int64_t off;

	TRY(store_health_server(d->db, &server));
	off = (clock_parse(server.now) - clock_now()) / SECOND;
	if (off > 5 || off < -5)
		doctor_wrong(d, "Let both machines ask a time server (ntp).",
			     "The database's clock is %lld seconds off from this"
			     " machine's.", (long long) off);
	return NULL;
}

/* --- tables and rights ---------------------------------------------------- */

struct err *doctor_schema(struct doctor *d)
{
	struct err *e = store_schema_check(d->db);
	const struct schema_step *last;
	struct rows rows;

	if (e && e->kind == ERR_UPSTREAM && !db_errno(d->db)) {
		doctor_wrong(d, "aftersale migrate", "%s", e->text);
		return NULL;
	}
	if (e && db_errno(d->db) == 1146) {
		doctor_wrong(d, "aftersale migrate", "The tables are not made yet.");
		return NULL;
	}
	TRY(e);
	d->migrated = true;
	TRY(store_schema_list(d->db, &rows));
	last = rows.at;
	last += rows.n - 1;
	if (last->version > SCHEMA_VERSION)
		doctor_advise(d, "Finish the upgrade: replace these programs, too.",
			      "The database is at step %d, these programs know %d.",
			      last->version, SCHEMA_VERSION);
	return NULL;
}

static void close_db(void *db)
{
	db_free(db);
}

/* As that program would, with its account. */
static struct err *try_account(struct doctor *d, const char *program)
{
	struct arena *a = d->ctl->arena;
	const struct conf *c = d->ctl->conf;
	const char *section = program ? arena_printf(a, "db.%s", program) : "db";
	struct db_conf at;
	const char *user = conf_text(c, section, "user");
	struct db *db;
	struct err *e;

	at = connect_ours(a, c, program);
	db = db_new(&at);
	arena_defer(a, close_db, db);
	TRY(db_enter(db, a));
	e = store_health_rights(db);
	if (e)
		doctor_wrong(d, arena_printf(a, "Grant it SELECT, INSERT, UPDATE and"
			     " DELETE on %s.*; see also [%s].",
			     conf_text(c, "db", "name"), section),
			     "The account %s cannot work: %s", user, e->text);
	return NULL;
}

struct err *doctor_accounts(struct doctor *d)
{
	static const char *const programs[] = {
		"storefront", "board", "panel", "config", "courier",
	};
	const char *usual = conf_text(d->ctl->conf, "db", "user");

	TRY(try_account(d, NULL));
	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++) {
		const char *section = arena_printf(d->ctl->arena, "db.%s",
						   programs[i]);

		if (strcmp(conf_text(d->ctl->conf, section, "user"), usual))
			TRY(try_account(d, programs[i]));
	}
	return NULL;
}

/* --- what is in it -------------------------------------------------------- */

struct err *doctor_people(struct doctor *d)
{
	int64_t keepers;

	TRY(store_agent_keepers(d->db, &keepers));
	if (!keepers)
		doctor_wrong(d, "aftersale admin add --role administrator ...",
			     "There is nobody who may manage accounts.");
	return NULL;
}

static void tell_shop(void *doctor, const char *what, const char *todo)
{
	doctor_wrong(doctor, todo, "%s", what);
}

struct err *doctor_shops(struct doctor *d)
{
	const char *const *shop = conf_shops(d->ctl->conf);

	if (!*shop)
		doctor_advise(d, "Add a section [shop.main]; see aftersale.conf(5).",
			      "No shop is connected: agents see no orders, and"
			      " customers cannot come from the shop.");
	for (; *shop; shop++)
		TRY(ctl_shop_examine(d->ctl, d->db, *shop, tell_shop, d));
	return NULL;
}

/* The courier is never more than a few seconds late, unless there is much. */
struct err *doctor_search(struct doctor *d)
{
	int64_t age;

	TRY(store_index_age(d->db, SHOP, &age));
	if (age > 3 * 60)
		doctor_advise(d, "The courier goes on with it, if it runs;"
			      " `aftersale search fill` is faster.",
			      "The search does not know yet what was written in the"
			      " last %lld minutes.", (long long) age / 60 + 1);
	return NULL;
}

/* --- attachments ---------------------------------------------------------- */

struct strays {
	struct doctor *d;
	int64_t n;
};

static struct err *count_stray(void *what, struct bytes sha256)
{
	struct strays *s = what;
	bool known;

	TRY(store_blob_known(s->d->db, sha256, &known));
	s->n += !known;
	return NULL;
}

struct err *doctor_attachments(struct doctor *d)
{
	const char *path = conf_text(d->ctl->conf, "paths", "attachments");
	struct strays strays = { .d = d };
	struct blob_store *blobs;
	const struct blob_row *row;
	struct stat st;
	struct rows rows;
	size_t lost = 0;

	if (stat(path, &st))
		return NULL;		/* doctor_folders() has told */
	TRY(blob_open(d->ctl->arena, path, &blobs));
	TRY(store_blob_sample(d->db, &rows));
	row = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		lost += !blob_exists(blobs, row[i].sha256);
	if (lost)
		doctor_wrong(d, "Bring the folder back from a backup; nobody can open"
			     " these files.", "%zu of the newest %zu files are"
			     " missing in %s.", lost, rows.n, path);
	TRY(blob_walk(blobs, d->ctl->arena, DAY / SECOND, count_stray, &strays));
	if (strays.n)
		doctor_advise(d, "The courier deletes them, if it runs.",
			      "%lld files in %s belong to nothing.",
			      (long long) strays.n, path);
	return NULL;
}

/* --- mail ----------------------------------------------------------------- */

struct err *doctor_mail(struct doctor *d)
{
	const char *from = conf_text(d->ctl->conf, "mail", "from");
	struct health_letters letters;
	struct mail_host away;

	if (!from || !address_valid(from))
		doctor_wrong(d, "Set from in [mail].",
			     "There is no address to send from: letters wait.");
	TRY(store_health_letters(d->db, &letters));
	TRY(store_mail_host_worst(d->db, &away));
	if (away.host && away.away_s)
		doctor_wrong(d, "Is it running? See smtp_url, smtp_user and smtp_tls"
			     " in [mail].", "%s has not taken mail for %lld minutes:"
			     " %s", away.host, (long long) away.away_s / 60,
			     away.last_error ? away.last_error : "no answer");
	else if (letters.overdue)
		doctor_wrong(d, "Does the courier run? See below, and its log.",
			     "%lld letters are overdue, the oldest since %lld"
			     " minutes.", (long long) letters.overdue,
			     (long long) letters.oldest_min);
	if (letters.failed)
		doctor_advise(d, "See them in the panel under Letters, and try again.",
			      "%lld letters could not be delivered last week.",
			      (long long) letters.failed);
	return NULL;
}

/* What came in: sorted within seconds, and looked at within days. */
struct err *doctor_mail_in(struct doctor *d)
{
	struct mail_tally t;

	TRY(store_mail_tally(d->db, SHOP, &t));
	if (t.due && t.oldest_s > 5 * 60)
		doctor_wrong(d, "Does the mailroom run? See its log, and"
			     " aftersale-mailroom(8).",
			     "%lld letters that came in are not sorted, the oldest"
			     " since %lld minutes.", (long long) t.due,
			     (long long) t.oldest_s / 60);
	if (t.bad)
		doctor_advise(d, "See them with `aftersale mail list bad`.",
			      "%lld letters that came in could not be read or stored.",
			      (long long) t.bad);
	if (t.held)
		doctor_advise(d, "See them in the panel, or with `aftersale mail"
			      " list held`.", "%lld letters that came in wait for a"
			      " person.", (long long) t.held);
	if (t.lost)
		doctor_wrong(d, "See their trace with `aftersale mail show`, and tell us.",
			     "%lld letters became a message that is not there.",
			     (long long) t.lost);
	return NULL;
}

struct err *doctor_courier(struct doctor *d)
{
	static const char todo[] = "Start it as a service, or let cron run"
		" `courier --once` every minute; see aftersale-courier(8).";
	int64_t silence;

	TRY(store_health_silence(d->db, &silence));
	if (silence < 0)
		doctor_wrong(d, todo, "The courier has never run: no mail goes out.");
	else if (silence > 5 * 60)
		doctor_wrong(d, todo, "The courier has not run for %lld minutes: no"
			     " mail goes out.", (long long) silence / 60 + 1);
	return NULL;
}
