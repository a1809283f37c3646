#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/words.h"
#include "ctl/ctl.h"
#include "desk/install.h"
#include "port/conf.h"
#include "port/db.h"
#include "port/secret.h"
#include "store/schema.h"

static const char help[] =
"usage: aftersale migrate [--dry-run]\n"
"\n"
"Makes the tables in an empty database, or leads those of an older release to\n"
"this one, step by step. What is done already is left alone, so it may be run\n"
"at any time, and again after it was interrupted. Make a backup first.\n"
"\n"
"  --dry-run  say what would be done, and do nothing\n";

enum { FILES_MOST = 1000, NAME_MOST = 80 };

/* A file of sql/ or sql/step/. */
struct script {
	int number;			/* 30 of 30-ticket.sql, 3 of 0003-phone.sql */
	const char *name;		/* "ticket" */
	const char *text;
	struct bytes checksum;		/* SHA-256 of the text */
};

struct job {
	struct ctl *ctl;
	struct db *db;
	bool dry;
	struct script *tables, *steps;
	int n_tables, n_steps;
};

#define WRONG(j, kind, ...)	FAIL((j)->ctl->arena, kind, __VA_ARGS__)

/* --- the files ------------------------------------------------------------ */

static int by_number(const void *a, const void *b)
{
	return ((const struct script *) a)->number -
	       ((const struct script *) b)->number;
}

/* "0003-phone.sql" with four digits; false: a file of another kind. */
static bool read_name(struct job *j, const char *file, int digits,
		      struct script *out)
{
	size_t len = strlen(file);
	char *end;

	if (len < 6 || strcmp(file + len - 4, ".sql"))
		return false;
	out->number = (int) strtol(file, &end, 10);
	if (end != file + digits || *end != '-' || len - 4 > NAME_MOST)
		return false;
	out->name = arena_copy(j->ctl->arena, end + 1,
			       (size_t) (file + len - 4 - (end + 1)));
	return true;
}

static void close_folder(void *folder)
{
	closedir(folder);
}

static struct err *read_folder(struct job *j, const char *path, int digits,
			       struct script **out, int *n)
{
	struct arena *a = j->ctl->arena;
	DIR *folder = opendir(path);
	struct dirent *file;

	*n = 0;
	if (!folder && errno == ENOENT)
		return NULL;		/* there was no step yet */
	if (!folder)
		return WRONG(j, ERR_NOT_FOUND, "%s: %s; see [paths] sql", path,
			     strerror(errno));
	arena_defer(a, close_folder, folder);
	*out = arena_alloc(a, FILES_MOST * sizeof(**out));
	while ((file = readdir(folder)) && *n < FILES_MOST) {
		struct script *s = &(*out)[*n];

		if (!read_name(j, file->d_name, digits, s))
			continue;
		TRY(ctl_read(j->ctl, arena_printf(a, "%s/%s", path, file->d_name),
			     &s->text));
		s->checksum = secret_sha256(a, s->text, strlen(s->text));
		++*n;
	}
	qsort(*out, (size_t) *n, sizeof(**out), by_number);
	return NULL;
}

static struct err *read_files(struct job *j)
{
	const char *path = conf_text(j->ctl->conf, "paths", "sql");
	const char *steps = arena_printf(j->ctl->arena, "%s/step", path);

	TRY(read_folder(j, path, 2, &j->tables, &j->n_tables));
	if (!j->n_tables || j->tables[0].number != 0)
		return WRONG(j, ERR_NOT_FOUND, "%s/00-schema.sql is missing; see"
			     " [paths] sql", path);
	TRY(read_folder(j, steps, 4, &j->steps, &j->n_steps));
	for (int i = 0; i < j->n_steps; i++)
		if (j->steps[i].number != i + 1)
			return WRONG(j, ERR_NOT_FOUND, "step %d is missing in %s,"
				     " or there twice", i + 1, steps);
	if (j->n_steps < SCHEMA_VERSION)
		return WRONG(j, ERR_NOT_FOUND, "%s ends with step %d, this program"
			     " needs step %d: its files are of an older release",
			     steps, j->n_steps, SCHEMA_VERSION);
	return NULL;
}

/* --- a new installation --------------------------------------------------- */

/* Row 0 says that everything is there; the checksum is of all files. */
static struct err *note_all(struct job *j)
{
	struct digest *d = secret_digest_new(j->ctl->arena);
	struct schema_step s = { .name = "installed" };

	for (int i = 0; i < j->n_tables; i++)
		secret_digest_add(d, j->tables[i].text, strlen(j->tables[i].text));
	s.checksum = secret_digest_end(d, j->ctl->arena);
	TRY(db_begin(j->db));
	TRY(store_schema_add(j->db, &s));
	for (int i = 0; i < j->n_steps; i++) {
		s = (struct schema_step) {
			.version = j->steps[i].number, .name = j->steps[i].name,
			.checksum = j->steps[i].checksum,
		};
		TRY(store_schema_add(j->db, &s));
	}
	TRY(db_commit(j->db));
	return NULL;
}

static struct err *install(struct job *j)
{
	for (int i = 0; i < j->n_tables; i++) {
		TRY(store_schema_renew(j->db));
		TRY(db_script(j->db, j->tables[i].text));
		FAIL_POINT("migrate_table");
		printf("Made the tables of %02d-%s.\n", j->tables[i].number,
		       j->tables[i].name);
	}
	TRY(note_all(j));
	return NULL;
}

/* --- steps ---------------------------------------------------------------- */

static struct err *walk(struct job *j, const struct script *step)
{
	int64_t began = clock_ticks();
	struct schema_step done = {
		.version = step->number, .name = step->name,
		.checksum = step->checksum,
	};

	TRY(store_schema_renew(j->db));
	TRY(db_script(j->db, step->text));
	FAIL_POINT("migrate_step");
	done.ms = (int) (clock_ticks() - began);
	TRY(store_schema_add(j->db, &done));
	printf("Step %d, %s: done in %d ms.\n", done.version, done.name, done.ms);
	return NULL;
}

/* Is what was applied what we know? */
static struct err *compare(struct job *j, const struct schema_step *done)
{
	const struct script *s = &j->steps[done->version - 1];

	if (!done->version)
		return NULL;
	if (done->version > j->n_steps)
		return WRONG(j, ERR_CONFLICT, "the database is of a newer release: it"
			     " has walked step %d (%s), this program knows %d."
			     " Install that release again, or restore a backup",
			     done->version, done->name, j->n_steps);
	if (!secret_equal(done->checksum.at, done->checksum.n,
			  s->checksum.at, s->checksum.n))
		return WRONG(j, ERR_CONFLICT, "step/%04d-%s.sql was changed after it"
			     " was applied (%.19s UTC). Put the released file back;"
			     " a change of the schema is a step of its own",
			     s->number, s->name, done->applied_at);
	return NULL;
}

/* Which steps are to be walked: those without a row. */
static struct err *find_missing(struct job *j, const struct rows *rows,
				bool *missing)
{
	const struct schema_step *done = rows->at;

	for (int i = 0; i < j->n_steps; i++)
		missing[i] = true;
	for (size_t i = 0; i < rows->n; i++) {
		TRY(compare(j, &done[i]));
		if (done[i].version)
			missing[done[i].version - 1] = false;
	}
	return NULL;
}

static struct err *walk_missing(struct job *j, const struct rows *rows)
{
	bool *missing = arena_alloc(j->ctl->arena, (size_t) j->n_steps + 1);
	int walked = 0;

	TRY(find_missing(j, rows, missing));
	for (int i = 0; i < j->n_steps; i++) {
		if (!missing[i])
			continue;
		walked++;
		if (j->dry)
			printf("-- step %d, %s\n%s\n", j->steps[i].number,
			       j->steps[i].name, j->steps[i].text);
		else
			TRY(walk(j, &j->steps[i]));
	}
	if (!walked)
		printf("There is no step to walk.\n");
	return NULL;
}

/* --- all of it ------------------------------------------------------------ */

/* Without a row an installation was begun and not finished. */
static struct err *install_or_walk(struct job *j)
{
	struct rows rows;

	TRY(store_schema_list(j->db, &rows));
	if (!rows.n)
		TRY(install(j));
	else
		TRY(walk_missing(j, &rows));
	TRY(install_defaults(j->db, 1));
	printf("The database is at step %d.\n", j->n_steps);
	return NULL;
}

/* One runner at a time; who died or fell silent is no runner any more. */
static struct err *work_alone(struct job *j)
{
	struct schema_lease other;
	struct err *e;
	bool held;

	TRY(db_script(j->db, j->tables[0].text));
	TRY(store_schema_lease(j->db, &held));
	if (!held) {
		TRY(store_schema_holder(j->db, &other));
		return WRONG(j, ERR_CONFLICT, "the database is being migrated already,"
			     " by %s (connection %lld, last sign of life %.19s UTC)."
			     " Wait until that is done",
			     other.holder, (long long) other.link, other.taken_at);
	}
	e = install_or_walk(j);
	if (!e)
		e = store_schema_release(j->db);
	return e ? err_passed(e, __func__) : NULL;
}

static struct err *tell(struct job *j, const struct schema_found *found)
{
	struct rows rows = { 0 };

	if (found->schema)
		TRY(store_schema_list(j->db, &rows));
	if (rows.n) {
		TRY(walk_missing(j, &rows));
		return NULL;
	}
	for (int i = 0; i < j->n_tables; i++)
		printf("-- %02d-%s\n%s\n", j->tables[i].number, j->tables[i].name,
		       j->tables[i].text);
	return NULL;
}

static struct err *migrate(struct job *j)
{
	struct schema_found found;

	TRY(ctl_db(j->ctl, &j->db));
	TRY(read_files(j));
	words_open(conf_text(j->ctl->conf, "paths", "locale"));
	TRY(store_schema_look(j->db, &found));
	if (!found.schema && found.tables)
		return WRONG(j, ERR_CONFLICT, "database %s has %lld tables as_... but no"
			     " as_schema: they were not made by this program. Give it"
			     " an empty database",
			     conf_text(j->ctl->conf, "db", "name"),
			     (long long) found.tables);
	if (j->dry)
		TRY(tell(j, &found));
	else
		TRY(work_alone(j));
	return NULL;
}

enum ctl_exit ctl_migrate(struct ctl *c, int argc, char **argv)
{
	struct job j = { .ctl = c };
	struct err *e;

	if (argc == 2 && !strcmp(argv[1], "--help")) {
		fputs(help, stdout);
		return CTL_DONE;
	}
	j.dry = argc == 2 && !strcmp(argv[1], "--dry-run");
	if (argc != 1 + j.dry) {
		fputs(help, stderr);
		return CTL_USAGE;
	}
	e = migrate(&j);
	return e ? ctl_sorry(e) : CTL_DONE;
}
