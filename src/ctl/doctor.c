#include <stdarg.h>

#include "base/arena.h"
#include "base/str.h"
#include "ctl/ctl.h"
#include "ctl/doctor.h"

static const char help[] =
"usage: aftersale doctor [--json]\n"
"\n"
"Looks at everything an installation needs, and says what is wrong and what\n"
"to do about it. Run it as the account the programs run as. The exit status is\n"
"0 when nothing is wrong, else 1.\n"
"\n"
"  --json  the same for machines\n";

enum need { NOTHING, CONF, CONNECTION, TABLES };

/* In this order: later ones need what earlier ones found. */
static const struct check {
	const char *name;
	enum need need;
	struct err *(*run)(struct doctor *d);
} checks[] = {
	{ "configuration", NOTHING,    doctor_conf },
	{ "address",       CONF,       doctor_address },
	{ "folders",       CONF,       doctor_folders },
	{ "space",         CONF,       doctor_space },
	{ "inspector",     CONF,       doctor_inspector },
	{ "reader",        CONF,       doctor_reader },
	{ "templates",     CONF,       doctor_templates },
	{ "words",         CONF,       doctor_words },
	{ "database",      CONF,       doctor_database },
	{ "schema",        CONNECTION, doctor_schema },
	{ "accounts",      TABLES,     doctor_accounts },
	{ "clock",         CONNECTION, doctor_clock },
	{ "people",        TABLES,     doctor_people },
	{ "shops",         TABLES,     doctor_shops },
	{ "counts",        TABLES,     doctor_counts },
	{ "turns",         TABLES,     doctor_turns },
	{ "tickets",       TABLES,     doctor_tickets },
	{ "search",        TABLES,     doctor_search },
	{ "attachments",   TABLES,     doctor_attachments },
	{ "mail",          TABLES,     doctor_mail },
	{ "incoming",      TABLES,     doctor_mail_in },
	{ "courier",       TABLES,     doctor_courier },
	{ "mailroom",      TABLES,     doctor_mailroom },
};
enum { CHECKS = sizeof(checks) / sizeof(*checks), LONGEST = 2000, JSON = 1 << 20 };

struct finding {
	struct finding *next;
	bool wrong;			/* else advice */
	const char *text, *todo;
};

static const char *const missing[] = {
	[CONF] = "a configuration", [CONNECTION] = "the database",
	[TABLES] = "its tables",
};

/* --- findings ------------------------------------------------------------- */

static void add(struct doctor *d, bool wrong, const char *todo,
		const char *fmt, va_list ap)
{
	struct finding *f = NEW(d->ctl->arena, struct finding);
	char *text = arena_alloc(d->ctl->arena, LONGEST);

	vsnprintf(text, LONGEST, fmt, ap);
	*f = (struct finding) { .wrong = wrong, .text = text, .todo = todo };
	*d->last = f;
	d->last = &f->next;
}

void doctor_wrong(struct doctor *d, const char *todo, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(d, true, todo, fmt, ap);
	va_end(ap);
}

void doctor_advise(struct doctor *d, const char *todo, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(d, false, todo, fmt, ap);
	va_end(ap);
}

static bool is_met(const struct doctor *d, enum need need)
{
	switch (need) {
	case NOTHING: break;
	case CONF: return d->ctl->conf != NULL;
	case CONNECTION: return d->connected;
	case TABLES: return d->migrated;
	}
	return true;
}

/* "ok", "advice", "wrong", or "left out" */
static const char *state(const struct doctor *d, const struct check *c)
{
	const char *state = "ok";

	if (!is_met(d, c->need))
		return "left out";
	for (const struct finding *f = d->first; f; f = f->next) {
		if (f->wrong)
			return "wrong";
		state = "advice";
	}
	return state;
}

/* --- telling -------------------------------------------------------------- */

static void print(const struct doctor *d, const struct check *c)
{
	printf("%-9s %s\n", state(d, c), c->name);
	if (!is_met(d, c->need))
		printf("          This could not be looked at without %s.\n",
		       missing[c->need]);
	for (const struct finding *f = d->first; f; f = f->next)
		printf("          %s\n          -> %s\n", f->text, f->todo);
}

static void add_json(struct str *out, const struct doctor *d,
		     const struct check *c)
{
	str_add(out, c == checks ? "{\"name\":" : ",{\"name\":");
	str_add_json(out, c->name);
	str_addf(out, ",\"state\":\"%s\",\"findings\":[", state(d, c));
	for (const struct finding *f = d->first; f; f = f->next) {
		str_addf(out, "{\"level\":\"%s\",\"text\":",
			 f->wrong ? "wrong" : "advice");
		str_add_json(out, f->text);
		str_add(out, ",\"todo\":");
		str_add_json(out, f->todo);
		str_add(out, f->next ? "}," : "}");
	}
	str_add(out, "]}");
}

/* --- all checks ----------------------------------------------------------- */

static void run(struct doctor *d, const struct check *c)
{
	struct err *e = NULL;

	d->first = NULL;
	d->last = &d->first;
	if (is_met(d, c->need))
		e = c->run(d);
	if (e)
		doctor_wrong(d, "This check could not be finished. What it met is"
			     " above.", "%s", e->text);
}

static enum ctl_exit examine(struct doctor *d, bool json)
{
	struct str out;
	int wrong = 0;

	str_init(&out, d->ctl->arena, JSON);
	for (const struct check *c = checks; c < checks + CHECKS; c++) {
		run(d, c);
		wrong += !strcmp(state(d, c), "wrong");
		if (json)
			add_json(&out, d, c);
		else
			print(d, c);
	}
	if (json)
		printf("{\"wrong\":%d,\"checks\":[%s]}\n", wrong, out.text);
	else if (wrong)
		printf("\n%d of %d checks found something wrong.\n", wrong, CHECKS);
	else
		printf("\nNothing is wrong.\n");
	return wrong ? CTL_WRONG : CTL_DONE;
}

enum ctl_exit ctl_doctor(struct ctl *c, int argc, char **argv)
{
	struct doctor d = { .ctl = c };
	bool json = argc == 2 && !strcmp(argv[1], "--json");

	if (argc == 2 && !strcmp(argv[1], "--help")) {
		fputs(help, stdout);
		return CTL_DONE;
	}
	if (argc != 1 + json) {
		fputs(help, stderr);
		return CTL_USAGE;
	}
	return examine(&d, json);
}
