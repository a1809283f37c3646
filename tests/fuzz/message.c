/* message - any bytes as a letter: read, packed for the way out of the locked
 * reader, and believed again. seeds: corpus/mail corpus/bounce fuzz/seeds/message */
#include "fuzz.h"

#include "base/utf8.h"
#include "port/mail.h"
#include "port/mail_wire.h"

static void same(const char *x, const char *y)
{
	HOLD(!x == !y && (!x || !strcmp(x, y)));
}

static void fuzz_one(struct arena *a, const char *at, size_t n)
{
	int files = fuzz_file(a, "", 0);
	struct mail m, again;

	HOLD(!mail_read(a, fuzz_file(a, at, n), files, &m));
	HOLD(m.text && utf8_valid(m.text, strlen(m.text)));
	HOLD(m.report || !m.n_fates);
	HOLD(mail_unpack(a, mail_pack(a, &m), lseek(files, 0, SEEK_END), &again));
	same(m.text, again.text);
	same(m.html, again.html);
	same(m.subject, again.subject);
	same(m.from.address, again.from.address);
	HOLD(m.n_files == again.n_files && m.n_to == again.n_to);
	for (size_t i = 0; i < m.n_files; i++)
		HOLD(*m.files[i].name && !strpbrk(m.files[i].name, "/\\\r\n"));
	/* What comes back when somebody tampers with it on the way. */
	(void) mail_unpack(a, (struct bytes) { at, n }, 1000, &again);
}
