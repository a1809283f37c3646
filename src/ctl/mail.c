#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/words.h"
#include "ctl/ctl.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/incoming.h"
#include "desk/trace.h"
#include "port/blob.h"
#include "port/conf.h"
#include "port/db.h"
#include "port/reader.h"
#include "store/mail.h"

enum { SHOP = 1, HEADERS = 256 << 10, PAGE = 50 };

static const char help[] =
"usage: aftersale mail list [new|done|held|bad] [BEFORE]\n"
"       aftersale mail show ID\n"
"       aftersale mail replay ID\n"
"\n"
"Letters that came in. list shows the newest of a state, held ones if none is\n"
"named, and behind the letter BEFORE if one is; show tells what was decided\n"
"about one and why, and its headers as they came. replay reads the original\n"
"again and makes words, HTML and files of its message anew, after an upgrade\n"
"that reads better; what was decided stays.\n";

static const struct actor us = { .kind = ACTOR_SYSTEM, .shop = SHOP, .name = "" };

static const char *or_dash(const char *text)
{
	return text && *text ? text : "-";
}

static bool state_named(const char *word, enum mail_row_state *out)
{
	for (int i = 0; mail_row_state_codes[i]; i++) {
		if (strcmp(mail_row_state_codes[i], word))
			continue;
		*out = (enum mail_row_state) i;
		return true;
	}
	return false;
}

static struct err *list(struct ctl *c, enum mail_row_state state, int64_t before)
{
	const struct mail_row *m;
	struct rows rows;
	struct db *db;

	TRY(ctl_desk(c, &db));
	TRY(store_mail_list(db, &us, state, before, &rows));
	m = rows.at;
	for (size_t i = 0; i < rows.n && i < PAGE; i++)
		printf("%lld\t%.19s\t%s\t%s\t%s\t%s\n", (long long) m[i].id,
		       m[i].received_at, or_dash(m[i].outcome), or_dash(m[i].reason),
		       or_dash(m[i].from_address), or_dash(m[i].subject));
	if (rows.n > PAGE)
		printf("More: aftersale mail list %s %lld\n",
		       mail_row_state_codes[state], (long long) m[PAGE - 1].id);
	return NULL;
}

/* --- one letter --------------------------------------------------------------- */

static struct err *find(struct ctl *c, struct db *db, const char *id,
			struct mail_row *row)
{
	struct err *e = store_mail_find(db, &us, strtoll(id, NULL, 10), row);

	if (e && e->kind == ERR_NOT_FOUND)
		return FAIL(c->arena, ERR_NOT_FOUND, "There is no letter %s.", id);
	return e ? err_passed(e, __func__) : NULL;
}

static struct err *original(struct ctl *c, const struct mail_row *row, int *fd)
{
	struct blob_store *blobs;
	int64_t size;

	TRY(blob_open(c->arena, conf_text(c->conf, "paths", "attachments"), &blobs));
	TRY(blob_get(blobs, c->arena, row->sha256, fd, &size));
	return NULL;
}

/* As they came; what a terminal would obey is shown as a question mark. */
static void print_headers(int fd)
{
	static char raw[HEADERS];
	ssize_t n = pread(fd, raw, sizeof(raw), 0);
	char before = '\n';

	for (ssize_t i = 0; i < n; i++) {
		unsigned char ch = (unsigned char) raw[i];

		if (ch == '\r')
			continue;
		if (ch == '\n' && before == '\n')
			break;
		before = (char) ch;
		putchar(ch == '\n' || ch == '\t' || (ch >= 0x20 && ch != 0x7f) ? ch : '?');
	}
}

static struct err *show(struct ctl *c, const char *id)
{
	const struct trace_line *line;
	struct mail_row row;
	struct db *db;
	size_t n;
	int fd;

	TRY(ctl_desk(c, &db));
	TRY(find(c, db, id, &row));
	printf("letter    %lld, %lld bytes by %s, copies: %d\n", (long long) row.id,
	       (long long) row.size, mail_way_codes[row.way], row.copies);
	printf("received  %.19s\n", row.received_at);
	printf("state     %s, class %s, outcome %s, reason %s\n",
	       mail_row_state_codes[row.state], or_dash(mail_class_codes[row.class]),
	       or_dash(row.outcome), or_dash(row.reason));
	printf("from      %s, envelope %s\n", or_dash(row.from_address),
	       or_dash(row.envelope_from));
	printf("ticket    %lld, message %lld\n", (long long) row.ticket_id,
	       (long long) row.message_id);
	if (row.last_error)
		printf("error     %s (tries: %d)\n", row.last_error, row.attempts);
	line = trace_read(c->arena, row.trace, &n);
	for (size_t i = 0; i < n; i++)
		printf("  %zu. %s\n", i + 1, line[i].words);
	printf("\n");
	TRY(original(c, &row, &fd));
	print_headers(fd);
	return NULL;
}

static struct err *replay(struct ctl *c, const char *id)
{
	struct incoming in = { 0 };
	struct catalog *catalog;
	struct mail_row row;
	struct desk d;
	struct mail m;
	int fd, files_fd;
	struct err *e;
	struct db *db;

	TRY(ctl_desk(c, &db));
	TRY(find(c, db, id, &row));
	TRY(catalog_load(c->arena, db, SHOP, &catalog));
	d = (struct desk) { .arena = c->arena, .db = db, .catalog = catalog };
	TRY(blob_open(c->arena, conf_text(c->conf, "paths", "attachments"), &d.blobs));
	in.inspector = conf_text(c->conf, "paths", "inspector");
	TRY(original(c, &row, &fd));
	TRY(reader_ask(c->arena, conf_text(c->conf, "paths", "reader"), fd, &m,
		       &files_fd));
	e = incoming_replay(&d, &in, &row, &m, files_fd);
	if (e && e->kind == ERR_CONFLICT)
		return FAIL(c->arena, ERR_CONFLICT, "Letter %s made no message that could"
			    " be made again.", id);
	TRY(e);
	printf("Message %lld was made again from letter %s.\n",
	       (long long) row.message_id, id);
	return NULL;
}

/* --- the command --------------------------------------------------------------- */

static bool is_number(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text) && strlen(text) < 19;
}

enum ctl_exit ctl_mail(struct ctl *c, int argc, char **argv)
{
	enum mail_row_state state = MAIL_HELD;
	const char *verb = argc > 1 ? argv[1] : "";
	struct err *e;

	if (!strcmp(verb, "list") && (argc == 2 || (argc <= 4 &&
	    state_named(argv[2], &state) && (argc == 3 || is_number(argv[3])))))
		e = list(c, state, argc == 4 ? strtoll(argv[3], NULL, 10) : 0);
	else if (!strcmp(verb, "show") && argc == 3 && is_number(argv[2]))
		e = show(c, argv[2]);
	else if (!strcmp(verb, "replay") && argc == 3 && is_number(argv[2]))
		e = replay(c, argv[2]);
	else {
		bool asked = argc == 2 && !strcmp(verb, "--help");

		fputs(help, asked ? stdout : stderr);
		return asked ? CTL_DONE : CTL_USAGE;
	}
	return e ? ctl_sorry(e) : CTL_DONE;
}
