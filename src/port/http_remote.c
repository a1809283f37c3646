#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "http_parts.h"

/* An address in the form of IPv6, so that there is one kind to compare. */
static bool read_address(const char *text, unsigned char out[16])
{
	memset(out, 0, 10);
	memset(out + 10, 0xff, 2);
	return inet_pton(AF_INET, text, out + 12) == 1 ||
	       inet_pton(AF_INET6, text, out) == 1;
}

static bool same_bits(const unsigned char *a, const unsigned char *b, long n)
{
	int rest = (int) (n % 8), whole = (int) (n / 8);

	return !memcmp(a, b, (size_t) whole) &&
	       (!rest || (a[whole] ^ b[whole]) >> (8 - rest) == 0);
}

/* Is the address in this net: "10.0.0.1", "10.0.0.0/8", "fd00::/8"? */
static bool is_within(const unsigned char ip[16], const char *net)
{
	size_t n = strcspn(net, "/");
	unsigned char base[16];
	char text[64];
	long bits = 128;

	if (n >= sizeof(text))
		return false;
	memcpy(text, net, n);
	text[n] = '\0';
	if (!read_address(text, base))
		return false;
	if (net[n])
		bits = strtol(net + n + 1, NULL, 10) +
		       (strchr(text, ':') ? 0 : 96);
	return bits >= 0 && bits <= 128 && same_bits(ip, base, bits);
}

static bool is_trusted(const struct http_conf *c, const char *address)
{
	unsigned char ip[16];

	if (!c->trusted_proxies || !read_address(address, ip))
		return false;
	for (const char *const *p = c->trusted_proxies; *p; p++)
		if (is_within(ip, *p))
			return true;
	return false;
}

/* The last entry of a list "a, b, c", which is shortened by it. */
static const char *take_last(char *list)
{
	char *comma = strrchr(list, ','), *at = comma ? comma + 1 : list, *end;

	at += strspn(at, " \t");
	end = at + strcspn(at, " \t");
	*end = '\0';
	if (comma)
		*comma = '\0';
	return at;
}

/* From the right, each trusted proxy names the one before it. */
const char *http_remote(const struct line *l, struct arena *a,
			const struct http_conf *c)
{
	const char *here = arena_dup(a, line_param(l, "REMOTE_ADDR"));
	char *list = arena_dup(a, line_param(l, "HTTP_X_FORWARDED_FOR"));
	unsigned char ip[16];
	bool more = *list && strlen(list) <= HTTP_LONGEST_HEADER;

	if (!read_address(here, ip))
		return "";
	while (more && is_trusted(c, here)) {
		const char *before;

		more = strchr(list, ',');
		before = take_last(list);
		if (!read_address(before, ip))
			break;
		here = before;
	}
	return here;
}

bool http_is_https(const struct line *l, struct arena *a,
		   const struct http_conf *c)
{
	const char *https = line_param(l, "HTTPS");
	char *said = arena_dup(a, line_param(l, "HTTP_X_FORWARDED_PROTO"));

	if (!strcasecmp(https, "on") || !strcmp(https, "1") ||
	    !strcmp(line_param(l, "REQUEST_SCHEME"), "https"))
		return true;
	return is_trusted(c, line_param(l, "REMOTE_ADDR")) &&
	       !strcasecmp(take_last(said), "https");
}
