#include <getopt.h>

#include "base/arena.h"
#include "base/clock.h"
#include "ctl/ctl.h"
#include "desk/mapping.h"
#include "port/conf.h"
#include "port/db.h"
#include "store/connect.h"
#include "store/shop.h"

static const char help[] =
"usage: aftersale shop apply SHOP [options]\n"
"       aftersale shop check SHOP\n"
"\n"
"SHOP is the id of a section [shop.SHOP] of the configuration.\n"
"\n"
"apply makes the nine views as_shop_* in the database of that section, shows\n"
"five orders, and notes how the views are to be read. Repeat it whenever the\n"
"shop was upgraded or moved; what it was told last time is remembered.\n"
"\n"
"  --map MAP             which shop it is: a file of sql/shops, e.g. opencart\n"
"  --from DB             the database of the shop's own tables\n"
"  --prefix PREFIX       what the names of its tables begin with, e.g. oc_\n"
"  --security WHO        DEFINER (default): our account needs no right on the\n"
"                        shop's tables; INVOKER: one account for everything\n"
"  --lang-id N           language id of statuses where orders carry none\n"
"  --user USER           an account that may CREATE VIEW; default: [db.ctl]\n"
"  --password-file FILE  its password, the first line of FILE\n"
"  --socket SOCKET       the server's socket, if not the one of the section\n"
"\n"
"check reads all nine views with the account of the section and says what to\n"
"do about each that cannot be read.\n";

struct job {
	struct ctl *ctl;
	const char *id;			/* "main" of [shop.main] */
	const char *section;		/* "shop.main" */
	struct db *ours;		/* where as_shop is */
	struct db_conf at;		/* where the views are */
	struct db *views;
	struct shop_meta meta;
	const char *map, *from, *prefix, *security, *lang_id;	/* options */
	const char *user, *password_file, *socket;
	ctl_tell *tell;			/* what is wrong with a view */
	void *whom;
};

#define WRONG(j, ...)	FAIL((j)->ctl->arena, ERR_BAD_REQUEST, __VA_ARGS__)

/* --- where, and as whom --------------------------------------------------- */

static struct err *find_section(struct job *j)
{
	const char *const *shops;

	TRY(ctl_conf(j->ctl));
	shops = conf_shops(j->ctl->conf);
	for (size_t i = 0; shops[i]; i++)
		if (!strcmp(shops[i], j->id))
			return NULL;
	return WRONG(j, "%s has no section [shop.%s]", conf_path(j->ctl->conf),
		     j->id);
}

static void locate(struct job *j)
{
	j->at = connect_shop(j->ctl->arena, j->ctl->conf, j->id);
	j->at.timeout_s = j->at.statement_ms = 0;	/* views take what they take */
}

/* The account that makes views: told, or the command line's own. */
static struct err *become_maker(struct job *j)
{
	const struct conf *c = j->ctl->conf;
	const char *text;

	j->at.user = j->user ? j->user : conf_text(c, "db.ctl", "user");
	j->at.password = j->user ? NULL : conf_text(c, "db.ctl", "password");
	if (j->socket)
		j->at.socket = j->socket;
	if (j->password_file) {
		TRY(ctl_read(j->ctl, j->password_file, &text));
		j->at.password = arena_copy(j->ctl->arena, text,
					    strcspn(text, "\r\n"));
	}
	return NULL;
}

static void close_views(void *db)
{
	db_free(db);
}

static struct err *open_views(struct job *j)
{
	j->views = db_new(&j->at);
	arena_defer(j->ctl->arena, close_views, j->views);
	TRY(db_enter(j->views, j->ctl->arena));
	return NULL;
}

/* --- what a failure means ------------------------------------------------- */

static const struct advice {
	unsigned code;
	const char *words;		/* %s: the shop's id */
} advices[] = {
	{ 2002, "The database server does not answer at this address. Is it"
		" running? See host, socket and port in [shop.%s] and [db]." },
	{ 2003, "The database server does not answer at this address. Is it"
		" running? See host, socket and port in [shop.%s] and [db]." },
	{ 2005, "There is no such host. See host in [shop.%s] and [db]." },
	{ 1044, "The account may not use this database. Grant it SELECT on the"
		" as_shop_ views of [shop.%s]." },
	{ 1045, "The server refuses the account or its password. See user and"
		" password in [shop.%s] and [db]." },
	{ 1698, "The server refuses the account or its password. See user and"
		" password in [shop.%s] and [db]." },
	{ 1049, "There is no such database. See db in [shop.%s] and name in"
		" [db]." },
	{ 1146, "The view is not there. Make it: aftersale shop apply %s" },
	{ 1054, "A column is missing: the view is of another kind. Make it"
		" again: aftersale shop apply %s" },
	{ 1142, "The account may not read this view. Grant it SELECT on it, and"
		" on no table of the shop. (aftersale shop apply %s makes"
		" views, it gives no rights.)" },
	{ 1143, "The account may not read a column of this view. Grant it"
		" SELECT on the whole view of [shop.%s]." },
	{ 1356, "The view reads a table or column that is gone (was the shop"
		" upgraded?), or one that its account may not read (views made"
		" with --security INVOKER need rights on the shop's tables)."
		" Make it again: aftersale shop apply %s --security DEFINER" },
	{ 1449, "The account that made the view is gone, as after a move to"
		" another server. Make it again: aftersale shop apply %s" },
	{ 1969, "The shop's database took too long. See the advice on indexes"
		" of: aftersale shop apply %s" },
	{ 0 }
};

static void print_fault(void *whom, const char *what, const char *todo)
{
	(void) whom;
	printf("%s\n    %s\n", what, todo);
}

static void advise(const struct job *j, const char *what, const struct err *e,
		   unsigned code)
{
	struct arena *arena = j->ctl->arena;
	const struct advice *a = advices;
	const char *id, *todo = e->text;

	while (a->code && a->code != code)
		a++;
	id = a->code ? strstr(a->words, "%s") : NULL;
	if (a->code)
		todo = id ? arena_printf(arena, "%.*s%s%s", (int) (id - a->words),
					 a->words, j->id, id + 2)
			  : a->words;
	j->tell(j->whom, arena_printf(arena, "%-28s error %u", what, code), todo);
}

/* --- reading mappings ----------------------------------------------------- */

static const char *first(const char *one, const char *two, const char *three)
{
	return one ? one : two && *two ? two : three;
}

/* What to make: told now, or last time, or in the configuration. */
static struct err *settle_meta(struct job *j)
{
	struct shop_meta last = { 0 };
	struct err *e = store_shop_meta(j->ours, j->id, &last);
	const char *here;

	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	TRY(store_shop_database(j->views, &here));
	j->meta.map = first(j->map, conf_text(j->ctl->conf, j->section, "map"),
			    last.map);
	if (!j->meta.map)
		return WRONG(j, "which shop is it? Say --map, or map in [%s]",
			     j->section);
	if (strspn(j->meta.map, "abcdefghijklmnopqrstuvwxyz0123456789-")
	    != strlen(j->meta.map))
		return WRONG(j, "\"%s\" is no name of a mapping", j->meta.map);
	j->meta.db = first(j->from, last.db, here);
	j->meta.prefix = first(j->prefix, last.prefix, "");
	j->meta.security = first(j->security, last.security, "DEFINER");
	j->meta.lang_id = first(j->lang_id, last.lang_id, "1");
	return NULL;
}

static struct err *has_table(void *whom, const char *table, bool *has)
{
	struct job *j = whom;

	TRY(store_shop_has_table(j->views, j->meta.db, table, has));
	return NULL;
}

static struct err *run_mapping(struct job *j, const char *name,
			       struct shop_meta *meta)
{
	const struct mapping m = {
		.db = j->meta.db, .prefix = j->meta.prefix,
		.security = j->meta.security, .lang_id = j->meta.lang_id,
		.has_table = has_table, .whom = j,
	};
	const char *path = arena_printf(j->ctl->arena, "%s/shops/%s.sql",
					conf_text(j->ctl->conf, "paths", "sql"),
					name);
	const char *text;
	struct str sql;

	TRY(ctl_read(j->ctl, path, &text));
	str_init(&sql, j->ctl->arena, 1 << 20);
	TRY(mapping_expand(j->ctl->arena, text, &m, &sql, meta));
	TRY(db_script(j->views, sql.text));
	return NULL;
}

/* --- apply ---------------------------------------------------------------- */

/* Who is signed in already and still refused was not refused for himself: to
 * all but the mightiest, the server hides that a view's maker is gone. */
static unsigned of_view(unsigned code)
{
	return code == 1045 ? 1449 : code;
}

static struct err *probe_all(struct job *j, int *wrong)
{
	*wrong = 0;
	for (int i = 0; shop_views[i]; i++) {
		struct err *e = store_shop_probe(j->views, i);

		if (!e)
			continue;
		if (!db_errno(j->views))
			return err_passed(e, __func__);
		advise(j, shop_views[i], e, of_view(db_errno(j->views)));
		++*wrong;
	}
	return NULL;
}

static const char *or_none(const char *text)
{
	return text ? text : "-";
}

static struct err *show_samples(struct job *j)
{
	const char *fix = conf_text(j->ctl->conf, j->section, "charset_fix");
	struct shop_source s = {
		.db = j->views, .meta = j->meta,
		.zone = conf_text(j->ctl->conf, j->section, "timezone"),
		.utf8_in_latin1 = fix && !strcmp(fix, "latin1-utf8"),
	};
	const struct shop_order *o;
	struct rows orders;

	TRY(store_shop_samples(&s, &orders));
	o = orders.at;
	if (!orders.n)
		printf("There is no order yet.\n");
	else
		printf("\n%-16s %-20s %-10s %-20s %s\n", "order", "placed (UTC)",
		       "group", "status", "total");
	for (size_t i = 0; i < orders.n; i++)
		printf("%-16s %-20s %-10s %-20s %s %s\n", or_none(o[i].order_no),
		       or_none(o[i].placed_at), o[i].status_group,
		       or_none(o[i].status_name), or_none(o[i].currency),
		       or_none(o[i].total));
	if (orders.n)
		printf("\nIf numbers, times or totals look wrong, this is not the"
		       " right map.\n");
	return NULL;
}

/* Finding an order by its customer reads the whole table without these. */
static struct err *suggest_indexes(struct job *j)
{
	static const struct { const char *table, *column; } wanted[] = {
		{ "order", "customer_id" }, { "order", "email" },
		{ "customer", "email" },
	};
	bool has;

	if (strcmp(j->meta.map, "opencart"))
		return NULL;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		const char *table = arena_printf(j->ctl->arena, "%s%s",
						 j->meta.prefix, wanted[i].table);

		/* Nobody who cannot see the table is told to change it. */
		TRY(store_shop_has_table(j->views, j->meta.db, table, &has));
		if (!has)
			continue;
		TRY(store_shop_has_index(j->views, j->meta.db, table,
					 wanted[i].column, &has));
		if (!has)
			printf("\nOrders would be found faster after this, to be"
			       " run by whoever cares for the shop:\n"
			       "    ALTER TABLE `%s`.`%s` ADD KEY as_%s (%s);\n",
			       j->meta.db, table, wanted[i].column,
			       wanted[i].column);
	}
	return NULL;
}

static void mind_the_zone(const struct job *j)
{
	const char *zone = conf_text(j->ctl->conf, j->section, "timezone");

	if (j->meta.time != SHOP_TIME_LOCAL)
		return;
	if (!clock_zone_exists(zone))
		printf("\nThis machine knows no zone %s: see timezone in [%s].\n",
		       zone, j->section);
	else if (!strcmp(zone, "UTC"))
		printf("\nThis shop stores the time of its own clock. Unless that"
		       " is UTC, set timezone in [%s].\n", j->section);
}

static struct err *apply(struct job *j, enum ctl_exit *rc)
{
	int wrong;

	TRY(ctl_desk(j->ctl, &j->ours));
	TRY(become_maker(j));
	TRY(open_views(j));
	TRY(settle_meta(j));
	TRY(run_mapping(j, "common", NULL));
	TRY(run_mapping(j, j->meta.map, &j->meta));
	TRY(probe_all(j, &wrong));
	if (wrong) {
		*rc = CTL_WRONG;
		return NULL;
	}
	printf("The nine views of %s are made in %s, from the tables %s.%s*.\n",
	       j->meta.map, j->at.name, j->meta.db, j->meta.prefix);
	TRY(show_samples(j));
	TRY(suggest_indexes(j));
	mind_the_zone(j);
	TRY(store_shop_set_meta(j->ours, j->id, &j->meta));
	printf("\nNow see whether the help desk may read them:"
	       " aftersale shop check %s\n", j->id);
	return NULL;
}

/* --- check ---------------------------------------------------------------- */

/* *sound: all views can be read. */
static struct err *examine(struct job *j, bool *sound)
{
	const char *here;
	struct err *e;
	int wrong = 0;

	*sound = false;
	e = store_shop_meta(j->ours, j->id, &j->meta);
	if (e && e->kind == ERR_NOT_FOUND) {
		j->tell(j->whom, "The views were never made.",
			arena_printf(j->ctl->arena, "aftersale shop apply %s", j->id));
		return NULL;
	}
	if (e)
		return err_passed(e, __func__);
	TRY(open_views(j));
	e = store_shop_database(j->views, &here);
	if (e) {
		advise(j, j->section, e, db_errno(j->views));
		return NULL;
	}
	TRY(probe_all(j, &wrong));
	*sound = !wrong;
	return NULL;
}

static struct err *check(struct job *j, enum ctl_exit *rc)
{
	bool sound;

	TRY(ctl_desk(j->ctl, &j->ours));
	TRY(examine(j, &sound));
	*rc = sound ? CTL_DONE : CTL_WRONG;
	if (!sound)
		return NULL;
	TRY(suggest_indexes(j));
	mind_the_zone(j);
	printf("All nine views of [%s] (%s) can be read.\n", j->section,
	       j->meta.map);
	return NULL;
}

struct err *ctl_shop_examine(struct ctl *c, struct db *ours, const char *id,
			     ctl_tell *tell, void *whom)
{
	struct job j = {
		.ctl = c, .ours = ours, .id = id, .tell = tell, .whom = whom,
		.section = arena_printf(c->arena, "shop.%s", id),
	};
	bool sound;

	locate(&j);
	TRY(examine(&j, &sound));
	return NULL;
}

/* --- the command ---------------------------------------------------------- */

static bool read_options(struct job *j, int argc, char **argv)
{
	static const struct option options[] = {
		{ "map", required_argument, NULL, 'm' },
		{ "from", required_argument, NULL, 'f' },
		{ "prefix", required_argument, NULL, 'p' },
		{ "security", required_argument, NULL, 's' },
		{ "lang-id", required_argument, NULL, 'l' },
		{ "user", required_argument, NULL, 'u' },
		{ "password-file", required_argument, NULL, 'w' },
		{ "socket", required_argument, NULL, 'k' },
		{ 0 }
	};
	int o;

	optind = 0;
	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (o) {
		case 'm': j->map = optarg; break;
		case 'f': j->from = optarg; break;
		case 'p': j->prefix = optarg; break;
		case 's': j->security = optarg; break;
		case 'l': j->lang_id = optarg; break;
		case 'u': j->user = optarg; break;
		case 'w': j->password_file = optarg; break;
		case 'k': j->socket = optarg; break;
		default: return false;
		}
	}
	if (optind != argc - 1)
		return false;
	j->id = argv[optind];
	return true;
}

enum ctl_exit ctl_shop(struct ctl *c, int argc, char **argv)
{
	struct job j = { .ctl = c, .tell = print_fault };
	enum ctl_exit rc = CTL_DONE;
	struct err *e;

	if (argc > 1 && !strcmp(argv[1], "--help")) {
		fputs(help, stdout);
		return CTL_DONE;
	}
	if (argc < 2 || (strcmp(argv[1], "apply") && strcmp(argv[1], "check")) ||
	    !read_options(&j, argc - 1, argv + 1)) {
		fputs(help, stderr);
		return CTL_USAGE;
	}
	j.section = arena_printf(c->arena, "shop.%s", j.id);
	e = find_section(&j);
	if (!e) {
		locate(&j);
		e = !strcmp(argv[1], "apply") ? apply(&j, &rc) : check(&j, &rc);
	}
	return e ? ctl_sorry(e) : rc;
}
