#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/percent.h"
#include "desk/indexing.h"
#include "desk/install.h"
#include "desk/letter.h"
#include "desk/link.h"
#include "port/conf.h"
#include "port/db.h"
#include "port/mime.h"
#include "port/secret.h"
#include "port/view.h"
#include "programs.h"
#include "stage.h"
#include "store/outbox.h"
#include "store/setting.h"
#include "web/req.h"

enum { MOST_LETTERS = 100, COOKIES_CEILING = 8192 };

const char *stage_base(struct stage *s)
{
	return conf_text(s->conf, "web", "base_url");
}

/* ---- the database ---- */

struct name {
	const char *name;
};
static const struct field name_fields[] = { FIELD(name, name) };
static const struct shape name_shape = SHAPE(name, name_fields);

struct number {
	int64_t n;
};
static const struct field number_fields[] = { FIELD(number, n) };
static const struct shape number_shape = SHAPE(number, number_fields);

struct err *stage_sql(struct stage *s, const char *sql)
{
	TRY(db_enter(s->db, s->arena));
	TRY(db_script(s->db, arena_printf(s->arena, "%s;\n", sql)));
	return NULL;
}

struct err *stage_learn(struct stage *s)
{
	struct indexing x = { .shop = 1 };

	TRY(db_enter(s->db, s->arena));
	do
		TRY(indexing_batch(s->db, &x));
	while (x.more);
	return NULL;
}

struct err *stage_ask(struct stage *s, const char *select, const char **out)
{
	struct name answer;

	TRY(stage_sql(s, arena_printf(s->arena, "SET @answer = (%s)", select)));
	TRY(db_row(s->db, "SELECT CAST(COALESCE(@answer, '') AS CHAR) AS name",
		   &name_shape, &answer, NO_ARGS));
	*out = answer.name;
	return NULL;
}

static struct err *each(struct stage *s, const struct rows *names,
			const char *before, const char *after)
{
	const struct name *name = names->at;

	for (size_t i = 0; i < names->n; i++)
		TRY(stage_sql(s, arena_printf(s->arena, "%s %s%s", before,
					      name[i].name, after)));
	return NULL;
}

/* A scene that ended early may have left its traps. */
static struct err *sweep(struct stage *s)
{
	struct rows triggers, tables;

	TRY(db_enter(s->db, s->arena));
	TRY(db_rows(s->db, "SELECT trigger_name AS name FROM information_schema.triggers"
		    " WHERE trigger_schema = DATABASE()", &name_shape, &triggers,
		    NO_ARGS));
	TRY(db_rows(s->db, "SELECT table_name AS name FROM information_schema.tables"
		    " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'"
		    " AND table_name <> 'as_schema'",
		    &name_shape, &tables, NO_ARGS));
	TRY(each(s, &triggers, "DROP TRIGGER", ""));
	TRY(each(s, &tables, "DELETE FROM", ""));
	return NULL;
}

static struct err *read_whole(struct stage *s, const char *path, const char **out)
{
	FILE *f = fopen(path, "re");
	char *text = arena_alloc(s->arena, 65536);

	if (!f)
		return FAIL(s->arena, ERR_BUG, "%s cannot be read", path);
	text[fread(text, 1, 65535, f)] = '\0';
	fclose(f);
	*out = text;
	return NULL;
}

static struct err *set_up(struct stage *s)
{
	const char *source = getenv("srcdir"), *shop = NULL;

	TRY(sweep(s));
	TRY(install_defaults(s->db, 1));
	TRY(read_whole(s, arena_printf(s->arena, "%s/tests/scene/shop.sql",
				       source ? source : "."), &shop));
	TRY(db_script(s->db, shop));
	return NULL;
}

static struct db *open_db(struct conf *conf)
{
	struct db_conf c = {
		.socket = conf_text(conf, "db", "socket"),
		.user = conf_text(conf, "db", "user"),
		.name = conf_text(conf, "db", "name"),
		.connect_s = 5, .timeout_s = 10,
	};

	return db_new(&c);
}

struct err *stage_open(struct stage *s, const char *conf)
{
	*s = (struct stage) { .arena = arena_new("scene"),
			      .request = arena_new("visit") };
	TRY(conf_load(s->arena, conf, "play", &s->conf));
	s->db = open_db(s->conf);
	TRY(set_up(s));
	for (int i = 0; i < PROGRAMS; i++) {
		s->house[i] = (struct house) { .audience = programs[i].audience,
					       .routes = programs[i].routes };
		TRY(house_open(&s->house[i], s->arena, s->conf, programs[i].name));
	}
	s->who = stage_person(s, "guest");
	return NULL;
}

void stage_close(struct stage *s)
{
	arena_reset(s->request);
	for (int i = 0; i < PROGRAMS; i++)
		if (s->house[i].db)
			house_close(&s->house[i]);
	arena_reset(s->arena);		/* of what the connection left to it */
	if (s->db)
		db_free(s->db);
	arena_free(s->request);
	arena_free(s->arena);
}

struct err *stage_agent(struct stage *s, const char *email, const char *role,
			const char *password)
{
	static const char *hash;
	char *name = arena_copy(s->arena, email, strcspn(email, "@"));
	int64_t id;

	/* The memory of a hash is costly: all have the same password. */
	if (!hash)
		hash = strdup(secret_password_hash(s->arena, password));
	name[0] = (char) (name[0] & ~0x20);
	TRY(db_enter(s->db, s->arena));
	TRY(db_add(s->db, "INSERT INTO as_agent (email, name, role_id, created_at)"
		   " SELECT ?, ?, id, NOW(6) FROM as_role WHERE code = ?", &id,
		   ARGS(email, name, role)));
	TRY(db_run(s->db, "INSERT INTO as_agent_secret (agent_id, password, changed_at)"
		   " SELECT id, ?, NOW(6) FROM as_agent WHERE email = ?", NULL,
		   ARGS(hash, email)));
	TRY(store_setting_revise(s->db, 1));
	return NULL;
}

/* ---- people and their cookies ---- */

struct person *stage_person(struct stage *s, const char *name)
{
	struct person *p;
	int n = 1;

	for (p = s->people; p; p = p->next, n++)
		if (!strcmp(p->name, name))
			return p;
	p = NEW(s->arena, struct person);
	*p = (struct person) {
		.next = s->people, .name = arena_dup(s->arena, name),
		.remote = arena_printf(s->arena, "192.0.2.%d", n),
	};
	s->people = p;
	return p;
}

static void put_cookie(struct stage *s, const char *name, const char *value)
{
	struct cookie *c = s->who->cookies;

	while (c && strcmp(c->name, name))
		c = c->next;
	if (!c) {
		c = NEW(s->arena, struct cookie);
		c->name = name;
		c->next = s->who->cookies;
		s->who->cookies = c;
	}
	c->value = value;
}

/* "name=value; Max-Age=…"; a past one is a cookie without a value. */
static void take_cookie(struct stage *s, const char *line)
{
	size_t n = strcspn(line, "="), len = strcspn(line + n, ";\r");
	bool gone = strstr(line, "Max-Age=0") || strstr(line, "Max-Age=-");

	put_cookie(s, arena_copy(s->arena, line, n),
		   gone ? "" : arena_copy(s->arena, line + n + 1, len - 1));
}

static const char *cookies(struct stage *s)
{
	struct str out;

	str_init(&out, s->request, COOKIES_CEILING);
	for (struct cookie *c = s->who->cookies; c; c = c->next)
		if (*c->value)
			str_addf(&out, "%s%s=%s", out.len ? "; " : "", c->name, c->value);
	return out.text;
}

/* ---- what a browser posts ---- */

static const char boundary[] = "----curtain";

static void put_encoded(FILE *body, struct bytes b)
{
	const unsigned char *at = b.at;

	for (size_t i = 0; i < b.n; i++)
		if ((at[i] | 0x20) >= 'a' && (at[i] | 0x20) <= 'z')
			fputc(at[i], body);
		else
			fprintf(body, "%%%02X", at[i]);
}

static void put_form(FILE *body, const struct sent *f)
{
	for (; f; f = f->next) {
		fprintf(body, "%s=", f->name);
		put_encoded(body, f->value);
		fputc('&', body);
	}
}

static void put_parts(FILE *body, const struct sent *f)
{
	for (; f; f = f->next) {
		fprintf(body, "--%s\r\nContent-Disposition: form-data; name=\"%s\"",
			boundary, f->name);
		if (f->file)
			fprintf(body, "; filename=\"%s\"\r\nContent-Type: %s", f->file,
				f->type);
		fputs("\r\n\r\n", body);
		fwrite(f->value.at, 1, f->value.n, body);
		fputs("\r\n", body);
	}
	fprintf(body, "--%s--\r\n", boundary);
}

static bool has_files(const struct sent *f)
{
	while (f && !f->file)
		f = f->next;
	return f;
}

static const char *content_type(struct stage *s, const struct visit *v)
{
	if (v->type)
		return v->type;
	return has_files(v->fields)
		? arena_printf(s->request, "multipart/form-data; boundary=%s", boundary)
		: "application/x-www-form-urlencoded";
}

static void put_body(struct stage *s, const struct visit *v, struct http_visit *hv)
{
	int fd = memfd_create("body", MFD_CLOEXEC);
	FILE *body = fdopen(dup(fd), "w");

	hv->content_type = content_type(s, v);
	if (v->raw)
		fputs(v->raw, body);
	else if (strstr(hv->content_type, "multipart"))
		put_parts(body, v->fields);
	else
		put_form(body, v->fields);
	hv->content_length = ftell(body) - v->cut;
	fclose(body);
	if (v->cut && ftruncate(fd, hv->content_length))
		abort();
	lseek(fd, 0, SEEK_SET);
	hv->body = fd;
}

/* ---- the visit ---- */

static const struct program_of *program_of(const char *path, int *at)
{
	for (*at = PROGRAMS - 1; *at > 0; (*at)--) {
		size_t n = strlen(programs[*at].prefix);

		if (!strncmp(path, programs[*at].prefix, n) &&
		    (!path[n] || strchr("/?", path[n])))
			break;
	}
	return &programs[*at];
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static struct http_visit as_visit(struct stage *s, const struct visit *v,
				  const char *below)
{
	size_t n = strcspn(below, "?"), len;
	bool post = !strcmp(v->method, "POST");
	const char *base = stage_base(s), *slash = strchr(strstr(base, "//") + 2, '/');
	const char *origin = arena_copy(s->request, base, (size_t) (slash - base));

	return (struct http_visit) {
		.method = v->method, .script = "/help",
		.path = n ? percent_decode(s->request, below, n, false, &len) : "/",
		.query = below[n] ? below + n + 1 : "",
		.content_type = "", .body = -1, .cookie = cookies(s),
		.language = or_empty(v->language), .host = "shop.example",
		.origin = v->origin ? v->origin : post ? origin : "",
		.fetch_site = v->fetch_site ? v->fetch_site : post ? "same-origin" : "",
		.if_none_match = or_empty(v->none_match), .remote = s->who->remote,
		.agent = "a scene", .partial = or_empty(v->partial), .https = true,
	};
}

static struct bytes body_of(struct stage *s, const struct http_answer *an)
{
	size_t n = an->file < 0 ? an->body.len : (size_t) an->file_size;
	char *at = arena_alloc(s->arena, n + 1);

	if (an->file < 0)
		memcpy(at, an->body.text, n);
	else if (pread(an->file, at, n, 0) != (ssize_t) n)
		abort();
	return (struct bytes) { at, n };
}

const char *stage_header(struct stage *s, const char *name)
{
	const char *line = s->seen.headers;
	size_t n = strlen(name);

	for (; line && *line; line = strchr(line, '\n') + 1)
		if (!strncmp(line, name, n) && line[n] == ':')
			return arena_copy(s->arena, line + n + 2,
					  strcspn(line + n + 2, "\r"));
	return NULL;
}

static void take_headers(struct stage *s)
{
	const char *base = stage_base(s), *to, *line = s->seen.headers;
	size_t n = strlen(base);

	for (; *line; line = strchr(line, '\n') + 1)
		if (!strncmp(line, "Set-Cookie: ", 12))
			take_cookie(s, arena_copy(s->arena, line + 12,
						  strcspn(line + 12, "\r")));
	to = or_empty(stage_header(s, "Location"));
	s->seen.location = strncmp(to, base, n) || !strchr("/?", to[n]) ? to : to + n;
}

static void remember(struct stage *s)
{
	struct shown *page = NEW(s->arena, struct shown);

	*page = (struct shown) { s->who->shown, s->seen.body.at };
	s->who->shown = page;
}

static void keep_answer(struct stage *s, const struct http_answer *an)
{
	s->before = s->seen;
	s->seen = (struct answer) {
		.status = an->status, .type = arena_dup(s->arena, or_empty(an->type)),
		.headers = arena_dup(s->arena, an->headers.text),
		.body = body_of(s, an),
	};
	take_headers(s);
	if (!strncmp(s->seen.type, "text/html", 9) && s->seen.body.n)
		remember(s);
}

static void check_budget(struct stage *s, struct house *h)
{
	s->over = NULL;
	if (h->over > 0)
		s->over = arena_printf(s->arena, "%s %s: %ld statements too many",
				       h->last->method, h->last->path, h->over);
	h->over = 0;
}

/* The database itself may be what a story takes away: then there is none. */
static int64_t newest_letter(struct stage *s)
{
	struct number number = { 0 };

	if (db_enter(s->db, s->arena) ||
	    db_row(s->db, "SELECT COALESCE(MAX(id), 0) AS n FROM as_outbox",
		   &number_shape, &number, NO_ARGS))
		return 0;
	return number.n;
}

void stage_visit(struct stage *s, const struct visit *v)
{
	const struct program_of *p;
	struct http_answer an;
	struct http_visit hv;
	int at;

	s->letters = newest_letter(s);
	p = program_of(v->path, &at);
	arena_reset(s->request);
	hv = as_visit(s, v, v->path + strlen(p->prefix));
	if (!strcmp(v->method, "POST"))
		put_body(s, v, &hv);
	http_answer_init(&an, s->request);
	house_serve(&s->house[at], s->request, &hv, &an);
	s->path_before = s->path;
	s->path = arena_dup(s->arena, v->path);
	keep_answer(s, &an);
	check_budget(s, &s->house[at]);
	if (hv.body >= 0)
		close(hv.body);
}

/* ---- letters ---- */

static struct err *render(struct stage *s, int64_t id, const char **out)
{
	static const struct letter_sender sender = {
		.address = "help@shop.example", .loop_id = "scene",
	};
	struct letter_enclosed with = { 0 };
	struct mime_letter m = { 0 };
	struct outbox row;

	TRY(store_outbox_find(s->db, id, &row));
	TRY(link_make(s->db, s->arena, &s->house[0].urls, &row, &with.url));
	TRY(letter_render(s->arena, s->house[0].views, &sender, &row, &with, &m));
	*out = arena_printf(s->arena, "%s\n\n%s", m.subject, m.text);
	return NULL;
}

struct err *stage_letters(struct stage *s, const char *address, struct rows *out)
{
	const char **text;
	struct rows ids;

	TRY(db_enter(s->db, s->arena));
	TRY(db_rows(s->db, "SELECT id AS n FROM as_outbox WHERE id > ?"
		    " AND (to_address = ? OR ? = '') ORDER BY id LIMIT 100",
		    &number_shape, &ids, ARGS(s->letters, address, address)));
	text = arena_alloc(s->arena, (ids.n + 1) * sizeof(*text));
	for (size_t i = 0; i < ids.n; i++)
		TRY(render(s, ((const struct number *) ids.at)[i].n, &text[i]));
	*out = (struct rows) { text, ids.n };
	return NULL;
}
