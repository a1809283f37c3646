#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "desk/token.h"
#include "port/json.h"
#include "port/secret.h"

enum { DEPTH = 6, LEAST_ID = 16, MOST_ID = 128, MOST_KEY = 64, MOST_NAME = 200,
       MOST_PHONE = 40, MOST_LOCALE = 20 };
enum { OLDEST_S = 120, AHEAD_S = 60, LONGEST_S = 600 };

static struct err *refused(struct arena *a, const char *why)
{
	return FAIL(a, ERR_BAD_REQUEST, "sign-in token: %s", why);
}

/* One of the three parts, decoded and read as an object. */
static struct err *part(struct arena *a, const char *text, size_t n,
			struct json **out)
{
	struct bytes raw = secret_from_base64url(a, text, n);

	if (!raw.at)
		return refused(a, "not base64url");
	TRY(json_parse(a, raw.at, raw.n, DEPTH, out));
	return NULL;
}

static bool signed_with(struct arena *a, const char *secret, const char *jwt,
			size_t n, struct bytes mac)
{
	struct bytes right;

	if (!secret || !*secret)
		return false;
	right = secret_hmac(a, secret, strlen(secret), jwt, n);
	return secret_equal(mac.at, mac.n, right.at, right.n);
}

static bool text_is(struct json *o, const char *name, const char *value)
{
	const char *text = json_text(json_member(o, name));

	return text && !strcmp(text, value);
}

/* The algorithm is ours to choose, not the token's: HS256, nothing else. */
static struct err *check_signature(struct arena *a, const char *jwt,
				   const struct token_rules *rules,
				   const char **payload, size_t *payload_len)
{
	const char *first = strchr(jwt, '.');
	const char *second = first ? strchr(first + 1, '.') : NULL;
	struct json *head;
	struct bytes mac;
	const char *kid;
	size_t n;

	if (!second || strchr(second + 1, '.') || strlen(jwt) > TOKEN_MOST)
		return refused(a, "not a token");
	TRY(part(a, jwt, (size_t) (first - jwt), &head));
	if (!text_is(head, "alg", "HS256"))
		return refused(a, "alg is not HS256");
	if (json_member(head, "typ") && !text_is(head, "typ", "JWT"))
		return refused(a, "typ is not JWT");
	kid = json_text(json_member(head, "kid"));
	if (json_member(head, "crit") || (json_member(head, "kid") && !kid))
		return refused(a, "header");
	n = (size_t) (second - jwt);
	mac = secret_from_base64url(a, second + 1, strlen(second + 1));
	if (!mac.at ||
	    !(((!kid || !strcmp(kid, "current")) &&
	       signed_with(a, rules->secret, jwt, n, mac)) ||
	      ((!kid || !strcmp(kid, "old")) &&
	       signed_with(a, rules->secret_old, jwt, n, mac))))
		return refused(a, "wrong signature");
	*payload = first + 1;
	*payload_len = (size_t) (second - first) - 1;
	return NULL;
}

static struct err *check_times(struct arena *a, struct json *claims, instant now)
{
	int64_t iat, exp, now_s = now / SECOND;

	if (!json_number(json_member(claims, "iat"), &iat))
		return refused(a, "iat is missing");
	if (iat < now_s - OLDEST_S)
		return refused(a, "too old");
	if (iat > now_s + AHEAD_S)
		return refused(a, "from the future: compare the clocks");
	if (!json_member(claims, "exp"))
		return NULL;
	if (!json_number(json_member(claims, "exp"), &exp) || exp <= now_s ||
	    exp > iat + LONGEST_S)
		return refused(a, "exp");
	return NULL;
}

/* A text claim on one line within its length; absent is NULL. */
static struct err *text_claim(struct arena *a, struct json *claims,
			      const char *name, size_t most, const char **out)
{
	struct json *v = json_member(claims, name);
	const char *text = json_scalar(a, v);

	*out = NULL;
	if (!v || (text && !*text))
		return NULL;
	if (!text || utf8_count(text) > most)
		return refused(a, name);
	*out = utf8_line(a, text);
	return NULL;
}

/* jti has no blanks and nothing that is not printable ASCII. */
static bool is_id(const char *id)
{
	size_t n = id ? strlen(id) : 0;

	for (size_t i = 0; i < n; i++)
		if (id[i] <= ' ' || id[i] > '~')
			return false;
	return n >= LEAST_ID && n <= MOST_ID;
}

static struct err *read_person(struct arena *a, struct json *claims,
			       struct token *t)
{
	const char *sub;

	TRY(text_claim(a, claims, "external_id", MOST_KEY, &t->external_id));
	TRY(text_claim(a, claims, "sub", MOST_KEY, &sub));
	if (!t->external_id)
		t->external_id = sub;
	TRY(text_claim(a, claims, "email", 254, &t->email));
	if (!t->email || !address_plausible(t->email))
		return refused(a, "email");
	t->email = address_lower(a, t->email);
	TRY(text_claim(a, claims, "name", MOST_NAME, &t->name));
	if (!t->name || !*t->name)
		return refused(a, "name is missing");
	TRY(text_claim(a, claims, "phone", MOST_PHONE, &t->phone));
	TRY(text_claim(a, claims, "locale", MOST_LOCALE, &t->locale));
	TRY(text_claim(a, claims, "order_key", MOST_KEY, &t->order_key));
	TRY(text_claim(a, claims, "order_no", MOST_KEY, &t->order_no));
	return NULL;
}

/* "name":"value" when the order tells it, cut to so many characters. */
static void add_told(struct arena *a, struct str *to, struct json *from,
		     const char *name, size_t most)
{
	const char *text = json_scalar(a, json_member(from, name));

	if (!text)
		return;
	if (to->len && to->text[to->len - 1] != '{')
		str_add(to, ",");
	str_add_json(to, name);
	str_add(to, ":");
	str_add_json(to, utf8_brief(a, text, most));
}

static void add_order(struct arena *a, struct str *to, struct json *order)
{
	static const char *const facts[] = { "key", "no", "placed_at", "status",
					     "currency", "total" };
	struct json *lines = json_member(order, "lines"), *line;

	str_add(to, to->len > 1 ? ",{" : "{");
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		add_told(a, to, order, facts[i], MOST_KEY);
	str_add(to, ",\"lines\":[");
	for (size_t i = 0; i < TOKEN_LINES && (line = json_element(lines, i)); i++) {
		str_add(to, i ? ",{" : "{");
		add_told(a, to, line, "name", MOST_NAME);
		add_told(a, to, line, "sku", MOST_KEY);
		add_told(a, to, line, "qty", MOST_KEY);
		str_add(to, "}");
	}
	str_add(to, "]}");
}

/* An order without a key cannot be asked for and is left out. */
static const char *told_orders(struct arena *a, struct json *claims)
{
	struct json *list = json_member(claims, "orders"), *order;
	struct str to;

	if (!list)
		list = json_member(claims, "ctx");
	if (!json_element(list, 0))
		return NULL;
	str_init(&to, a, 32 * 1024);
	str_add(&to, "[");
	for (size_t i = 0; i < TOKEN_ORDERS && (order = json_element(list, i)); i++)
		if (json_scalar(a, json_member(order, "key")))
			add_order(a, &to, order);
	str_add(&to, "]");
	return to.cut ? NULL : to.text;
}

struct err *token_read(struct arena *a, const char *jwt,
		       const struct token_rules *rules, struct token *out)
{
	struct token t = { 0 };
	const char *payload = NULL;
	struct json *claims;
	size_t n = 0;

	*out = t;
	TRY(check_signature(a, jwt, rules, &payload, &n));
	TRY(part(a, payload, n, &claims));
	TRY(check_times(a, claims, rules->now));
	if (!text_is(claims, "aud", rules->audience))
		return refused(a, "aud is another help desk");
	if (!text_is(claims, "iss", rules->shop))
		return refused(a, "iss is another shop");
	t.id = json_text(json_member(claims, "jti"));
	if (!is_id(t.id))
		return refused(a, "jti");
	TRY(read_person(a, claims, &t));
	t.orders = told_orders(a, claims);
	*out = t;
	return NULL;
}
