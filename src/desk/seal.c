#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/str.h"
#include "desk/seal.h"
#include "port/secret.h"

enum {
	TAG = 26,			/* base32 characters: 130 bits */
	LONGEST_LOCAL = 64,		/* RFC 5321 4.5.3.1.1 */
	LONGEST_RANDOM = 64
};

static const char base32[] = "abcdefghijklmnopqrstuvwxyz234567";

static const char reader_letters[] = {
	[SEAL_CUSTOMER] = 'c', [SEAL_AGENT] = 'a', [SEAL_ADDRESS] = 'x'
};

static const char *tag(struct arena *a, const struct seal *s, const char *what)
{
	struct bytes mac = secret_hmac(a, s->key.at, s->key.n, what, strlen(what));
	const unsigned char *byte = mac.at;
	char *out = arena_alloc(a, TAG + 1);

	for (int i = 0; i < TAG; i++) {
		int bit = i * 5;
		unsigned pair = (unsigned) byte[bit / 8] << 8 | byte[bit / 8 + 1];

		out[i] = base32[pair >> (11 - bit % 8) & 31];
	}
	out[TAG] = '\0';
	return out;
}

static bool is_tag(struct arena *a, const struct seal *s, const char *what,
		   const char *claimed, size_t len)
{
	return s->key.n && secret_equal(tag(a, s, what), TAG, claimed, len);
}

/* base "help@shop.example" and tail "b7.abc" as "help+b7.abc@shop.example". */
static const char *with_tail(struct arena *a, const char *base, const char *tail)
{
	const char *at = base ? strrchr(base, '@') : NULL;
	size_t local;

	if (!at || !address_valid(base) || *base == '"')
		return NULL;
	local = (size_t) (at - base);
	if (local + 1 + strlen(tail) > LONGEST_LOCAL)
		return NULL;
	return arena_printf(a, "%.*s+%s%s", (int) local, base, tail, at);
}

static const char *reply_words(struct arena *a, const struct seal_reply *r)
{
	return arena_printf(a, "r%lld.%c%lld", (long long) r->ticket_id,
			    reader_letters[r->reader], (long long) r->reader_id);
}

const char *seal_reply_address(struct arena *a, const struct seal *s,
			       const char *base, const struct seal_reply *r)
{
	const char *what = reply_words(a, r);

	if (!s->key.n)
		return NULL;
	return with_tail(a, base, arena_printf(a, "%s.%s", what, tag(a, s, what)));
}

static const char *return_words(struct arena *a, int64_t outbox_id)
{
	return arena_printf(a, "b%lld", (long long) outbox_id);
}

const char *seal_return_path(struct arena *a, const struct seal *s,
			     const char *base, int64_t outbox_id)
{
	const char *what = return_words(a, outbox_id);

	if (!s->key.n)
		return NULL;
	return with_tail(a, base, arena_printf(a, "%s.%s", what, tag(a, s, what)));
}

static const char *id_words(struct arena *a, int64_t ticket_id,
			    const char *random, size_t len)
{
	return arena_printf(a, "t%lld.%.*s", (long long) ticket_id, (int) len, random);
}

const char *seal_message_id(struct arena *a, const struct seal *s,
			    const char *domain, int64_t ticket_id,
			    const char *random)
{
	const char *what = id_words(a, ticket_id, random, strlen(random));

	return arena_printf(a, "<%s.%s@%s>", what, tag(a, s, what), domain);
}

/* Neither that of an address nor of an id: a purpose of its own. */
static const char *mark_words(struct arena *a, int64_t ticket_id)
{
	return arena_printf(a, "mark:%lld", (long long) ticket_id);
}

const char *seal_mark(struct arena *a, const struct seal *s, int64_t ticket_id)
{
	return arena_printf(a, "[t%lld.%s]", (long long) ticket_id,
			    tag(a, s, mark_words(a, ticket_id)));
}

/* Reading. */

/* A number without sign, blanks and leading zeros, as we write them. */
static bool number(const char **at, int64_t *out)
{
	char *end;
	long long n;

	if (**at < '0' || **at > '9' || (**at == '0' && (*at)[1] >= '0' && (*at)[1] <= '9'))
		return false;
	errno = 0;
	n = strtoll(*at, &end, 10);
	if (errno)
		return false;
	*at = end;
	*out = n;
	return true;
}

/* What stands between the last + of the local part and the @, lower case. */
static const char *tail_of(struct arena *a, const char *address)
{
	const char *low = address_lower(a, address);
	const char *at = strrchr(low, '@');
	const char *plus = at;

	while (plus && plus > low && *plus != '+')
		plus--;
	if (!plus || *plus != '+')
		return NULL;
	return arena_copy(a, plus + 1, (size_t) (at - plus - 1));
}

static bool reader_named(char letter, enum seal_reader *out)
{
	for (size_t i = 0; i < sizeof(reader_letters); i++) {
		if (reader_letters[i] == letter) {
			*out = (enum seal_reader) i;
			return true;
		}
	}
	return false;
}

bool seal_read_reply(struct arena *a, const struct seal *s,
		     const char *address, struct seal_reply *out)
{
	const char *at = tail_of(a, address);
	struct seal_reply r = { 0 };

	if (!at || *at++ != 'r' || !number(&at, &r.ticket_id) || *at++ != '.'
	    || !reader_named(*at, &r.reader) || (at++, !number(&at, &r.reader_id))
	    || *at++ != '.' || !is_tag(a, s, reply_words(a, &r), at, strlen(at)))
		return false;
	*out = r;
	return true;
}

bool seal_read_return_path(struct arena *a, const struct seal *s,
			   const char *address, int64_t *outbox_id)
{
	const char *at = tail_of(a, address);
	int64_t id;

	if (!at || *at++ != 'b' || !number(&at, &id) || *at++ != '.'
	    || !is_tag(a, s, return_words(a, id), at, strlen(at)))
		return false;
	*outbox_id = id;
	return true;
}

bool seal_read_message_id(struct arena *a, const struct seal *s,
			  const char *id, int64_t *ticket_id)
{
	const char *at = id, *random, *dot;
	int64_t ticket;

	if (*at++ != '<' || *at++ != 't' || !number(&at, &ticket) || *at++ != '.')
		return false;
	random = at;
	dot = strchr(at, '.');
	if (!dot || dot - random > LONGEST_RANDOM
	    || strcspn(dot + 1, ".@>") != TAG || dot[1 + TAG] != '@'
	    || !is_tag(a, s, id_words(a, ticket, random, (size_t) (dot - random)),
		       dot + 1, TAG))
		return false;
	*ticket_id = ticket;
	return true;
}

static bool mark_at(struct arena *a, const struct seal *s, const char *at,
		    int64_t *ticket_id)
{
	int64_t ticket;

	if (!number(&at, &ticket) || *at++ != '.' || strcspn(at, "]") != TAG
	    || at[TAG] != ']' || !is_tag(a, s, mark_words(a, ticket), at, TAG))
		return false;
	*ticket_id = ticket;
	return true;
}

bool seal_read_mark(struct arena *a, const struct seal *s,
		    const char *words, int64_t *ticket_id)
{
	enum { TRIES = 20 };
	const char *at = words;

	for (int i = 0; i < TRIES && (at = strstr(at, "[t")) != NULL; i++) {
		at += 2;
		if (mark_at(a, s, at, ticket_id))
			return true;
	}
	return false;
}
