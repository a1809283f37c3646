/*
 * The connection is lost while a page waits for the answer to its COMMIT.
 * A child stands between us and the server and hangs up at that word, once
 * the server has done it or before it hears of it. Shop 44 is this file's own.
 */
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk/ticket.h"
#include "fixture.h"
#include "store/customer.h"

enum { SHOP = 44 };

enum when { BEFORE_IT, AFTER_IT };

static struct sockaddr_un address(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", path);
	return at;
}

static int server(void)
{
	struct sockaddr_un at = address(house_conf().socket);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (connect(fd, (struct sockaddr *) &at, sizeof(at)))
		_exit(1);
	return fd;
}

/* Some bytes from one end to the other; false at the end, and at the cut. */
static bool pass(int from, int to, const enum when *cut)
{
	char piece[65536];
	ssize_t n = read(from, piece, sizeof(piece));
	bool here = cut && n > 0 && memmem(piece, (size_t) n, "COMMIT", 6);

	if (n <= 0 || (here && *cut == BEFORE_IT))
		return false;
	if (write(to, piece, (size_t) n) != n)
		return false;
	/* Its answer says that it was done; nobody hears it. */
	return !here || read(to, piece, sizeof(piece)) < 0;
}

/* One connection; only the first is cut. */
static void carry(int client, const enum when *cut)
{
	int there = server();
	struct pollfd p[2] = { { .fd = client, .events = POLLIN },
			       { .fd = there, .events = POLLIN } };
	bool goes_on = true;

	while (goes_on && poll(p, 2, -1) > 0)
		goes_on = (!p[0].revents || pass(client, there, cut)) &&
			  (!p[1].revents || pass(there, client, NULL));
	close(client);
	close(there);
}

static pid_t stand_between(const char *path, enum when when)
{
	struct sockaddr_un at = address(path);
	int door = socket(AF_UNIX, SOCK_STREAM, 0);
	pid_t child;

	CHECK_INT(bind(door, (struct sockaddr *) &at, sizeof(at)), 0);
	CHECK_INT(listen(door, 5), 0);
	child = fork();
	if (!child) {
		for (enum when *cut = &when; ; cut = NULL)
			carry(accept(door, NULL, NULL), cut);
	}
	close(door);
	return child;
}

static struct actor zoe(struct db *db)
{
	struct customer c = { .email = "zoe@example.com", .name = "Zoë" };

	CHECK_OK(store_customer_add(db, SHOP, &c, true));
	return (struct actor) { .kind = ACTOR_CUSTOMER, .shop = SHOP, .id = c.id,
				.name = "Zoë", .email = c.email };
}

/* Opens a ticket through the child; true when the page had to run again. */
static bool open_through(struct house h, enum when when, struct bytes form)
{
	struct arena *request = arena_new("request");
	struct desk d = house_desk(h, SHOP);
	struct actor who = zoe(h.db);
	char path[] = "/tmp/as-commit.XXXXXX";
	struct opening o = {
		.writing = { .type_id = catalog_default(d.catalog, ENTRY_TYPE)->id,
			     .body = "Once.", .form = form },
		.subject = "Once", .source = TICKET_FROM_SHOP, .lang = "en",
	};
	struct db_conf conf = house_conf();
	struct result r;
	struct err *e;
	pid_t child;
	bool again;

	CHECK(mkdtemp(path));
	conf.socket = arena_printf(h.arena, "%s/s", path);
	child = stand_between(conf.socket, when);
	d.db = db_new(&conf);
	d.arena = request;
	CHECK_OK(db_enter(d.db, request));
	e = ticket_open(&d, &who, &o, &r);
	again = e && e->kind == ERR_RETRY;
	if (again)
		CHECK_OK(ticket_open(&d, &who, &o, &r));
	else
		CHECK_OK(e);
	CHECK_INT(r.what, WRITTEN);
	CHECK_OK(store_ticket_find_id(h.db, &who, r.ticket_id, &(struct ticket) { 0 }));
	arena_free(request);
	db_free(d.db);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	unlink(conf.socket);
	rmdir(path);
	return again;
}

struct number {
	int64_t n;
};
static const struct field number_fields[] = { FIELD(number, n) };
static const struct shape number_shape = SHAPE(number, number_fields);

static int64_t tickets(struct house h)
{
	struct number number;

	CHECK_OK(db_row(h.db, "SELECT COUNT(*) AS n FROM as_ticket WHERE shop_id = ?",
			&number_shape, &number, ARGS(SHOP)));
	return number.n;
}

static struct bytes form_of(const char text[32])
{
	return (struct bytes) { text, 32 };
}

TEST(a_commit_that_was_done_without_an_answer_is_done)
{
	struct house h = house_enter();
	int64_t before = tickets(h);

	CHECK(!open_through(h, AFTER_IT, form_of((char[32]) { "done" })));
	CHECK_INT(tickets(h), before + 1);
}

TEST(a_commit_that_was_lost_runs_again)
{
	struct house h = house_enter();
	int64_t before = tickets(h);

	CHECK(open_through(h, BEFORE_IT, form_of((char[32]) { "lost" })));
	CHECK_INT(tickets(h), before + 1);
}
