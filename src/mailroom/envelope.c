#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "mailroom/envelope.h"
#include "port/json.h"

enum { ADDRESS_MOST = 254, LINE_MOST = 3000, DEPTH = 2 };

/* --- writing -------------------------------------------------------------- */

static void add_text(struct str *s, const char *name, const char *value)
{
	if (!value)
		return;
	str_addf(s, ",\"%s\":", name);
	str_add_json(s, value);
}

static void add_number(struct str *s, const char *name, int64_t value)
{
	if (value)
		str_addf(s, ",\"%s\":%lld", name, (long long) value);
}

const char *envelope_line(struct arena *a, const struct envelope *e)
{
	time_t now = time(NULL);
	char at[32];
	struct str s;
	struct tm tm;

	gmtime_r(&now, &tm);
	strftime(at, sizeof(at), "%Y-%m-%dT%H:%M:%SZ", &tm);
	str_init(&s, a, LINE_MOST);
	str_addf(&s, "{\"way\":\"%s\"", mail_way_codes[e->way]);
	add_number(&s, "mailbox", e->mailbox_id);
	add_text(&s, "from", e->from);
	add_text(&s, "to", e->to);
	add_text(&s, "at", at);
	str_addf(&s, ",\"size\":%lld", (long long) e->size);
	add_number(&s, "full_size", e->full_size);
	str_add(&s, "}");
	return s.text;
}

/* --- reading -------------------------------------------------------------- */

static bool read_way(const char *code, enum mail_way *out)
{
	for (int i = 0; code && mail_way_codes[i]; i++)
		if (!strcmp(mail_way_codes[i], code)) {
			*out = (enum mail_way) i;
			return true;
		}
	return false;
}

struct err *envelope_of_line(struct arena *a, const char *line,
			  struct envelope *out)
{
	struct json *o;

	*out = (struct envelope) { 0 };
	TRY(json_parse(a, line, strlen(line), DEPTH, &o));
	if (!read_way(json_text(json_member(o, "way")), &out->way) ||
	    !json_number(json_member(o, "size"), &out->size))
		return FAIL(a, ERR_BAD_REQUEST, "not a line of ours");
	json_number(json_member(o, "mailbox"), &out->mailbox_id);
	json_number(json_member(o, "full_size"), &out->full_size);
	out->from = envelope_address(a, json_text(json_member(o, "from")));
	out->to = envelope_address(a, json_text(json_member(o, "to")));
	return NULL;
}

/* --- addresses ------------------------------------------------------------ */

static bool has_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char) *text <= ' ' || *text == 0x7f)
			return true;
	return false;
}

const char *envelope_address(struct arena *a, const char *told)
{
	size_t n;

	if (!told)
		return NULL;
	if (*told == '<') {
		told++;
		n = strlen(told);
		if (!n || told[n - 1] != '>')
			return NULL;
		told = arena_copy(a, told, n - 1);
	}
	if (!*told || !strcasecmp(told, "MAILER-DAEMON"))
		return "";
	if (strlen(told) > ADDRESS_MOST || has_control(told) ||
	    !utf8_valid(told, strlen(told)) || !strchr(told, '@'))
		return NULL;
	return told;
}

static const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value ? value : "";
}

/* Exim's and Postfix's local delivery tell the parts. */
static const char *from_parts(struct arena *a)
{
	const char *domain = variable("DOMAIN");

	if (!*domain)
		return NULL;
	if (*variable("LOCAL_PART"))
		return arena_join(a, variable("LOCAL_PART_PREFIX"),
				  variable("LOCAL_PART"),
				  variable("LOCAL_PART_SUFFIX"), "@", domain);
	if (*variable("LOCAL"))
		return arena_join(a, variable("LOCAL"), "@", domain);
	return NULL;
}

void envelope_from_environment(struct arena *a, struct envelope *e)
{
	static const char *const recipients[] = {
		"ORIGINAL_RECIPIENT", "RECIPIENT"
	};

	if (!e->from)
		e->from = envelope_address(a, getenv("SENDER"));
	for (size_t i = 0; i < 2 && !e->to; i++)
		if (*variable(recipients[i]))
			e->to = envelope_address(a, variable(recipients[i]));
	if (!e->to)
		e->to = envelope_address(a, from_parts(a));
	if (e->to && !*e->to)
		e->to = NULL;
}
