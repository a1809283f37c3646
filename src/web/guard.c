#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "port/http.h"
#include "port/secret.h"
#include "store/guard.h"
#include "web/form.h"
#include "web/guard.h"
#include "web/house.h"

enum { RANDOM_BYTES = 16, RANDOM_CHARS = 22, MAC_CHARS = 22 };
#define FORM_LIVES	DAY

const char *guard_csrf(struct req *req)
{
	static const char what[] = "csrf";

	if (!req->cookie)
		return "";
	return secret_base64url(req->arena, secret_hmac(req->arena, req->cookie,
				strlen(req->cookie), what, sizeof(what) - 1));
}

/* A browser that says where it comes from must say: from us. */
static bool comes_from_us(const struct req *req)
{
	const struct http_visit *v = req->visit;

	/* A page without a referrer may name its origin "null"; then the fetch
	 * metadata has to speak for it. */
	if (!strcmp(v->origin, "null"))
		return !strcmp(v->fetch_site, "same-origin");
	if (*v->origin && strcmp(v->origin, req->house->origin))
		return false;
	return !*v->fetch_site || !strcmp(v->fetch_site, "same-origin") ||
	       !strcmp(v->fetch_site, "none");
}

struct err *guard_check_post(struct req *req)
{
	const char *given = form_value(req, "csrf"), *right = guard_csrf(req);

	if (!comes_from_us(req))
		return FAIL(req->arena, ERR_FORBIDDEN, "a form of another site");
	if (!*right || !secret_equal(given, strlen(given), right, strlen(right)))
		return FAIL(req->arena, ERR_FORBIDDEN, "wrong token of the session");
	return NULL;
}

/* Over the random part, the time and the holder of the cookie. */
static const char *form_mac(struct req *req, const char *random_and_time)
{
	const struct bytes *key = &req->house->form_secret;
	const char *text = arena_printf(req->arena, "%s.%s", random_and_time,
					guard_csrf(req));
	const char *mac = secret_base64url(req->arena,
		secret_hmac(req->arena, key->at, key->n, text, strlen(text)));

	return arena_copy(req->arena, mac, MAC_CHARS);
}

const char *guard_form_token(struct req *req)
{
	const char *head = arena_printf(req->arena, "%s.%llx",
					secret_token(req->arena, RANDOM_BYTES),
					(unsigned long long) clock_now());

	return arena_printf(req->arena, "%s.%s", head, form_mac(req, head));
}

enum form_token guard_read_form_token(struct req *req, struct bytes *hash)
{
	const char *token = form_value(req, "form_token");
	const char *dot = strrchr(token, '.'), *mac, *head;
	unsigned long long made;

	*hash = (struct bytes) { 0 };
	if (!dot || dot - token <= RANDOM_CHARS || token[RANDOM_CHARS] != '.')
		return FORM_TOKEN_WRONG;
	head = arena_copy(req->arena, token, (size_t) (dot - token));
	mac = form_mac(req, head);
	if (!secret_equal(dot + 1, strlen(dot + 1), mac, strlen(mac)))
		return FORM_TOKEN_WRONG;
	made = strtoull(head + RANDOM_CHARS + 1, NULL, 16);
	if (clock_now() - (instant) made > FORM_LIVES)
		return FORM_TOKEN_OLD;
	*hash = secret_sha256(req->arena, token, strlen(token));
	return FORM_TOKEN_GOOD;
}

const char *guard_network(struct req *req)
{
	const char *remote = req->visit->remote;
	struct in6_addr six;

	if (inet_pton(AF_INET6, remote, &six) != 1 || IN6_IS_ADDR_V4MAPPED(&six))
		return remote;
	return arena_copy(req->arena, secret_hex(req->arena,
		(struct bytes) { six.s6_addr, sizeof(six.s6_addr) }), 16);
}

struct err *guard_try(struct req *req, const char *key, int64_t most, int seconds)
{
	int64_t tries;

	TRY(store_guard_try(req->desk.db,
			    secret_sha256(req->arena, key, strlen(key)),
			    seconds, &tries));
	if (tries > most)
		return FAIL(req->arena, ERR_TOO_MANY, "%lld tries", (long long) tries);
	return NULL;
}

struct err *guard_forgive(struct req *req, const char *key)
{
	TRY(store_guard_forgive(req->desk.db,
				secret_sha256(req->arena, key, strlen(key))));
	return NULL;
}
