#include <unistd.h>

#include "desk/ticket.h"
#include "folder.h"
#include "incoming.h"
#include "port/blob.h"
#include "port/secret.h"
#include "store/outbox.h"
#include "store/setting.h"

static struct arena *kept;
static char folder[] = "/tmp/as-incoming.XXXXXX";

void forget_folder(const char *path)
{
	folder_remove(path);
}

__attribute__((destructor)) static void tidy(void)
{
	if (!kept)
		return;
	arena_free(kept);
	forget_folder(folder);
}

static struct blob_store *blobs(void)
{
	static struct blob_store *store;

	if (!store) {
		kept = arena_new("blobs");
		CHECK(mkdtemp(folder));
		CHECK_OK(blob_open(kept, folder, &store));
	}
	return store;
}

/* One agent for all tests of letters; the roles are those of an installation. */
static void hire(struct desk_in *s)
{
	struct rows roles;
	const struct role *r;
	bool found;

	CHECK_OK(store_agent_of(s->d.db, "anna.in@team.example", &s->anna_row, &found));
	if (found)
		return;
	CHECK_OK(store_role_list(s->d.db, &roles));
	r = roles.at;
	for (size_t i = 0; i < roles.n; i++)
		if (!strcmp(r[i].code, "administrator"))
			s->anna_row.role_id = r[i].id;
	s->anna_row.email = "anna.in@team.example";
	s->anna_row.name = "Annabel Incoming";
	s->anna_row.active = true;
	s->anna_row.notify = NOTIFY_NONE;
	CHECK_OK(store_agent_add(s->d.db, &s->anna_row));
	CHECK_OK(store_setting_revise(s->d.db, IN_SHOP));
}

void desk_in_again(struct desk_in *s)
{
	struct catalog *c;

	CHECK_OK(catalog_load(s->d.arena, s->d.db, IN_SHOP, &c));
	s->d.catalog = c;
}

struct desk_in desk_in(void)
{
	struct desk_in s = { .d = house_desk(house_enter(), IN_SHOP) };

	s.d.blobs = blobs();
	hire(&s);
	desk_in_again(&s);
	s.in = (struct incoming) {
		.from = "help@shop.example", .loop_id = "0123456789abcdef",
		.authserv_id = "mx.shop.example", .inspector = "/nowhere",
	};
	s.us = (struct actor) { .kind = ACTOR_SYSTEM, .shop = IN_SHOP, .name = "" };
	s.anna = (struct actor) { .kind = ACTOR_AGENT, .shop = IN_SHOP,
				  .id = s.anna_row.id, .name = s.anna_row.name,
				  .email = s.anna_row.email };
	for (int r = 0; r < RIGHTS; r++)
		s.anna.may[r] = SCOPE_ALL;
	return s;
}

/* Fills in what the test left out. */
static void complete(struct desk_in *s, struct mail *m)
{
	static int n;
	const char *all;

	n++;
	if (!m->subject)
		m->subject = "A question";
	if (!m->text)
		m->text = "Hello, I have a question about my coffee mill";
	if (!m->message_id)
		m->message_id = arena_printf(s->d.arena, "<%d.%d@example.com>",
					     (int) getpid(), n);
	else if (!*m->message_id)
		m->message_id = NULL;
	if (m->content.at)
		return;
	all = arena_printf(s->d.arena, "%d %s", n, m->text);
	m->content = secret_sha256(s->d.arena, all, strlen(all));
}

struct mail_row waits(struct desk_in *s, struct mail *m)
{
	const char *raw = secret_token(s->d.arena, 16);
	struct mail_row row = {
		.shop_id = IN_SHOP, .size = 22, .envelope_from = "somebody@example.com",
		.sha256 = secret_sha256(s->d.arena, raw, strlen(raw)),
	}, *claimed;
	struct rows rows;

	complete(s, m);
	CHECK_OK(store_mail_add(s->d.db, &row));
	CHECK_OK(store_mail_claim(s->d.db, IN_SHOP, 100, 60, &rows));
	claimed = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		if (claimed[i].id == row.id)
			return claimed[i];
	fail_msg("the letter is not due");
	return row;
}

struct mail_row arrives(struct desk_in *s, struct mail m)
{
	struct mail_row row = waits(s, &m);

	CHECK_OK(incoming_take(&s->d, &s->in, &row, &m, -1));
	return row_of(s, row.id);
}

struct mail_row row_of(struct desk_in *s, int64_t id)
{
	struct mail_row row;

	CHECK_OK(store_mail_find(s->d.db, &s->us, id, &row));
	return row;
}

struct ticket ticket_of(struct desk_in *s, const struct mail_row *r)
{
	struct ticket t;

	CHECK_OK(store_ticket_find_id(s->d.db, &s->us, r->ticket_id, &t));
	return t;
}

struct message message_of(struct desk_in *s, const struct mail_row *r)
{
	struct rows rows;
	struct message *m;

	CHECK_OK(store_message_list(s->d.db, &s->us, r->ticket_id, 0, &rows));
	m = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		if (m[i].id == r->message_id)
			return m[i];
	fail_msg("there is no message of that letter");
	return m[0];
}

struct message_mail beside_of(struct desk_in *s, const struct mail_row *r)
{
	struct message_mail beside;

	CHECK_OK(store_message_mail_find(s->d.db, &s->us, r->message_id, &beside));
	return beside;
}

const char *status_of(struct desk_in *s, int64_t ticket_id)
{
	struct ticket t;

	CHECK_OK(store_ticket_find_id(s->d.db, &s->us, ticket_id, &t));
	return catalog_entry(s->d.catalog, ENTRY_STATUS, t.status_id)->code;
}

void set_status(struct desk_in *s, int64_t ticket_id, const char *code)
{
	struct ticket t;

	CHECK_OK(store_ticket_find_id(s->d.db, &s->us, ticket_id, &t));
	CHECK_OK(ticket_change(&s->d, &s->anna, ticket_id, &(struct change) {
		.version = t.version,
		.status_id = catalog_by_code(s->d.catalog, ENTRY_STATUS, code)->id,
	}));
}

int64_t answers(struct desk_in *s, int64_t ticket_id, const char *words)
{
	struct result r;

	CHECK_OK(ticket_write(&s->d, &s->anna, ticket_id, &(struct writing) {
		.body = words,
	}, &r));
	return r.message_id;
}

int64_t letters_about(struct desk_in *s, int64_t ticket_id, const char *name)
{
	struct rows rows;
	const struct outbox *o;
	int64_t n = 0;

	CHECK_OK(store_outbox_of_ticket(s->d.db, ticket_id, &rows));
	o = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		n += !name || !strcmp(o[i].letter, name);
	return n;
}

const char *id_of_letter(struct desk_in *s, int64_t ticket_id, const char *name)
{
	const char *id = NULL;
	struct rows rows;
	const struct outbox *o;

	CHECK_OK(store_outbox_of_ticket(s->d.db, ticket_id, &rows));
	o = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		if (!strcmp(o[i].letter, name))
			id = o[i].message_id_header;
	CHECK(id);
	return id;
}

const char *reply_address(struct desk_in *s, int64_t ticket_id,
			  enum seal_reader reader, int64_t reader_id)
{
	return seal_reply_address(s->d.arena, catalog_seal(s->d.catalog),
				  "help@shop.example", &(struct seal_reply) {
		.ticket_id = ticket_id, .reader = reader, .reader_id = reader_id,
	});
}

void ages(struct desk_in *s, int64_t ticket_id, int days)
{
	CHECK_OK(db_run(s->d.db, "UPDATE as_ticket SET"
			" updated_at = updated_at - INTERVAL ? DAY,"
			" created_at = created_at - INTERVAL ? DAY,"
			" closed_at = closed_at - INTERVAL ? DAY WHERE id = ?",
			NULL, ARGS(days, days, days, ticket_id)));
}

bool traced(struct desk_in *s, const struct mail_row *r, const char *code)
{
	size_t n;
	const struct trace_line *line = trace_read(s->d.arena, r->trace, &n);

	for (size_t i = 0; i < n; i++)
		if (!strcmp(line[i].code, code))
			return true;
	return false;
}
