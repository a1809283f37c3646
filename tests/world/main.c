/*
 * world - fill an installation with a population.
 *
 *	world --tickets N --data FOLDER [--socket FILE --files FOLDER]
 *	      [--day YYYY-MM-DD] [--bytes N]
 *
 * Run by tests/dev/world.sh, which knows where everything is. Without a
 * socket it only looks whether the disk has room. --bytes is what a ticket
 * takes of it, 0: do not look; tests lie about it. The status is 0 when
 * the world is there, 1 when it said why not, 64 for a wrong use.
 */
#include <getopt.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/arena.h"
#include "files.h"
#include "ground.h"
#include "load.h"

enum {
	YEARS_DAYS = 3 * 365,
	/* Measured: 5,300 with all indexes, and some to spare. */
	BYTES = 8000,
	/* The installation; the server's log, see tests/dev/mariadb.sh. */
	FIRST_MIB = 300, LOG_MIB = 1024, BIG = 20000,
};

struct task {
	struct world world;
	struct arena *arena;
	struct load *load;
	const char *socket, *files, *data;
	int64_t bytes;
	struct timespec began;
	_Atomic(struct lane *) failed;	/* the first that did */
};

/* One of the threads that load. */
struct lane {
	struct task *task;
	const struct table *tables, *now;
	struct arena *arena;
	struct err *err;
	struct progress progress;
	_Atomic bool over;
};

/* --- telling ------------------------------------------------------------------------- */

static double seconds(const struct timespec *since)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double) (now.tv_sec - since->tv_sec) +
		(double) (now.tv_nsec - since->tv_nsec) / 1e9;
}

static void tell(struct task *t, const char *what, double took)
{
	printf("%s%-24s %7.1f s%8.1f s\n", isatty(1) ? "\r\033[K" : "", what, took,
	       seconds(&t->began));
	fflush(stdout);
}

/* One line that moves, for people who look on. */
static void show(struct task *t, const struct lane *lanes, int n)
{
	if (!isatty(1))
		return;
	printf("\r\033[K%.0f s", seconds(&t->began));
	for (int i = 0; i < n; i++) {
		const struct table *now = lanes[i].now;
		uint32_t units = now ? now->units(&t->world) : 0;

		if (!lanes[i].over && units)
			printf("   %s %.0f %%", now->what,
			       100.0 * lanes[i].progress.done / units);
	}
	fflush(stdout);
}

/* Whoever interrupts it gets an empty installation back, not half a world. */
static void interrupted(int sig)
{
	(void) sig;
	load_interrupt = true;
}

static void mind_signals(void)
{
	const struct sigaction stop = { .sa_handler = interrupted };

	sigaction(SIGINT, &stop, NULL);
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGHUP, &stop, NULL);
}

/* --- loading ------------------------------------------------------------------------- */

static struct err *load_list(struct lane *lane)
{
	struct task *t = lane->task;
	struct load *l;

	TRY(load_open(lane->arena, t->socket, &l));
	for (const struct table *table = lane->tables; table->what; table++) {
		struct timespec began;

		clock_gettime(CLOCK_MONOTONIC, &began);
		lane->now = table;
		TRY(load_table(l, &t->world, table, &lane->progress));
		tell(t, table->what, seconds(&began));
	}
	return NULL;
}

static void *drive(void *what)
{
	struct lane *lane = what, *none = NULL;

	lane->err = load_list(lane);
	if (lane->err && atomic_compare_exchange_strong(&lane->task->failed, &none, lane))
		load_interrupt = true;
	lane->over = true;
	return NULL;
}

static void begin(struct lane *lane, pthread_t *thread)
{
	lane->arena = arena_new("lane");
	if (pthread_create(thread, NULL, drive, lane))
		abort();
}

/* The failure that was first: who was stopped has only that to say. */
static struct err *outcome(struct task *t)
{
	const struct err *e = t->failed ? t->failed->err : NULL;

	return e ? FAIL(t->arena, e->kind, "%s", e->text) : NULL;
}

/* The messages take as long as all the rest. */
static struct err *load_all(struct task *t)
{
	enum { LANES = 3 };
	struct lane lanes[LANES] = {
		{ .task = t, .tables = rows_messages },
		{ .task = t, .tables = rows_rest },
		{ .task = t, .tables = rows_index },
	};
	pthread_t threads[LANES];

	for (int i = 0; i < LANES; i++)
		begin(&lanes[i], &threads[i]);
	while (!lanes[0].over || !lanes[1].over || !lanes[2].over) {
		show(t, lanes, LANES);
		usleep(100 * 1000);
	}
	for (int i = 0; i < LANES; i++)
		pthread_join(threads[i], NULL);
	TRY(outcome(t));
	for (int i = 0; i < LANES; i++)
		arena_free(lanes[i].arena);
	return NULL;
}

/* --- the whole ------------------------------------------------------------------------ */

static int64_t bytes_needed(const struct task *t)
{
	uint32_t n = t->world.n_tickets;
	int64_t mib = FIRST_MIB + (n < BIG ? 0 : LOG_MIB);

	return t->bytes ? n * t->bytes + (mib << 20) : 0;
}

static struct err *look(struct task *t)
{
	TRY(ground_has_room(t->arena, t->data, bytes_needed(t)));
	if (!t->socket)
		return NULL;
	TRY(load_open(t->arena, t->socket, &t->load));
	TRY(ground_is_empty(t->load));
	return NULL;
}

static struct err *build(struct task *t)
{
	struct timespec began = t->began;

	plan_make(&t->world);
	tell(t, "thought out", seconds(&began));
	TRY(ground_prepare(t->load, &t->world));
	TRY(files_store(&t->world, t->files));
	TRY(load_all(t));
	clock_gettime(CLOCK_MONOTONIC, &began);
	TRY(ground_finish(t->load, &t->world));
	tell(t, "put in order", seconds(&began));
	return NULL;
}

static void undo(struct task *t)
{
	struct err *e;

	fprintf(stderr, "world: emptying what was loaded\n");
	ground_empty(t->load, &t->world);
	e = files_drop(&t->world, t->files);
	if (e)
		fprintf(stderr, "world: %s\n", e->text);
}

static int make(struct task *t)
{
	struct err *e = look(t);

	if (e) {
		fprintf(stderr, "world: %s\n", e->text);
		return 1;
	}
	if (!t->socket)
		return 0;
	mind_signals();
	e = build(t);
	if (e) {
		fprintf(stderr, "world: %s%s (%s)\n", e->kind == ERR_FULL ?
			"the disk is full: " : "", e->text, e->path);
		undo(t);
		return 1;
	}
	printf("%u tickets, %u messages, %u customers, %u orders, %.1f s\n",
	       t->world.n_tickets, t->world.n_messages, t->world.n_people,
	       t->world.n_orders, seconds(&t->began));
	return 0;
}

/* --- options -------------------------------------------------------------------------- */

static bool number(const char *text, int64_t most, int64_t *out)
{
	char *end;

	*out = strtoll(text, &end, 10);
	return *text >= '0' && *text <= '9' && !*end && *out <= most;
}

static bool option(struct task *t, int c, const char *value)
{
	int64_t n = 0;

	switch (c) {
	case 'n':
		if (!number(value, TICKETS_MOST, &n) || !n)
			return false;
		t->world.n_tickets = (uint32_t) n;
		return true;
	case 'b': return number(value, 1 << 30, &t->bytes);
	case 'd': return (t->world.now = clock_parse(value)) > 0;
	case 's': t->socket = value; return true;
	case 'f': t->files = value; return true;
	case 'D': t->data = value; return true;
	}
	return false;
}

static bool options(struct task *t, int argc, char **argv)
{
	static const struct option words[] = {
		{ "tickets", required_argument, NULL, 'n' },
		{ "bytes", required_argument, NULL, 'b' },
		{ "day", required_argument, NULL, 'd' },
		{ "socket", required_argument, NULL, 's' },
		{ "files", required_argument, NULL, 'f' },
		{ "data", required_argument, NULL, 'D' },
		{ 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "", words, NULL)) != -1)
		if (!option(t, c, optarg))
			return false;
	return optind == argc && t->world.n_tickets && t->data &&
		!t->socket == !t->files;
}

int main(int argc, char **argv)
{
	static struct task t;

	t.arena = t.world.arena = arena_new("world");
	t.bytes = BYTES;
	t.world.now = clock_now();
	clock_gettime(CLOCK_MONOTONIC, &t.began);
	if (!options(&t, argc, argv)) {
		fprintf(stderr, "usage: world --tickets N --data FOLDER [--socket FILE"
			" --files FOLDER] [--day YYYY-MM-DD] [--bytes N]\n"
			"N is 1 to %d.\n", TICKETS_MOST);
		return 64;
	}
	t.world.now -= t.world.now % DAY;
	t.world.begin = t.world.now - YEARS_DAYS * DAY;
	return make(&t);
}
