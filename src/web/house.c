#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/link.h"
#include "desk/order.h"
#include "port/blob.h"
#include "port/conf.h"
#include "port/db.h"
#include "port/secret.h"
#include "port/view.h"
#include "store/schema.h"
#include "store/connect.h"
#include "store/setting.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/record.h"
#include "web/req.h"

enum { MIB = 1 << 20, FIELDS = 500, FILE_FIELDS_BYTES = 1 << 20 };

/* "https://help.shop.example" and "/help" of the base address. */
static void set_origin(struct house *h)
{
	const char *base = conf_text(h->conf, "web", "base_url");
	const char *host = strstr(base, "://");
	const char *path = host ? strchr(host + 3, '/') : NULL;

	h->origin = path ? arena_copy(h->arena, base, (size_t) (path - base)) : base;
	h->cookie_path = path ? path : "/";
}

/* Assets are cached for ever, so their address changes when they do. */
static void set_assets(struct house *h)
{
	static const char *const files[] = { "aftersale.css", "aftersale.js", "panel.js",
					     "icons.svg" };
	struct str seen;

	h->assets = conf_text(h->conf, "web", "assets_url");
	str_init(&seen, h->arena, 4096);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct stat st = { 0 };
		const char *path = arena_printf(h->arena, "%s/%s",
			conf_text(h->conf, "paths", "assets"), files[i]);

		if (!stat(path, &st))
			str_addf(&seen, "%lld.%lld ", (long long) st.st_mtime,
				 (long long) st.st_size);
	}
	h->assets_version = arena_copy(h->arena, secret_hex(h->arena,
		secret_sha256(h->arena, seen.text, seen.len)), 10);
}

static struct db *open_db(struct house *h)
{
	struct db_conf c = connect_ours(h->arena, h->conf, h->program);

	return db_new(&c);
}

static void watch(struct house *h)
{
	h->record = record_open(h->arena, h->program);
	if (!h->record)
		return;
	db_watch(h->db, record_statement, record_link(h->record, RECORD_OURS));
	if (h->orders)
		order_source_watch(h->orders, record_statement,
				   record_link(h->record, RECORD_SHOP));
}

struct err *house_open(struct house *h, struct arena *a, struct conf *conf,
		       const char *program)
{
	const char *const *shops = conf_shops(conf);

	h->program = program;
	h->arena = a;
	h->conf = conf;
	h->shop = 1;
	h->cookie_secure = !conf_switch(conf, "web", "cookie_insecure");
	h->inspector = conf_text(conf, "paths", "inspector");
	h->reader = conf_text(conf, "paths", "reader");
	h->file_bytes = conf_number(conf, "limits", "file_mb") * MIB;
	h->limits = (struct multipart_limits) {
		.fields = FIELDS, .fields_bytes = FILE_FIELDS_BYTES,
		.files = (int) conf_number(conf, "limits", "files"),
		.file_bytes = h->file_bytes,
	};
	h->urls = desk_urls_of(h->arena, h->conf);
	set_origin(h);
	set_assets(h);
	words_open(conf_text(conf, "paths", "locale"));
	h->catalog = catalog_empty(a);
	h->views = views_open(conf_text(conf, "paths", "templates"),
			      conf_text(conf, "paths", "theme"));
	h->db = open_db(h);
	if (shops[0])
		h->orders = order_source_open(a, conf, shops[0]);
	watch(h);
	TRY(blob_open(a, conf_text(conf, "paths", "attachments"), &h->blobs));
	return NULL;
}

void house_close(struct house *h)
{
	order_source_close(h->orders);
	db_free(h->db);
	views_close(h->views);
	if (h->kept)
		arena_free(h->kept);
}

struct err *house_refresh(struct house *h, int64_t revision)
{
	struct arena *kept;
	struct catalog *c;
	struct bytes secret;
	struct err *e;
	long before = db_statements(h->db);

	if (catalog_revision(h->catalog) == revision)
		return NULL;
	if (!h->form_secret.at) {
		TRY(store_setting_secret(h->db, "form", &secret));
		h->form_secret.at = arena_copy(h->arena, secret.at, secret.n);
		h->form_secret.n = secret.n;
	}
	kept = arena_new("catalogue");
	e = catalog_load(kept, h->db, h->shop, &c);
	if (e) {
		arena_free(kept);
		return err_passed(e, __func__);
	}
	if (h->kept)
		arena_free(h->kept);
	h->kept = kept;
	h->catalog = c;
	h->upkeep += db_statements(h->db) - before;
	return NULL;
}

long house_statements(const struct house *h)
{
	return db_statements(h->db) - h->upkeep;
}

/* Once for a process: a schema only grows. */
static struct err *check_schema(struct house *h)
{
	if (h->schema_fits)
		return NULL;
	TRY(store_schema_check(h->db));
	h->schema_fits = true;
	return NULL;
}

struct err *house_enter(struct house *h, struct arena *request)
{
	TRY(db_enter(h->db, request));
	TRY(check_schema(h));
	if (h->orders)
		TRY(order_source_enter(h->orders, h->db, request,
				       catalog_revision(h->catalog)));
	h->upkeep = db_statements(h->db);
	return NULL;
}

void house_serve(void *house, struct arena *a, const struct http_visit *v,
		 struct http_answer *an)
{
	struct house *h = house;
	struct req req = {
		.arena = a, .house = h, .visit = v, .answer = an, .path = v->path,
		.who = { .kind = ACTOR_NOBODY, .shop = h->shop },
		.desk = { .arena = a, .db = h->db, .catalog = h->catalog,
			  .orders = h->orders, .blobs = h->blobs, .urls = &h->urls },
		.reader = { .lang = "en", .zone = "UTC", .now = clock_now() },
	};

	req.view = view_new(a, h->views);
	web_serve(&req, h->routes);
	record_visit(h->record, v, an, db_statements(h->db));
}
