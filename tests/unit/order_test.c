/* A shop that does not answer: DECISIONS 31, by the clock. */
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "desk/order.h"
#include "fixture.h"
#include "port/conf.h"

enum { SHOP = 41 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

/* Somebody listens there and never says a word. */
static int silent_server(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", path);
	unlink(path);
	CHECK_INT(bind(fd, (struct sockaddr *) &at, sizeof(at)), 0);
	CHECK_INT(listen(fd, 5), 0);
	return fd;
}

static struct conf *shop_at(struct arena *a, const char *socket)
{
	const char *path = arena_printf(a, "%s.conf", socket);
	FILE *f = fopen(path, "w");
	struct conf *c;

	assert_non_null(f);
	fprintf(f, "[web]\nbase_url = http://localhost/help\n[shop.silent]\n"
		   "socket = %s\nuser = nobody\ndb = shop\n", socket);
	fclose(f);
	CHECK_OK(conf_load(a, path, "unit", &c));
	unlink(path);
	return c;
}

TEST(a_silent_shop_costs_a_page_three_seconds_once_and_is_then_left_alone)
{
	static const struct actor zoe = { .kind = ACTOR_CUSTOMER, .shop = SHOP,
		.id = 1, .name = "Zoë", .email = "zoe@example.com", .external_id = "7" };
	struct arena *a = arena_new("order");
	const char *path = arena_printf(a, "/tmp/as-silent-%d", (int) getpid());
	struct desk d = house_desk(house_enter(), SHOP);
	int server = silent_server(path);
	struct shop_orders orders;
	struct order order;
	double began;
	bool away;

	CHECK_OK(store_shop_set_meta(d.db, "silent", &(struct shop_meta) {
		.map = "demo", .db = "shop", .prefix = "", .security = "DEFINER",
		.lang_id = "1" }));
	d.orders = order_source_open(a, shop_at(a, path), "silent");
	CHECK_OK(order_source_enter(d.orders, d.db, d.arena, 1));
	began = now();
	CHECK_OK(order_list(&d, &zoe, (struct shop_cursor) { 0 }, 10, &orders, &away));
	CHECK(away);
	CHECK_INT(orders.rows.n, 0);
	CHECK(now() - began < 3.5);
	/* The same page asks no more, nor do the next ones for half a minute. */
	began = now();
	CHECK_OK(order_find(&d, &zoe, "1", true, &order, &away));
	CHECK(away);
	CHECK_OK(order_source_enter(d.orders, d.db, d.arena, 1));
	CHECK_OK(order_list(&d, &zoe, (struct shop_cursor) { 0 }, 10, &orders, &away));
	CHECK(away);
	CHECK(now() - began < 0.2);
	house_enter();			/* the request ends before the source does */
	order_source_close(d.orders);
	close(server);
	unlink(path);
	arena_free(a);
}

TEST(without_views_the_orders_of_the_token_are_shown)
{
	static const struct actor zoe = { .kind = ACTOR_CUSTOMER, .shop = SHOP,
		.id = 1, .name = "Zoë", .email = "zoe@example.com", .external_id = "7" };
	struct desk d = house_desk(house_enter(), SHOP);
	struct shop_orders orders;
	struct order order;
	struct rows lines;
	bool away;

	CHECK_OK(order_list(&d, &zoe, (struct shop_cursor) { 0 }, 10, &orders, &away));
	CHECK(away);
	d.told_orders = "[{\"key\":\"7\",\"no\":\"A-7\",\"placed_at\":\"2026-03-02 10:00:00\","
		"\"currency\":\"EUR\",\"total\":\"12.50\",\"lines\":[{\"name\":\"Mug\",\"qty\":\"2\"}]},"
		"{\"key\":\"8\",\"no\":\"A-8\",\"total\":\"a lot\",\"currency\":\"Euro\",\"lines\":[{\"name\":\"Jug\",\"qty\":\"1\"}]}]";
	CHECK_OK(order_list(&d, &zoe, (struct shop_cursor) { 0 }, 10, &orders, &away));
	CHECK(!away);
	CHECK_INT(orders.rows.n, 2);
	CHECK_TEXT(((struct shop_order *) orders.rows.at)->order_no, "A-7");
	CHECK(!((struct shop_order *) orders.rows.at)[1].total);
	CHECK(!((struct shop_order *) orders.rows.at)[1].currency);
	CHECK_OK(order_lines_of(&d, &orders.rows, &lines, &away));
	CHECK_INT(lines.n, 2);
	CHECK_TEXT(((struct shop_line *) lines.at)[1].order_key, "8");
	CHECK_OK(order_find(&d, &zoe, "7", true, &order, &away));
	CHECK(!away);
	CHECK_TEXT(order.facts.total, "12.50");
	CHECK_INT(order.lines.n, 1);
	CHECK_OK(order_find(&d, &zoe, "9", true, &order, &away));
	CHECK(away);
}
