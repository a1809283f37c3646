/* Letters from the database to the desk: claims, tries, many sorters at once. */
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk/quarantine.h"
#include "incoming.h"
#include "mailroom/sort.h"
#include "port/blob.h"
#include "port/mail_wire.h"
#include "port/reader.h"
#include "port/secret.h"

enum { SORT_SHOP = 52, CHILDREN = 10, COPIES = 5 };

static char folder[] = "/tmp/as-sort.XXXXXX";

static bool made;

__attribute__((destructor)) static void tidy(void)
{
	if (made)
		forget_folder(folder);
}

static struct blob_store *open_blobs(struct arena *a)
{
	struct blob_store *store;

	if (!made)
		CHECK(mkdtemp(folder));
	made = true;
	CHECK_OK(blob_open(a, folder, &store));
	return store;
}

/* A letter of a test is "word from", and this reads it. */
static struct err *read_simple(struct arena *a, const char *program, int fd,
			       struct mail *out, int *files_fd)
{
	char raw[200], word[64] = "", from[100] = "";
	ssize_t n = pread(fd, raw, sizeof(raw) - 1, 0);

	(void) program;
	raw[n > 0 ? n : 0] = '\0';
	sscanf(raw, "%63s %99s", word, from);
	if (!strcmp(word, "poison"))
		return FAIL(a, ERR_BUG, "it bit");
	if (!strcmp(word, "away"))
		return FAIL(a, ERR_UPSTREAM, "no reader");
	*files_fd = -1;
	*out = (struct mail) {
		.from = { .address = arena_dup(a, from) }, .n_from = 1,
		.subject = arena_dup(a, word), .text = "Hello",
		.content = secret_sha256(a, word, strlen(word)),
		.message_id = arena_printf(a, "<%s@example.com>", word),
		.unreadable = !strcmp(word, "noise"),
	};
	return NULL;
}

static struct sort_conf conf_of(struct db *db, struct blob_store *blobs)
{
	static const struct desk_urls urls = {
		.storefront = "https://shop.example/help", .board = "https://shop.example/help/board",
		.panel = "https://shop.example/help/panel", .config = "https://shop.example/help/config",
	};

	return (struct sort_conf) {
		.shop = SORT_SHOP, .db = db, .blobs = blobs, .reader = "", .inspector = "",
		.urls = &urls, .from = "help@shop.example", .loop_id = "0123456789abcdef",
		.read = read_simple,
	};
}

/* Into the disk and the database, as the post room does it. `way` makes bytes
 * that differ though they say the same. */
static int64_t brought(struct house h, const char *word, const char *from, int way)
{
	const char *raw = arena_printf(h.arena, "%s %s %d", word, from, way);
	struct mail_row m = { .shop_id = SORT_SHOP, .way = MAIL_BY_IMAP };
	struct blob_put *put;
	struct err *e = NULL;

	CHECK_OK(blob_put_begin(open_blobs(h.arena), h.arena, &put));
	CHECK_OK(blob_put_add(put, raw, strlen(raw)));
	CHECK_OK(blob_put_end(put, &m.sha256, &m.size));
	/* The post room's next round, when it met a sorter. */
	for (int i = 0; i < 50 && (!i || (e && e->kind == ERR_RETRY)); i++)
		e = store_mail_add(h.db, &m);
	CHECK_OK(e);
	return m.id;
}

static struct mail_row found(struct house h, int64_t id)
{
	const struct actor us = { .kind = ACTOR_SYSTEM, .shop = SORT_SHOP };
	struct mail_row row;

	CHECK_OK(store_mail_find(h.db, &us, id, &row));
	return row;
}

/* One round, with an arena and a sorter of its own. */
static struct err *round_of(struct house h, int *taken)
{
	struct sort_conf conf = conf_of(h.db, open_blobs(h.arena));
	struct arena *a = arena_new("round");
	struct sorter *s = sorter_new(&conf);
	struct err *e = sorter_round(s, a, taken);

	if (e)
		e = FAIL(h.arena, e->kind, "%s", e->text);
	sorter_free(s);
	arena_free(a);
	CHECK_OK(db_enter(h.db, h.arena));
	return e;
}

static struct house in_shop(void)
{
	struct house h = house_enter();

	house_desk(h, SORT_SHOP);
	return h;
}

TEST(a_poison_letter_never_blocks_the_ones_behind_it)
{
	struct house h = in_shop();
	int64_t poison = brought(h, "poison", "a@example.com", 0);
	int64_t noise = brought(h, "noise", "a@example.com", 0);
	int64_t good = brought(h, "good", "a@example.com", 0);
	struct mail_row r;
	int taken;

	CHECK_OK(round_of(h, &taken));
	CHECK_INT(taken, 3);
	CHECK_TEXT(found(h, good).outcome, "opened");
	CHECK_INT(found(h, noise).state, MAIL_BAD);
	r = found(h, poison);
	CHECK_INT(r.state, MAIL_NEW);
	CHECK(strstr(r.last_error, "it bit"));
	/* Later each time, and after so many tries somebody has to look. */
	CHECK_OK(round_of(h, &taken));
	CHECK_INT(taken, 0);
	for (int i = 1; i < SORT_TRIES; i++) {
		CHECK_OK(db_run(h.db, "UPDATE as_mail SET due_at = NOW(6) WHERE id = ?",
				NULL, ARGS(poison)));
		CHECK_OK(round_of(h, &taken));
		CHECK_INT(taken, 1);
	}
	r = found(h, poison);
	CHECK_INT(r.state, MAIL_BAD);
	CHECK_TEXT(r.reason, "failed");
	CHECK_INT(r.attempts, SORT_TRIES);
}

TEST(a_letter_that_kills_its_sorters_is_set_aside)
{
	struct house h = in_shop();
	int64_t id = brought(h, "good.killer", "a@example.com", 0);
	int taken;

	CHECK_OK(db_run(h.db, "UPDATE as_mail SET attempts = ? WHERE id = ?", NULL,
			ARGS(SORT_TRIES, id)));
	CHECK_OK(round_of(h, &taken));
	CHECK_INT(found(h, id).state, MAIL_BAD);
}

TEST(a_reader_that_is_away_blames_no_letter)
{
	struct house h = in_shop();
	struct sort_conf conf = conf_of(h.db, open_blobs(h.arena));
	int64_t id = brought(h, "away", "a@example.com", 0);
	int64_t other = brought(h, "away", "a@example.com", 1);
	struct arena *a = arena_new("round");
	struct sorter *s = sorter_new(&conf);
	int taken;

	CHECK_ERR(sorter_round(s, a, &taken), ERR_UPSTREAM);
	arena_reset(a);
	CHECK_ERR(sorter_round(s, a, &taken), ERR_UPSTREAM);
	sorter_free(s);
	arena_free(a);
	CHECK_OK(db_enter(h.db, h.arena));
	CHECK_INT(found(h, id).attempts, 1);
	CHECK_INT(found(h, other).attempts, 1);
	CHECK_OK(db_run(h.db, "UPDATE as_mail SET state = 'bad' WHERE id IN (?, ?)", NULL,
			ARGS(id, other)));
}

/* A reader whose child, or which itself, is killed so often, and then reads. */
static const char *killed(struct house h, const char *whom, int times)
{
	static int n;
	const char *path = arena_join(h.arena, folder, "/killed");
	const struct mail m = {
		.from = { .address = "a@example.com" }, .n_from = 1,
		.subject = "Killed", .text = "Hello",
		.message_id = arena_printf(h.arena, "<killed.%d@example.com>", ++n),
		.content = secret_sha256(h.arena, &n, sizeof(n)),
	};
	struct bytes wire = mail_pack(h.arena, &m);
	FILE *f = fopen(arena_join(h.arena, path, ".mail"), "w");

	CHECK(f && fwrite(wire.at, 1, wire.n, f) == wire.n && !fclose(f));
	f = fopen(arena_join(h.arena, path, ".left"), "w");
	CHECK(f && fprintf(f, "%.*s", times, "xxxxxxxxxx") == times && !fclose(f));
	f = fopen(path, "w");
	CHECK(f && fprintf(f, "#!./liar\nread x <%s.left\n"
			      "[ -n \"$x\" ] && printf %%s ${x#x} >%s.left && kill -9 %s && exit\n"
			      "/bin/cat %s.mail\n", path, path, whom, path) > 0);
	CHECK(!fclose(f) && !chmod(path, 0700));
	return path;
}

static int64_t read_by(struct house h, const char *reader, int64_t id)
{
	struct sort_conf conf = conf_of(h.db, open_blobs(h.arena));
	struct arena *a = arena_new("round");
	struct sorter *s;
	int taken;

	conf.read = reader_ask;
	conf.reader = reader;
	s = sorter_new(&conf);
	CHECK_OK(sorter_round(s, a, &taken));
	CHECK_INT(taken, 1);
	sorter_free(s);
	arena_free(a);
	CHECK_OK(db_enter(h.db, h.arena));
	return id;
}

TEST(a_letter_whose_reader_was_killed_once_is_read_again)
{
	struct house h = in_shop();
	int64_t id = brought(h, "killed", "once@example.com", 0);

	CHECK_TEXT(found(h, read_by(h, killed(h, "$$", 1), id)).outcome, "opened");
	h = in_shop();
	id = brought(h, "killed", "once@example.com", 1);
	read_by(h, killed(h, "$PPID", 1), id);
	CHECK_TEXT(found(h, id).outcome, "opened");
	CHECK_INT(found(h, id).attempts, 1);
}

TEST(a_letter_whose_readers_are_killed_waits_for_a_person_and_is_not_lost)
{
	struct actor olga = { .kind = ACTOR_AGENT, .shop = SORT_SHOP, .id = 903,
			      .name = "Olga" };
	struct house h = in_shop();
	struct desk d = house_desk(h, SORT_SHOP);
	int64_t id = brought(h, "killed", "twice@example.com", 2);

	for (int r = 0; r < RIGHTS; r++)
		olga.may[r] = SCOPE_ALL;
	read_by(h, killed(h, "$$", 2), id);
	CHECK_INT(found(h, id).state, MAIL_BAD);
	CHECK_TEXT(found(h, id).reason, "unreadable");
	CHECK(blob_exists(open_blobs(h.arena), found(h, id).sha256));
	CHECK_OK(quarantine_again(&d, &olga, id));
	read_by(h, killed(h, "$$", 0), id);
	CHECK_TEXT(found(h, id).outcome, "opened");
}

/* Its bytes lie where nothing can be read, and it is the oldest. */
TEST(what_is_away_for_one_letter_is_not_away_for_the_others)
{
	struct house h = in_shop();
	struct sort_conf conf = conf_of(h.db, open_blobs(h.arena));
	int64_t id = brought(h, "away", "a@example.com", 2);
	int64_t behind = brought(h, "beside", "a@example.com", 0);
	struct arena *a = arena_new("round");
	struct sorter *s = sorter_new(&conf);
	int taken;

	CHECK_OK(sorter_round(s, a, &taken));
	CHECK_INT(taken, 1);
	arena_reset(a);
	/* Alone it is told, and it is blamed no more than before. */
	CHECK_ERR(sorter_round(s, a, &taken), ERR_UPSTREAM);
	arena_reset(a);
	sorter_free(s);
	arena_free(a);
	CHECK_OK(db_enter(h.db, h.arena));
	CHECK_TEXT(found(h, behind).outcome, "opened");
	CHECK_INT(found(h, id).attempts, 1);
	CHECK_OK(db_run(h.db, "UPDATE as_mail SET state = 'bad' WHERE id = ?", NULL, ARGS(id)));
}

/* One of many processes: brings its copies, sorts until nothing is left. */
static int be_one_of_many(int n)
{
	struct db_conf at = house_conf();
	struct arena *a = arena_new("child"), *batch = arena_new("round");
	struct db *db = db_new(&at);
	struct house h = { a, db };
	struct sort_conf conf;
	struct sorter *s;
	int taken, idle = 0;

	if (db_enter(db, a))
		return 1;
	for (int i = 0; i < COPIES; i++)
		brought(h, "parallel", "many@example.com", n * COPIES + i);
	conf = conf_of(db, open_blobs(a));
	s = sorter_new(&conf);
	while (idle < 5) {
		struct err *e = sorter_round(s, batch, &taken);

		idle = !e && !taken ? idle + 1 : 0;
		arena_reset(batch);
		usleep(20000);
	}
	return 0;
}

static int64_t count(struct house h, const char *what)
{
	struct { int64_t n; } out;
	const struct field fields[] = { { "n", 0, KIND_I64, NULL } };
	const struct shape shape = { "n", sizeof(out), 1, fields };

	if (!strcmp(what, "messages"))
		CHECK_OK(db_row(h.db, "SELECT COUNT(*) AS n FROM as_message WHERE"
				" shop_id = ? AND mail_id = '<parallel@example.com>'",
				&shape, &out, ARGS(SORT_SHOP)));
	else
		CHECK_OK(db_row(h.db, "SELECT COUNT(*) AS n FROM as_mail WHERE"
				" shop_id = ? AND outcome = ?", &shape, &out,
				ARGS(SORT_SHOP, what)));
	return out.n;
}

TEST(fifty_times_the_same_letter_at_once_is_one_message)
{
	struct house h = in_shop();
	pid_t children[CHILDREN];
	int status;

	open_blobs(h.arena);
	for (int i = 0; i < CHILDREN; i++) {
		children[i] = fork();
		if (!children[i])
			_exit(be_one_of_many(i));
	}
	for (int i = 0; i < CHILDREN; i++) {
		CHECK(waitpid(children[i], &status, 0) == children[i]);
		CHECK(WIFEXITED(status) && !WEXITSTATUS(status));
	}
	CHECK_INT(count(h, "messages"), 1);
	CHECK_INT(count(h, "duplicate"), CHILDREN * COPIES - 1);
}
