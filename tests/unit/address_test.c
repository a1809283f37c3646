#include "base/address.h"
#include "test.h"

TEST(an_address_of_an_envelope_passes_a_strict_grammar)
{
	static const struct { const char *address; bool valid; } cases[] = {
		{ "ann@shop.example", true },
		{ "ann.o'hara+tag@shop.example", true },
		{ "\"ann b\"@shop.example", true },
		{ "\"a\\\"b\\\\c\"@shop.example", true },
		{ "ann@localhost", true },
		{ "ann@xn--mller-kva.example", true },
		{ "ann@müller.example", true },
		{ "", false },
		{ "ann", false },
		{ "@shop.example", false },
		{ "ann@", false },
		{ "ann@shop..example", false },
		{ "ann@.example", false },
		{ "ann@-shop.example", false },
		{ "ann@shop_.example", false },
		{ "ann@[127.0.0.1]", false },
		{ ".ann@shop.example", false },
		{ "ann.@shop.example", false },
		{ "an..n@shop.example", false },
		{ "an n@shop.example", false },
		{ "ann@shop.example ", false },
		{ "zoë@shop.example", false },
		{ "ann@shop.example,eve@evil.example", false },
		{ "ann@shop.example\r\nRCPT TO:<eve@evil.example>", false },
		{ "ann\n@shop.example", false },
		{ "<ann@shop.example>", false },
		{ "@hop.example:ann@shop.example", false },
		{ "\"ann\r\n\"@shop.example", false },
		{ "\"a\"b\"@shop.example", false },
		{ "\"a\\\"@shop.example", false },
		{ "\"\"@shop.example", false },
		{ "ann@shop\x7f.example", false },
		{ "ann@sh\xc2\x85op.example", false },
		{ "ann@sh\xffop.example", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (address_valid(cases[i].address) != cases[i].valid)
			fail_msg("\"%s\" is %s", cases[i].address,
				 cases[i].valid ? "refused" : "accepted");
}

TEST(an_address_has_at_most_254_bytes)
{
	char address[300];

	for (int domain = 10; domain < 250; domain++) {
		int n = snprintf(address, sizeof(address), "a@");

		for (int i = 0; i < domain; i++)
			n += snprintf(address + n, sizeof(address) - (size_t) n, "%c",
				      i % 50 == 49 && i < domain - 1 ? '.' : 'b');
		CHECK(address_valid(address));
	}
	memset(address, 'a', 64);
	snprintf(address + 64, sizeof(address) - 64, "@shop.example");
	CHECK(address_valid(address));
	memset(address, 'a', 65);
	snprintf(address + 65, sizeof(address) - 65, "@shop.example");
	CHECK(!address_valid(address));
	for (int i = 2; i < 255; i++)
		address[i] = i % 2 ? 'b' : '.';
	memcpy(address, "a@", 2);
	address[2] = 'b';
	address[3] = 'b';
	address[255] = '\0';
	CHECK(!address_valid(address));
	address[254] = '\0';
	address[253] = 'b';
	CHECK(address_valid(address));
}

TEST(the_domain_stands_behind_the_last_sign)
{
	CHECK_TEXT(address_domain("ann@shop.example"), "shop.example");
	CHECK_TEXT(address_domain("\"a@b\"@shop.example"), "shop.example");
	CHECK_TEXT(address_domain("ann"), "");
}
