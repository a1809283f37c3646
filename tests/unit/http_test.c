/* What a visit says, what is refused of it, and how an answer goes out. */
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "fcgi.h"
#include "http_door.h"
#include "test.h"

/* ---- FastCGI ---- */

TEST(a_fastcgi_visit_is_told_as_it_came)
{
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0);
	char *got = fcgi_visit(h.socket, PAIRS(
		"REQUEST_METHOD=GET", "SCRIPT_NAME=/help/panel",
		"PATH_INFO=/tickets/\xc3\xa4", "QUERY_STRING=a=b&c=%C3%A4",
		"HTTP_COOKIE=x=1; id=first; id=second",
		"HTTP_USER_AGENT=bad \xff agent",
		"REMOTE_ADDR=192.0.2.7", "HTTPS=on"), "", 0);

	check_has(got, "Status: 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n");
	check_has(got, "X-Query: a=b&c=%C3%A4\r\n");
	check_has(got, "\r\n\r\n[GET /help/panel /tickets/\xc3\xa4?a=b&c=%C3%A4] "
		  "cookie=first remote=192.0.2.7 https=1 body=0 sum=0 "
		  "agent=bad \xef\xbf\xbd agent\n");
	free(got);
	door_close(&h);
}

TEST(a_body_arrives_byte_for_byte)
{
	static const size_t sizes[] = { 1, 8191, 65536, 65537, LIMIT };
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0);

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		char *body = malloc(sizes[i]), length[48], want[64], *got;
		unsigned int sum = 0;

		for (size_t j = 0; j < sizes[i]; j++) {
			body[j] = (char) (j * 7 + i);
			sum = sum * 31 + (unsigned char) body[j];
		}
		snprintf(length, sizeof(length), "CONTENT_LENGTH=%zu", sizes[i]);
		snprintf(want, sizeof(want), "body=%zu sum=%u", sizes[i], sum);
		got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=POST", length),
				 body, sizes[i]);
		check_has(got, "[POST  /?]");
		check_has(got, want);
		free(got);
		free(body);
	}
	door_close(&h);
}

TEST(what_no_page_may_see_is_refused_at_the_door)
{
	static char much[LIMIT + 1];
	static char path[5000] = "PATH_INFO=/";
	static const struct {
		const char *one, *two;
		size_t sent;
		const char *want;
	} cases[] = {
		{ "SCRIPT_NAME=/x", "PATH_INFO=/", 0, "400" },
		{ "REQUEST_METHOD=PUT", "PATH_INFO=/", 0, "405" },
		{ "REQUEST_METHOD=get", "PATH_INFO=/", 0, "405" },
		{ "REQUEST_METHOD=GET", "PATH_INFO=/\xff", 0, "400" },
		{ "REQUEST_METHOD=GET", "PATH_INFO=/\xed\xa0\x80", 0, "400" },
		{ "REQUEST_METHOD=GET", "PATH_INFO=tickets", 0, "400" },
		{ "REQUEST_METHOD=GET", "QUERY_STRING=a=%FF", 0, "400" },
		{ "REQUEST_METHOD=GET", "QUERY_STRING=a=%00", 0, "400" },
		{ "REQUEST_METHOD=GET", path, 0, "414" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=-1", 0, "400" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=1e3", 0, "400" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=+5", 5, "400" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=9999999999999999999", 0, "400" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=99999999999", 10, "413" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=1048577", LIMIT + 1, "413" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=10", 9, "400" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=10", 11, "400" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=10", LIMIT, "400" },
		{ "REQUEST_METHOD=POST", "CONTENT_TYPE=text/plain", 5, "411" },
		{ "REQUEST_METHOD=POST", "HTTP_TRANSFER_ENCODING=chunked", 0, "411" },
	};
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0);

	memset(path + strlen(path), 'a', sizeof(path) - strlen(path) - 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *got = fcgi_visit(h.socket, PAIRS(cases[i].one,
						       cases[i].two),
				       much, cases[i].sent);

		if (strncmp(got, "Status: ", 8) ||
		    strncmp(got + 8, cases[i].want, 3))
			fail_msg("%s, %.40s with %zu bytes: want %s, got %.40s",
				 cases[i].one, cases[i].two, cases[i].sent,
				 cases[i].want, got);
		check_has(got, "<h1>");
		free(got);
	}
	door_close(&h);
}

TEST(a_body_before_the_parameters_is_no_visit)
{
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0);
	int to = fcgi_connect(h.socket);
	char *got;

	fcgi_begin(to, false);
	fcgi_record(to, FCGI_STDIN, "a=b", 3);
	fcgi_params(to, PAIRS("REQUEST_METHOD=POST", "CONTENT_LENGTH=3"));
	fcgi_record(to, FCGI_STDIN, "", 0);
	got = fcgi_answer(to);
	CHECK(!strstr(got, "200 OK"));
	free(got);
	door_close(&h);
}

TEST(an_aborted_body_never_reaches_a_page)
{
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0);

	for (int cut = 0; cut < 2; cut++) {
		int to = fcgi_connect(h.socket);
		char *got;

		fcgi_begin(to, false);
		fcgi_params(to, PAIRS("REQUEST_METHOD=POST",
				      "CONTENT_LENGTH=6"));
		fcgi_record(to, FCGI_STDIN, "abc", 3);
		if (cut)
			shutdown(to, SHUT_WR);
		else
			fcgi_record(to, FCGI_ABORT, "", 0);
		got = fcgi_answer(to);
		CHECK(!strstr(got, "200 OK"));
		free(got);
	}
	door_close(&h);
}

TEST(the_next_visitor_is_served_after_every_kind_of_bad_one)
{
	static const char junk[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0);
	int to = fcgi_connect(h.socket);
	char *got;

	send(to, junk, sizeof(junk), MSG_NOSIGNAL);
	free(fcgi_answer(to));
	close(fcgi_connect(h.socket));
	to = fcgi_connect(h.socket);
	fcgi_begin(to, false);
	close(to);
	got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET"), "", 0);
	check_has(got, "Status: 200");
	free(got);
	door_close(&h);
}

TEST(a_connection_is_not_kept_even_when_asked)
{
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0);
	int to = fcgi_connect(h.socket);
	char *got;

	fcgi_begin(to, true);
	fcgi_params(to, PAIRS("REQUEST_METHOD=GET"));
	fcgi_record(to, FCGI_STDIN, "", 0);
	got = fcgi_answer(to);		/* returns: the program hung up */
	check_has(got, "Status: 200");
	free(got);
	got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET"), "", 0);
	check_has(got, "Status: 200");
	free(got);
	door_close(&h);
}

TEST(a_head_request_and_an_unchanged_page_have_no_body)
{
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0);
	char *got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=HEAD"), "", 0);

	check_has(got, "Status: 200");
	CHECK(!strstr(got, "Content-Length: 0"));
	CHECK_TEXT(strstr(got, "\r\n\r\n"), "\r\n\r\n");
	free(got);
	got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET",
					 "PATH_INFO=/gone"), "", 0);
	check_has(got, "Status: 304");
	CHECK_TEXT(strstr(got, "\r\n\r\n"), "\r\n\r\n");
	free(got);
	door_close(&h);
}

TEST(a_file_is_streamed_whole)
{
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0);
	char *got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET",
					       "PATH_INFO=/file"), "", 0);

	check_has(got, "Content-Length: 300000\r\n");
	CHECK_INT(strlen(strstr(got, "\r\n\r\n") + 4), 300000);
	check_has(got, "0000299\n");
	free(got);
	door_close(&h);
}

/* A record of FastCGI holds 65,535 bytes, ours 65,528: head and page together. */
TEST(a_page_of_every_length_arrives_whole)
{
	static const int lengths[] = { 1, 65000, 130600, 1000000 };
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0);

	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++)
		for (int n = lengths[i]; n < lengths[i] + 600; n += lengths[i] > 1 ? 7 : 99) {
			const char *query = arena_printf(h.arena, "QUERY_STRING=%d", n);
			char *got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET",
						"PATH_INFO=/long", query), "", 0);
			char *page = strstr(got, "\r\n\r\n") + 4;

			CHECK_INT(strspn(page, "0"), n);
			CHECK_INT(strtol(strstr(got, "Content-Length: ") + 16, NULL, 10),
				  strlen(page));
			free(got);
		}
	door_close(&h);
}

TEST(a_page_that_does_not_fit_is_our_fault)
{
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0);
	char *got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET",
					       "PATH_INFO=/endless"), "", 0);

	check_has(got, "Status: 500");
	free(got);
	door_close(&h);
}

TEST(only_trusted_proxies_speak_for_others)
{
	static const struct {
		const char *remote, *list, *proto, *want;
	} cases[] = {
		{ "192.0.2.1", "203.0.113.5", "https", "remote=192.0.2.1 https=0" },
		{ "10.1.2.3", "203.0.113.5", "https", "remote=203.0.113.5 https=1" },
		{ "::1", "203.0.113.5", "http", "remote=203.0.113.5 https=0" },
		{ "10.1.2.3", "6.6.6.6, 203.0.113.5", "", "remote=203.0.113.5 https=0" },
		{ "10.1.2.3", "203.0.113.5, 10.9.9.9", "", "remote=203.0.113.5" },
		{ "10.1.2.3", "10.9.9.9", "", "remote=10.9.9.9" },
		{ "10.1.2.3", "<script>", "", "remote=10.1.2.3" },
		{ "10.1.2.3", "2001:db8::5 ", "", "remote=2001:db8::5" },
		{ "10.1.2.3", ",,,", "", "remote=10.1.2.3" },
		{ "10.1.2.3", "", "", "remote=10.1.2.3" },
		{ "11.0.0.1", "203.0.113.5", "https", "remote=11.0.0.1 https=0" },
		{ "unix:", "203.0.113.5", "https", "remote= https=0" },
	};
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0);

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *remote = arena_printf(h.arena, "REMOTE_ADDR=%s",
					    cases[i].remote);
		char *list = arena_printf(h.arena, "HTTP_X_FORWARDED_FOR=%s",
					  cases[i].list);
		char *proto = arena_printf(h.arena, "HTTP_X_FORWARDED_PROTO=%s",
					   cases[i].proto);
		char *got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET",
					remote, list, proto), "", 0);

		check_has(got, cases[i].want);
		free(got);
	}
	door_close(&h);
}

/* ---- Headers and cookies ---- */

TEST(a_header_is_one_line_and_not_one_of_ours)
{
	static const struct { const char *name, *value; bool good; } cases[] = {
		{ "Location", "https://shop.example/x", true },
		{ "ETag", "\"a\"", true },
		{ "Location", "/x\r\nSet-Cookie: a=b", false },
		{ "Location", "/x\nSet-Cookie: a=b", false },
		{ "Location", "/x\rSet-Cookie: a=b", false },
		{ "Location", "/x\x7f", false },
		{ "X\r\nY", "a", false },
		{ "X:", "a", false },
		{ "", "a", false },
		{ "Status", "200", false },
		{ "content-type", "text/plain", false },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct http_answer an;

		http_answer_init(&an, a);
		if (cases[i].good)
			CHECK_OK(http_header(&an, cases[i].name, cases[i].value));
		else
			CHECK_ERR(http_header(&an, cases[i].name,
					      cases[i].value), ERR_BUG);
		CHECK_INT(an.headers.len > 0, cases[i].good);
	}
	arena_free(a);
}

TEST(a_cookie_is_found_by_its_whole_name_or_not_at_all)
{
	static const struct { const char *header, *want; } cases[] = {
		{ "", NULL }, { "id", NULL }, { "id=", "" }, { "id=a", "a" },
		{ "x=1; id=a", "a" }, { "x=1;id=a", "a" }, { ";;id=a;", "a" },
		{ "xid=1; id=a", "a" }, { "id2=1; id=a", "a" },
		{ "ID=1", NULL }, { "x=id=a", NULL },
		{ "id=a; id=b", "a" }, { "id=\"a\"; id=b", NULL },
		{ "id=a b", NULL }, { "id=\xc3\xa4", NULL }, { "id=a,b", NULL },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct http_visit v = { .cookie = cases[i].header };
		const char *got = http_cookie(a, &v, "id");

		if (!got != !cases[i].want || (got && strcmp(got, cases[i].want)))
			fail_msg("%s: %s", cases[i].header, got ? got : "none");
	}
	arena_free(a);
}
