#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"
#include "web/record.h"

/* A folder of its own, and what is read of the one file in it. */
struct recording {
	char folder[32];
	char path[300];
	struct record *record;
	unsigned char bytes[65536];
	size_t n, at;
};

static void begin(struct recording *r, struct house h)
{
	*r = (struct recording) { .folder = "/tmp/as.record.XXXXXX" };
	CHECK(mkdtemp(r->folder));
	setenv("AFTERSALE_RECORD", r->folder, 1);
	r->record = record_open(h.arena, "unit");
	unsetenv("AFTERSALE_RECORD");
	CHECK(r->record);
	snprintf(r->path, sizeof(r->path), "%s/unit.%d", r->folder, (int) getpid());
	db_watch(h.db, record_statement, record_link(r->record, RECORD_OURS));
}

static void end(struct recording *r, struct house h)
{
	FILE *f = fopen(r->path, "rb");

	db_watch(h.db, NULL, NULL);
	CHECK(f);
	r->n = fread(r->bytes, 1, sizeof(r->bytes), f);
	fclose(f);
	unlink(r->path);
	rmdir(r->folder);
}

static uint64_t number(struct recording *r, size_t bytes)
{
	uint64_t n = 0;

	CHECK(r->at + bytes <= r->n);
	for (size_t i = 0; i < bytes; i++)
		n |= (uint64_t) r->bytes[r->at++] << (8 * i);
	return n;
}

static void check_text(struct recording *r, const void *want, size_t n)
{
	CHECK_INT(number(r, 4), n);
	CHECK(r->at + n <= r->n);
	assert_memory_equal(r->bytes + r->at, want, n);
	r->at += n;
}

static void check_word(struct recording *r, const char *want)
{
	check_text(r, want, strlen(want));
}

static void check_head(struct recording *r, const char *sql, int64_t rows,
		       int64_t id, size_t values)
{
	CHECK_INT(number(r, 1), 'o');
	CHECK_INT(number(r, 8), rows);
	CHECK_INT(number(r, 8), id);
	check_word(r, sql);
	CHECK_INT(number(r, 4), values);
}

struct made {
	int64_t id;
};
static const struct field made_fields[] = { FIELD(made, id) };
static const struct shape made_shape = SHAPE(made, made_fields);

#define TABLE "CREATE OR REPLACE TABLE recorded (id BIGINT AUTO_INCREMENT" \
	" PRIMARY KEY, text TEXT, raw BLOB) AUTO_INCREMENT = 70 ENGINE=InnoDB"
#define ADD	"INSERT INTO recorded (text, raw) VALUES (?, ?)"
#define RETURN	"INSERT INTO recorded (id) VALUES (?) RETURNING id"

static void ask(struct house h)
{
	struct made made;
	int64_t id;

	CHECK_OK(db_begin(h.db));
	CHECK_OK(db_add(h.db, ADD, &id, ARGS("Grüße",
			((struct bytes) { "a\0b", 3 }))));
	CHECK_OK(db_row(h.db, RETURN, &made_shape, &made, ARGS(arg_null())));
	CHECK_OK(db_row(h.db, "SELECT id FROM recorded WHERE id = ?",
			&made_shape, &made, ARGS(71)));
	CHECK_OK(db_commit(h.db));
}

static void check_statements(struct recording *r)
{
	CHECK_INT(number(r, 4), 5);
	check_head(r, "START TRANSACTION", 0, 0, 0);
	check_head(r, ADD, 1, 70, 2);
	CHECK_INT(number(r, 1), 't');
	check_word(r, "Grüße");
	CHECK_INT(number(r, 1), 'b');
	check_text(r, "a\0b", 3);
	check_head(r, RETURN, 1, 71, 1);
	CHECK_INT(number(r, 1), 'n');
	check_head(r, "SELECT id FROM recorded WHERE id = ?", 1, 0, 1);
	CHECK_INT(number(r, 1), 'i');
	CHECK_INT(number(r, 8), 71);
	check_head(r, "COMMIT", 0, 0, 0);
}

TEST(a_record_holds_every_statement_of_a_request_with_its_values)
{
	struct http_visit v = { .method = "POST", .path = "/new", .query = "a=b" };
	struct http_answer an;
	struct recording r;
	struct house h = house_enter();

	CHECK_OK(db_script(h.db, TABLE ";\n"));
	h = house_enter();
	begin(&r, h);
	ask(h);
	http_answer_init(&an, h.arena);
	an.status = 303;
	CHECK_OK(http_header(&an, "X", "y"));
	str_add(&an.body, "moved");
	record_file(r.record, 1000000);
	record_visit(r.record, &v, &an, db_statements(h.db));
	end(&r, h);
	CHECK_INT(number(&r, 4), r.n - 4);
	check_word(&r, "POST");
	check_word(&r, "/new?a=b");
	CHECK_INT(number(&r, 4), 303);
	check_word(&r, "text/html; charset=utf-8");
	CHECK_INT(number(&r, 4), strlen("X: y\r\n"));
	CHECK_INT(number(&r, 8), strlen("moved"));
	CHECK_INT(number(&r, 4), 5);
	CHECK_INT(number(&r, 4), 1);
	CHECK_INT(number(&r, 8), 1000000);
	check_statements(&r);
	CHECK_INT(r.at, r.n);
}

TEST(the_next_request_begins_a_new_record)
{
	struct http_visit v = { .method = "GET", .path = "/", .query = "" };
	struct http_answer an;
	struct recording r;
	struct house h = house_enter();
	size_t first;

	begin(&r, h);
	http_answer_init(&an, h.arena);
	CHECK_OK(db_script(h.db, "DO 1;\n"));
	record_visit(r.record, &v, &an, db_statements(h.db));
	record_visit(r.record, &v, &an, 0);
	end(&r, h);
	first = number(&r, 4);
	r.at += first;
	CHECK_INT(number(&r, 4), r.n - first - 8);
	CHECK(r.n - first - 4 < first);
}

TEST(nothing_is_recorded_unless_the_environment_names_a_folder)
{
	struct house h = house_enter();

	unsetenv("AFTERSALE_RECORD");
	CHECK(!record_open(h.arena, "unit"));
	setenv("AFTERSALE_RECORD", "", 1);
	CHECK(!record_open(h.arena, "unit"));
	unsetenv("AFTERSALE_RECORD");
	record_file(NULL, 1);
	record_visit(NULL, NULL, NULL, 0);
}

TEST(a_record_is_readable_by_its_owner_alone)
{
	struct house h = house_enter();
	struct recording r;
	struct stat st;

	begin(&r, h);
	CHECK_INT(stat(r.path, &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	end(&r, h);
}
