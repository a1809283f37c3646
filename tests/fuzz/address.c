/* address - any bytes as addresses: of an envelope, and of a letter's headers.
 * seeds: fuzz/seeds/address */
#include "fuzz.h"

#include "base/address.h"
#include "base/str.h"
#include "base/utf8.h"
#include "port/mail.h"
#include "port/mime.h"

/* One line that cannot become a second header or command. */
static void check(const struct mail_address *p)
{
	HOLD(p->address && address_plausible(p->address));
	HOLD(!strpbrk(p->address, "\r\n <>"));
	HOLD(!p->name || (*p->name && !strpbrk(p->name, "\r\n")
			  && utf8_valid(p->name, strlen(p->name))));
}

static void read_headers(struct arena *a, const char *at, size_t n)
{
	static const char *const names[] = { "From: ", "\nTo: ", "\nCc: ", "\nReply-To: " };
	struct str s;
	struct mail m;

	str_init(&s, a, 1 << 20);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		str_add(&s, names[i]);
		str_addn(&s, at, n);
	}
	str_add(&s, "\n\nwords\n");
	HOLD(!mail_read(a, fuzz_file(a, s.text, s.len), fuzz_file(a, "", 0), &m));
	HOLD(m.n_to <= MAIL_ADDRESSES && m.n_cc <= MAIL_ADDRESSES);
	for (size_t i = 0; i < m.n_to; i++)
		check(m.to + i);
	for (size_t i = 0; i < m.n_cc; i++)
		check(m.cc + i);
	if (m.from.address)
		check(&m.from);
}

static void fuzz_one(struct arena *a, const char *at, size_t n)
{
	const char *text = arena_copy(a, at, n), *ascii;

	read_headers(a, at, n);
	if (address_valid(text)) {
		HOLD(!strpbrk(text, "\r\n"));
		HOLD(strlen(text) <= 254);
		if (!mime_envelope(a, text, &ascii))
			HOLD(!strpbrk(ascii, "\r\n\t") && utf8_valid(ascii, strlen(ascii)));
	}
	if (utf8_valid(text, strlen(text))) {
		HOLD(strlen(address_lower(a, text)) <= strlen(text));
		mime_display_name(a, text);
		address_masked(a, text);
	}
}
