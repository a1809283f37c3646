#include <string.h>
#include <strings.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "mail_letter.h"

enum {
	MOST_GROUPS = 20,		/* colons of one header: GMime goes a call deeper for each */
	LONGEST_NAME = 200,		/* characters */
	LONGEST_SUBJECT = 998,
	LONGEST_LANG = 35
};

/* The header as far as it may be parsed, ending with a whole address. */
static const char *limited(struct letter *l, const char *raw)
{
	size_t n = 0, commas = 0, colons = 0, whole = 0;
	bool quoted = false;

	for (; raw[n] && n < l->address_bytes; n++) {
		if (raw[n] == '\\' && quoted && raw[n + 1]) {
			n++;
			continue;
		}
		if (raw[n] == '"')
			quoted = !quoted;
		if (quoted)
			continue;
		if (raw[n] == ':' && ++colons > MOST_GROUPS)
			break;
		if (raw[n] != ',')
			continue;
		whole = n;
		if (++commas >= l->addresses)
			break;
	}
	if (!raw[n]) {
		l->address_bytes -= n;
		return raw;
	}
	letter_note(l, "more addresses than a letter may have: the rest was left out");
	l->address_bytes = 0;
	return arena_copy(l->arena, raw, whole);
}

/* With an end to comments that have none: GMime 3.2 never frees an address like
 * one@[192.0.2.1]( whose comment stays open. One mark too many does no harm. */
static const char *closed(struct letter *l, const char *raw)
{
	const char *literal = strchr(raw, '[');
	struct str s;

	if (!literal || !strchr(literal, '('))
		return raw;
	str_init(&s, l->arena, 2 * strlen(raw) + 2);
	str_add(&s, raw);
	str_add(&s, " ");		/* what a last backslash hides */
	for (const char *at = literal; (at = strchr(at, '(')); at++)
		str_add(&s, ")");
	return s.text;
}

struct people {
	struct mail_address *at;
	size_t n, room;
	int seen;			/* with those that are no addresses */
};

/* One with marks that nobody sees is another one than it seems. */
static bool is_address(struct arena *a, const char *address)
{
	return address_plausible(address) && !strcmp(utf8_line(a, address), address);
}

static void add_mailbox(struct letter *l, struct people *p, InternetAddress *who)
{
	struct arena *a = l->arena;
	const char *name = internet_address_get_name(who);
	const char *address = internet_address_mailbox_get_addr(
					(InternetAddressMailbox *) who);
	struct mail_address one;

	if (!address || !l->addresses)
		return;
	l->addresses--;
	p->seen++;
	one.address = address_lower(a, utf8_mend(a, address, strlen(address)));
	one.name = name ? utf8_brief(a, utf8_mend(a, name, strlen(name)),
				     LONGEST_NAME) : "";
	if (!*one.name)
		one.name = NULL;
	if (p->seen == 1 && !*l->from_said)
		l->from_said = arena_join(a, one.name ? one.name : "", " <",
					  one.address, ">");
	if (!is_address(a, one.address) || p->n == p->room)
		return;
	p->at[p->n++] = one;
}

static void add_list(struct letter *l, struct people *p,
		     InternetAddressList *list, bool inside)
{
	int n = list ? internet_address_list_length(list) : 0;

	for (int i = 0; i < n; i++) {
		InternetAddress *who = internet_address_list_get_address(list, i);

		if (INTERNET_ADDRESS_IS_MAILBOX(who))
			add_mailbox(l, p, who);
		else if (INTERNET_ADDRESS_IS_GROUP(who) && !inside)
			add_list(l, p, internet_address_group_get_members(
					(InternetAddressGroup *) who), true);
	}
}

/* Of all headers of that name. */
static struct people people_of(struct letter *l, const char *name)
{
	struct people p = { .room = MAIL_ADDRESSES };

	p.at = arena_alloc(l->arena, p.room * sizeof(*p.at));
	for (size_t i = 0; i < l->head.n; i++) {
		const struct header *h = l->head.at + i;
		InternetAddressList *list;

		if (!header_is(h, name) || !l->address_bytes)
			continue;
		list = internet_address_list_parse(NULL, closed(l,
			limited(l, header_unfold(l, h, MAIL_HEADER))));
		add_list(l, &p, list, false);
		if (list)
			g_object_unref(list);
	}
	return p;
}

static struct mail_address first_of(struct people p)
{
	return p.n ? p.at[0] : (struct mail_address) { NULL, NULL };
}

static void read_people(struct letter *l)
{
	const char *from = head_raw(l, &l->head, "From", 1000);
	struct mail *m = l->out;
	struct people p = people_of(l, "From");

	/* What is no address says who, too; nobody else's stands for it. */
	if (!*l->from_said)
		l->from_said = arena_join(l->arena, line_decoded(l, from ? from : ""), " <>");
	m->from = first_of(p);
	m->n_from = p.seen;
	m->sender = first_of(people_of(l, "Sender"));
	m->reply_to = first_of(people_of(l, "Reply-To"));
	p = people_of(l, "To");
	m->to = p.at;
	m->n_to = p.n;
	p = people_of(l, "Cc");
	m->cc = p.at;
	m->n_cc = p.n;
	if (m->n_from > 1)
		letter_note(l, "more than one sender");
}

/* One address, in < > or bare, as programs on the way write it; NULL: none. */
static const char *bare_address(struct letter *l, const struct header *h)
{
	const char *raw = header_unfold(l, h, 1024), *open = strchr(raw, '<');
	const char *from = open ? open + 1 : raw;

	from = utf8_mend(l->arena, from, strcspn(from, open ? ">" : " \t"));
	return utf8_cut(l->arena, utf8_line(l->arena, address_lower(l->arena, from)), 254);
}

static void read_way(struct letter *l)
{
	static const char *const names[] = {
		"Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To",
	};
	const char **at = arena_alloc(l->arena, MAIL_DELIVERED_TO * sizeof(*at));
	const struct header *path = head_find(&l->head, "Return-Path");
	struct mail *m = l->out;

	for (size_t i = 0; i < l->head.n; i++)
		for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++) {
			const char *to;

			if (!header_is(l->head.at + i, names[k])
			    || m->n_delivered_to == MAIL_DELIVERED_TO)
				continue;
			to = bare_address(l, l->head.at + i);
			if (address_plausible(to))
				at[m->n_delivered_to++] = to;
		}
	m->delivered_to = at;
	if (path)
		m->return_path = bare_address(l, path);
}

static void read_thread(struct letter *l)
{
	struct mail *m = l->out;
	const char **ids, *at, *id;
	size_t n = 0;

	at = head_raw(l, &l->head, "Message-ID", MAIL_HEADER);
	if (at)
		m->message_id = next_id(l, at, &at);
	ids = arena_alloc(l->arena, 2 * MAIL_REFERENCES * sizeof(*ids));
	at = head_raw(l, &l->head, "In-Reply-To", MAIL_HEADER);
	while (at && m->n_in_reply_to < 10 && (id = next_id(l, at, &at)))
		ids[m->n_in_reply_to++] = id;
	m->in_reply_to = ids;
	ids += MAIL_REFERENCES;
	at = head_raw(l, &l->head, "References", MAIL_HEADER);
	for (; at && (id = next_id(l, at, &at)); n++)
		ids[n % MAIL_REFERENCES] = id;
	m->n_references = n < MAIL_REFERENCES ? n : MAIL_REFERENCES;
	if (n > MAIL_REFERENCES) {
		const char **turned = arena_alloc(l->arena,
					MAIL_REFERENCES * sizeof(*turned));

		for (size_t i = 0; i < MAIL_REFERENCES; i++)
			turned[i] = ids[(n + i) % MAIL_REFERENCES];
		ids = turned;
	}
	m->references = ids;
}

static instant read_date(struct letter *l)
{
	const char *raw = head_raw(l, &l->head, "Date", 200);
	GDateTime *date = raw && *raw ? g_mime_utils_header_decode_date(raw) : NULL;
	instant t = 0;

	if (date) {
		t = g_date_time_to_unix(date) * SECOND;
		g_date_time_unref(date);
	}
	return t;
}

static const char *read_lang(struct letter *l)
{
	const char *raw = head_raw(l, &l->head, "Content-Language", 200);
	size_t n = raw ? strspn(raw, "abcdefghijklmnopqrstuvwxyz"
				"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") : 0;

	return n && n <= LONGEST_LANG ? arena_copy(l->arena, raw, n) : NULL;
}

void letter_envelope(struct letter *l)
{
	const char *subject = head_raw(l, &l->head, "Subject", MAIL_HEADER);

	read_people(l);
	read_way(l);
	read_thread(l);
	l->out->subject = subject ? utf8_cut(l->arena, line_decoded(l, subject),
					     LONGEST_SUBJECT) : "";
	l->out->date = read_date(l);
	l->out->lang = read_lang(l);
}
