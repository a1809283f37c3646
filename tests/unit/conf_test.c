#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "desk/desk.h"
#include "desk/link.h"
#include "port/conf.h"
#include "test.h"

#define BASE	"[web]\nbase_url = https://shop.example/help\n"

static char folder[] = "/tmp/aftersale-conf-XXXXXX";

static void remove_folder(void)
{
	static const char *const names[] = {
		"test.conf", "pass", "mode.conf", "found.conf", "aftersale.path",
	};
	int fd = open(folder, O_DIRECTORY | O_CLOEXEC);

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlinkat(fd, names[i], 0);
	close(fd);
	rmdir(folder);
}

static const char *in_folder(struct arena *a, const char *name)
{
	static bool made;

	if (!made) {
		CHECK(mkdtemp(folder));
		atexit(remove_folder);
	}
	made = true;
	return arena_printf(a, "%s/%s", folder, name);
}

static const char *file(struct arena *a, const char *name, const char *text,
			size_t n)
{
	const char *path = in_folder(a, name);
	FILE *f = fopen(path, "w");

	CHECK(f && fwrite(text, 1, n, f) == n && !fclose(f));
	CHECK(!chmod(path, 0600));
	return path;
}

static struct conf *loaded(struct arena *a, const char *text)
{
	struct conf *c = NULL;

	CHECK_OK(conf_load(a, file(a, "test.conf", text, strlen(text)), NULL, &c));
	CHECK(c);
	return c;
}

/* The reason why a text is refused, without the path before it. */
static const char *refused(struct arena *a, const char *text, size_t n)
{
	const char *path = file(a, "test.conf", text, n);
	struct conf *c;
	struct err *e = conf_load(a, path, NULL, &c);

	if (!e)
		fail_msg("was accepted: %s", text);
	CHECK_INT(e->kind, ERR_BAD_REQUEST);
	CHECK(!strncmp(e->text, path, strlen(path)));
	return e->text + strlen(path);
}

static size_t count(const char *const *list)
{
	size_t n = 0;

	while (list[n])
		n++;
	return n;
}

TEST(a_short_file_gets_all_the_defaults)
{
	struct arena *a = arena_new("test");
	struct conf *c = loaded(a, BASE);

	CHECK_TEXT(conf_path(c), in_folder(a, "test.conf"));
	CHECK_TEXT(conf_text(c, "db", "host"), "localhost");
	CHECK(!conf_text(c, "db", "socket"));
	CHECK_INT(conf_number(c, "db", "port"), 3306);
	CHECK(conf_switch(c, "db", "keep"));
	CHECK(!conf_switch(c, "web", "cookie_insecure"));
	CHECK_INT(conf_number(c, "web", "requests"), 10000);
	CHECK_INT(conf_number(c, "limits", "mail_mb"), 25);
	CHECK_INT(conf_number(c, "security", "password_mib"), 19);
	CHECK_TEXT(conf_text(c, "web", "storefront_url"), "https://shop.example/help");
	CHECK_TEXT(conf_text(c, "web", "panel_url"), "https://shop.example/help/panel");
	CHECK(!conf_text(c, "web", "trusted_proxies"));
	CHECK_TEXT(conf_text(c, "paths", "templates"), AFTERSALE_DATADIR "/templates");
	CHECK_TEXT(conf_text(c, "paths", "theme"), in_folder(a, "theme"));
	CHECK_INT(count(conf_shops(c)), 0);
	CHECK_INT(count(conf_complaints(c)), 0);
	arena_free(a);
}

TEST(values_are_read_as_they_are_written)
{
	struct arena *a = arena_new("test");
	struct conf *c = loaded(a, "\xef\xbb\xbf# hello\r\n; and\r\n  [ web ]  \r\n"
		"base_url=http://127.0.0.1:8080\r\n"
		"\tassets_url\t=\thttps://cdn.example/a\t\r\n"
		"[db]\npassword = a;b # c = \"d\"\nuser = \"  me \"\nname = \"\"\n"
		"port = 3307\nkeep = no\nhost =\n[web]\nrequests = 0");

	CHECK_TEXT(conf_text(c, "db", "password"), "a;b # c = \"d\"");
	CHECK_TEXT(conf_text(c, "db", "user"), "  me ");
	CHECK_TEXT(conf_text(c, "db", "name"), "aftersale");
	CHECK_TEXT(conf_text(c, "db", "host"), "localhost");
	CHECK_INT(conf_number(c, "db", "port"), 3307);
	CHECK(!conf_switch(c, "db", "keep"));
	CHECK_INT(conf_number(c, "web", "requests"), 0);
	CHECK_TEXT(conf_text(c, "web", "assets_url"), "https://cdn.example/a");
	CHECK_TEXT(conf_text(c, "web", "board_url"), "http://127.0.0.1:8080/board");
	arena_free(a);
}

TEST(mistakes_are_named_with_their_line_and_what_was_meant)
{
#define CASE(text, why) { text, sizeof(text) - 1, why }
	static const struct { const char *text; size_t n; const char *why; } cases[] = {
		CASE("[db]\nhots = x\n",
		     ":2: there is no key hots in [db]; did you mean host?"),
		CASE("[db]\n\nbase_url = x\n",
		     ":3: there is no key base_url in [db]; did you mean base_url in [web]?"),
		CASE("[db]\nzzzzzzzzz = x\n", ":2: there is no key zzzzzzzzz in [db]"),
		CASE("[db]\nHost = x\n",
		     ":2: there is no key Host in [db]; did you mean host?"),
		CASE("[db]\nhost_file = x\n", ":2: there is no key host_file in [db]"),
		CASE("[db]\n= x\n", ":2: there is no key  in [db]"),
		CASE("[wep]\n", ":1: there is no section [wep]; did you mean [web]?"),
		CASE("[]\n", ":1: there is no section []"),
		CASE("[db.stroefront]\n", ":1: there is no section [db.stroefront]; "
		     "programs with an account of their own are storefront, board, "
		     "panel, config, courier, mailroom and ctl"),
		CASE("[shop.My_Shop]\n", ":1: there is no section [shop.My_Shop]; the "
		     "name of a shop is small letters and digits, at most 16"),
		CASE("[db.*]\n", NULL), CASE("[shop.*]\n", NULL), CASE("[shop.]\n", NULL),
		CASE("[db\n", ":1: a section ends with ]"),
		CASE("[\n", ":1: a section ends with ]"),
		CASE("host = x\n", ":1: host stands before the first [section]"),
		CASE("[db]\nhost\n",
		     ":2: expected key = value, [section] or # comment"),
		CASE("[db]\nhost = \"x\n", ":2: a value that begins with \" ends with \""),
		CASE("[db]\nhost = \"\n", NULL),
		CASE("[db]\nport = 0\n", ":2: port must be a number from 1 to 65535"),
		CASE("[db]\nport = 65536\n", NULL), CASE("[db]\nport = -1\n", NULL),
		CASE("[db]\nport = 0x10\n", NULL), CASE("[db]\nport = 12a\n", NULL),
		CASE("[db]\nport = 99999999999999999999\n", NULL),
		CASE("[db]\nkeep = true\n", ":2: keep must be yes or no"),
		CASE("[db]\nkeep = yes no\n", NULL), CASE("[db]\nkeep = es\n", NULL),
		CASE("[shop.1]\nkey = bin\n", ":2: key must be one of: int bin16 text"),
		CASE("[paths]\nhome = here\n", ":2: home must be a path that begins with a slash"),
		 
		CASE("[db]\nhost = \xff\n", ": not UTF-8 text"),
		CASE("[db]\nhost = a\0b\n", ": not UTF-8 text"),
		CASE("", ": base_url in [web] is missing: every link needs it"),
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *why = refused(a, cases[i].text, cases[i].n);

		if (cases[i].why)
			CHECK_TEXT(why, cases[i].why);
	}
	arena_free(a);
}

TEST(a_key_given_twice_is_refused_and_a_section_may_be_continued)
{
	struct arena *a = arena_new("test");
	const char *text = "[db]\nuser = a\n[log]\n[db]\nuser = a\n";

	CHECK_TEXT(refused(a, text, strlen(text)),
		   arena_printf(a, ":5: user was already given in %s:2",
				in_folder(a, "test.conf")));
	text = "[db]\npassword = a\npassword_file = b\n";
	CHECK(strstr(refused(a, text, strlen(text)), "already given"));
	CHECK_TEXT(conf_text(loaded(a, "[db]\nuser = a\n" BASE "[db]\nname = b\n"),
			     "db", "name"), "b");
	arena_free(a);
}

TEST(the_address_is_complete_and_safe)
{
	static const struct { const char *url; bool good; } cases[] = {
		{ "https://shop.example", true },
		{ "https://shop.example:8443/a/b-c_d~e.f", true },
		{ "https://[2001:db8::1]/x", true },
		{ "http://localhost:8080/help", true },
		{ "http://127.0.0.1", true }, { "http://127.9.8.7:1", true },
		{ "http://[::1]:8080", true },
		{ "http://shop.example", false },
		{ "http://localhost.evil.example", false },
		{ "http://127.0.0.1.evil.example", false },
		{ "http://192.168.1.2", false },
		{ "https://shop.example/", false },
		{ "https://shop.example/help/", false },
		{ "https://shop.example//help", false },
		{ "https://shop.example/../help", false },
		{ "https://shop.example/?x", false },
		{ "https://shop.example/#x", false },
		{ "https://shop.example:/x", false },
		{ "https://shop.example:123456", false },
		{ "https://me:pass@shop.example", false },
		{ "https://", false }, { "https:///x", false }, { "https://[]", false },
		{ "HTTPS://shop.example", false }, { "ftp://shop.example", false },
		{ "//shop.example", false }, { "shop.example", false },
		{ "javascript:alert(1)", false },
		{ "https://shop.example/\"onload=x", false },
		{ "https://shop.example/a b", false },
	};
	static const char plain[] = BASE "panel_url = http://shop.example/p\n";
	struct arena *a = arena_new("test");
	struct conf *c;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *text = arena_printf(a, "[web]\nbase_url = %s\n", cases[i].url);

		if (cases[i].good)
			CHECK_TEXT(conf_text(loaded(a, text), "web", "base_url"),
				   cases[i].url);
		else
			CHECK(!strncmp(refused(a, text, strlen(text)), ":2: base_url ", 13));
	}
	c = loaded(a, "[web]\nbase_url = http://shop.example\ncookie_insecure = yes\n");
	CHECK(conf_switch(c, "web", "cookie_insecure"));
	CHECK(strstr(refused(a, plain, strlen(plain)), "cookie_insecure = yes"));
	arena_free(a);
}

TEST(relative_paths_are_below_home)
{
	struct arena *a = arena_new("test");
	struct conf *c = loaded(a, BASE "[paths]\nattachments = files\n"
				"home = /srv/help\nsql = /opt/sql\ntheme = mine\n"
				"[log]\nfile = log/x.log\n[db]\nsocket = run/db.sock\n");

	CHECK_TEXT(conf_text(c, "paths", "attachments"), "/srv/help/files");
	CHECK_TEXT(conf_text(c, "paths", "sql"), "/opt/sql");
	CHECK_TEXT(conf_text(c, "paths", "theme"), "/srv/help/mine");
	CHECK_TEXT(conf_text(c, "log", "file"), "/srv/help/log/x.log");
	CHECK_TEXT(conf_text(c, "db", "socket"), "/srv/help/run/db.sock");
	CHECK_TEXT(conf_text(c, "paths", "spool"), "/srv/help/spool");
	c = loaded(a, BASE);
	CHECK_TEXT(conf_text(c, "paths", "spool"), AFTERSALE_STATEDIR "/spool");
	CHECK_TEXT(conf_text(c, "paths", "attachments"), AFTERSALE_STATEDIR "/attachments");
	arena_free(a);
}

TEST(a_program_has_its_own_account_or_the_common_one)
{
	struct arena *a = arena_new("test");
	struct conf *c = loaded(a, BASE "[db]\nuser = all\npassword = p\n"
				"[db.board]\nuser = board\npassword = q\n"
				"[db.panel]\nuser = panel\n");

	CHECK_TEXT(conf_text(c, "db.board", "user"), "board");
	CHECK_TEXT(conf_text(c, "db.board", "password"), "q");
	CHECK_TEXT(conf_text(c, "db.config", "user"), "all");
	CHECK_TEXT(conf_text(c, "db.config", "password"), "p");
	CHECK_TEXT(conf_text(c, "db.panel", "user"), "panel");
	CHECK(!conf_text(c, "db.panel", "password"));
	arena_free(a);
}

TEST(shops_are_listed_in_their_order)
{
	struct arena *a = arena_new("test");
	struct conf *c = loaded(a, BASE "[shop.b2]\nmap = magento\n[shop.1]\n"
				"name = One\ntime = local\nno_is_key = yes\n");

	CHECK_INT(count(conf_shops(c)), 2);
	CHECK_TEXT(conf_shops(c)[0], "b2");
	CHECK_TEXT(conf_shops(c)[1], "1");
	CHECK_TEXT(conf_text(c, "shop.b2", "map"), "magento");
	CHECK_TEXT(conf_text(c, "shop.b2", "key"), "int");
	CHECK(!conf_text(c, "shop.1", "map"));
	CHECK_TEXT(conf_text(c, "shop.1", "time"), "local");
	CHECK(conf_switch(c, "shop.1", "no_is_key"));
	CHECK_INT(conf_number(c, "shop.1", "port"), 0);
	arena_free(a);
}

/* Letters lead to the shop's order, too: those of courier and mailroom. */
TEST(every_program_knows_the_doors_and_the_shops_pages)
{
	struct arena *a = arena_new("test");
	struct desk_urls u = desk_urls_of(a, loaded(a, BASE));

	CHECK_TEXT(u.panel, "https://shop.example/help/panel");
	CHECK(!u.shop_order);
	u = desk_urls_of(a, loaded(a, BASE
		"[shop.main]\norder_url = https://shop.example/orders/{order}\n"
		"login_url = https://shop.example/help-login\n"));
	CHECK_TEXT(u.shop_order, "https://shop.example/orders/{order}");
	CHECK_TEXT(u.shop_login, "https://shop.example/help-login");
	arena_free(a);
}

TEST(the_environment_stands_above_the_file)
{
	static const struct { const char *name, *text; } set[] = {
		{ "AFTERSALE_DB_HOST", "db.example" }, { "AFTERSALE_DB_NAME", "" },
		{ "AFTERSALE_DB_BOARD_USER", "board" },
		{ "AFTERSALE_SHOP_7_LOGIN_URL", "https://x" },
		{ "AFTERSALE_SHOP_7_MAP", "opencart" },
		{ "AFTERSALE_WEB_BASE_URL", "https://other.example" },
		{ "AFTERSALE_DB_HOTS", "x" }, { "AFTERSALE_NOW", "2026-03-05" },
	};
	enum { SET = sizeof(set) / sizeof(*set) };
	struct arena *a = arena_new("test");
	struct conf *c;

	for (size_t i = 0; i < SET; i++)
		setenv(set[i].name, set[i].text, 1);
	c = loaded(a, BASE "[db]\nhost = a\nname = b\nuser = c\n");
	for (size_t i = 0; i < SET; i++)
		unsetenv(set[i].name);
	CHECK_TEXT(conf_text(c, "db", "host"), "db.example");
	CHECK_TEXT(conf_text(c, "db", "name"), "aftersale");
	CHECK_TEXT(conf_text(c, "db", "user"), "c");
	CHECK_TEXT(conf_text(c, "db.board", "user"), "board");
	CHECK_TEXT(conf_text(c, "shop.7", "login_url"), "https://x");
	CHECK_TEXT(conf_shops(c)[0], "7");
	CHECK_TEXT(conf_text(c, "web", "board_url"), "https://other.example/board");
	CHECK_INT(count(conf_complaints(c)), 1);
	CHECK_TEXT(conf_complaints(c)[0],
		   "AFTERSALE_DB_HOTS in the environment belongs to no key");
	arena_free(a);
}

TEST(a_bad_value_in_the_environment_is_refused_by_its_name)
{
	struct arena *a = arena_new("test");
	const char *path = file(a, "test.conf", BASE, strlen(BASE));
	struct conf *c;
	struct err *e;

	setenv("AFTERSALE_DB_PORT", "many", 1);
	e = conf_load(a, path, NULL, &c);
	unsetenv("AFTERSALE_DB_PORT");
	CHECK(e);
	CHECK_TEXT(e->text, "AFTERSALE_DB_PORT: port must be a number from 1 to 65535");
	arena_free(a);
}

TEST(a_secret_may_lie_in_a_file_of_its_own)
{
	struct arena *a = arena_new("test");
	struct conf *c;
	const char *text;

	file(a, "pass", "s3cret \nsecond line\n", 20);
	text = arena_printf(a, BASE "[paths]\nhome = %s\n[db]\npassword_file = pass\n"
			    "[shop.1]\nsecret_file = %s\n", folder, in_folder(a, "pass"));
	c = loaded(a, text);
	CHECK_TEXT(conf_text(c, "db", "password"), "s3cret ");
	CHECK_TEXT(conf_text(c, "shop.1", "secret"), "s3cret ");
	CHECK_INT(count(conf_complaints(c)), 0);
	setenv("AFTERSALE_DB_PASSWORD", "other", 1);
	c = loaded(a, text);
	unsetenv("AFTERSALE_DB_PASSWORD");
	CHECK_TEXT(conf_text(c, "db", "password"), "other");
	text = BASE "[db]\npassword_file = /nowhere/at/all\n";
	CHECK_ERR(conf_load(a, file(a, "test.conf", text, strlen(text)), NULL, &c),
		  ERR_NOT_FOUND);
	arena_free(a);
}

TEST(a_file_with_secrets_that_others_can_read_is_complained_of)
{
	static const struct { mode_t mode; uid_t owner; size_t complaints; } cases[] = {
		{ 0600, 0, 0 }, { 0640, 0, 0 }, { 0644, 0, 1 }, { 0660, 0, 1 },
		{ 0640, 1000, 1 }, { 0600, 1000, 0 }, { 0604, 1000, 1 },
	};
	struct arena *a = arena_new("test");
	const char *secret = BASE "[db]\npassword = x\n";
	struct conf *c;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *path = file(a, "mode.conf", secret, strlen(secret));

		if (geteuid() != 0 && cases[i].owner == 0)
			continue;	/* only root can give a file to root */
		CHECK(geteuid() != 0 || !chown(path, cases[i].owner, 0));
		CHECK(!chmod(path, cases[i].mode));
		CHECK_OK(conf_load(a, path, NULL, &c));
		CHECK_INT(count(conf_complaints(c)), cases[i].complaints);
		CHECK(!unlink(path));
	}
	CHECK(!chmod(file(a, "mode.conf", BASE, strlen(BASE)), 0644));
	CHECK_OK(conf_load(a, in_folder(a, "mode.conf"), NULL, &c));
	CHECK_INT(count(conf_complaints(c)), 0);
	arena_free(a);
}

TEST(the_file_is_found_where_it_was_promised)
{
	struct arena *a = arena_new("test");
	const char *path = file(a, "found.conf", BASE, strlen(BASE));
	const char *beside = in_folder(a, "panel.fcgi");
	struct conf *c;

	file(a, "aftersale.path", arena_printf(a, "%s\n", path), strlen(path) + 1);
	CHECK_OK(conf_load(a, NULL, beside, &c));
	CHECK_TEXT(conf_path(c), path);
	setenv("AFTERSALE_CONF", "/nowhere/at/all", 1);
	CHECK_ERR(conf_load(a, NULL, beside, &c), ERR_NOT_FOUND);
	CHECK_OK(conf_load(a, path, beside, &c));
	unsetenv("AFTERSALE_CONF");
	CHECK_ERR(conf_load(a, "/nowhere/at/all", beside, &c), ERR_NOT_FOUND);
	CHECK_ERR(conf_load(a, "/tmp", beside, &c), ERR_NOT_FOUND);
	file(a, "aftersale.path", "found.conf\n", 11);
	CHECK_ERR(conf_load(a, NULL, beside, &c), ERR_BAD_REQUEST);
	arena_free(a);
}

TEST(a_file_without_an_end_is_refused)
{
	struct arena *a = arena_new("test");
	struct conf *c;

	CHECK_ERR(conf_load(a, "/dev/zero", NULL, &c), ERR_BAD_REQUEST);
	arena_free(a);
}

TEST(asking_for_a_key_that_nobody_can_set_ends_the_program)
{
	struct arena *a = arena_new("test");
	struct conf *c = loaded(a, BASE);
	int status;
	pid_t child = fork();

	CHECK(child >= 0);
	if (!child) {
		fclose(stderr);
		signal(SIGABRT, SIG_DFL);
		conf_text(c, "db", "hots");
		_exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	arena_free(a);
}
