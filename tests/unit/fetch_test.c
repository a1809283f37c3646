#include "base/arena.h"
#include "port/fetch.h"
#include "test.h"

static const struct {
	const char *name, *written;
} names[] = {
	{ "INBOX", "INBOX" },
	{ "", "" },
	{ "Erledigt & gelöscht", "Erledigt &- gel&APY-scht" },
	{ "~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-" },
	{ "☺!", "&Jjo-!" },
	{ "📬", "&2D3c7A-" },
	{ "a📬é&b", "a&2D3c7ADp-&-b" },
};

TEST(names_of_folders_are_written_as_imap_wants_them_and_come_back)
{
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		CHECK_TEXT(fetch_name_encode(a, names[i].name), names[i].written);
		CHECK_TEXT(fetch_name_decode(a, names[i].written), names[i].name);
	}
	arena_free(a);
}

TEST(a_folder_whose_name_is_in_no_such_form_keeps_it)
{
	static const char *const odd[] = {
		"&", "&Jjo", "&!-", "&3Ac-", "&2D0-", "A&B", "caf\xc3\xa9",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		CHECK_TEXT(fetch_name_decode(a, odd[i]), odd[i]);
	CHECK_TEXT(fetch_name_encode(a, "\xff"), "\xff");
	arena_free(a);
}

TEST(a_host_of_no_name_is_told_from_one_that_refuses)
{
	struct arena *a = arena_new("test");
	struct fetch_conf c = {
		.host = "nowhere.invalid", .port = 143, .tls = FETCH_PLAIN,
		.user = "ann", .password = "secret", .folder = "INBOX",
	};
	struct fetch *f = fetch_new(&c);
	struct fetch_box box;

	CHECK_ERR(fetch_look(f, a, &box), ERR_UPSTREAM);
	CHECK_INT(fetch_why(f), FETCH_NO_NAME);
	fetch_free(f);
	c.host = "127.0.0.1";
	c.port = 1;
	f = fetch_new(&c);
	CHECK_ERR(fetch_look(f, a, &box), ERR_UPSTREAM);
	CHECK_INT(fetch_why(f), FETCH_REFUSED);
	CHECK(*fetch_detail(f));
	fetch_free(f);
	arena_free(a);
}
