#include <string.h>
#include <strings.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "desk/catalog.h"
#include "incoming_parts.h"

/* --- class ------------------------------------------------------------------------ */

static bool is_empty(const char *path)
{
	return path && !*path;
}

/* "help+r42.…@shop.example" is help@shop.example. */
static bool is_tail_of(const char *address, const char *base)
{
	size_t local = strcspn(base, "@");
	const char *domain = strrchr(address, '@');

	return *base && domain && !strncasecmp(address, base, local) &&
	       (address[local] == '@' || address[local] == '+') &&
	       !strcasecmp(domain, base + local);
}

bool incoming_is_ours(struct desk *d, const struct incoming *in, const char *address)
{
	return address && (is_tail_of(address, catalog_text(d->catalog, "mail_from")) ||
			   is_tail_of(address, catalog_text(d->catalog,
							    "mail_reply_address")) ||
			   (in->from && is_tail_of(address, in->from)));
}

/* A letter of ours that came back, whoever brought it. */
static const char *ours(struct desk *d, const struct incoming *in,
			const struct mail *m)
{
	int64_t ticket_id;

	if (m->loop_id && in->loop_id && !strcmp(m->loop_id, in->loop_id))
		return "X-Aftersale-Loop";
	if (incoming_is_ours(d, in, m->from.address))
		return "From";
	if (m->message_id && seal_read_message_id(d->arena, catalog_seal(d->catalog),
						  m->message_id, &ticket_id))
		return "Message-ID";
	return NULL;
}

/* Somebody who can't be written to wrote it. */
static const char *machine(const struct mail_row *row, const struct mail *m)
{
	static const char *const daemons[] = { "mailer-daemon@", "postmaster@", NULL };

	if (m->automatic)
		return m->automatic;
	if (is_empty(m->return_path) || is_empty(row->envelope_from))
		return "Return-Path: <>";
	for (size_t i = 0; m->from.address && daemons[i]; i++)
		if (!strncmp(m->from.address, daemons[i], strlen(daemons[i])))
			return "From";
	return NULL;
}

enum mail_class incoming_class(struct desk *d, const struct incoming *in,
			       const struct mail_row *row, const struct mail *m,
			       const char **because)
{
	*because = NULL;
	if (m->report)
		return MAIL_BOUNCE;
	*because = ours(d, in, m);
	if (*because)
		return MAIL_OWN;
	*because = machine(row, m);
	if (*because)
		return MAIL_AUTO;
	*because = m->list;
	return m->list ? MAIL_LIST : MAIL_HUMAN;
}

/* --- Authentication-Results (RFC 8601) ----------------------------------------------- */

/* One word behind another: what stands in comments and around it is skipped. */
struct scan {
	const char *at;
};

static void skip_comment(struct scan *s)
{
	int depth = 0;

	for (; *s->at; s->at++) {
		if (*s->at == '\\' && s->at[1])
			s->at++;
		else if (*s->at == '(')
			depth++;
		else if (*s->at == ')' && !--depth)
			break;
	}
	s->at += *s->at == ')';
}

static void skip_blank(struct scan *s)
{
	for (;;) {
		s->at += strspn(s->at, " \t\r\n");
		if (*s->at != '(')
			return;
		skip_comment(s);
	}
}

/* Up to a blank, a sign or a comment, none of which ends it within quotes. */
static const char *end_of_word(const char *at)
{
	bool quoted = false;

	for (; *at && (quoted || !strchr(" \t\r\n;=()", *at)); at++)
		if (*at == '"')
			quoted = !quoted;
		else if (*at == '\\' && quoted && at[1])
			at++;
	return at;
}

/*
 * Without its quotes and what they escape. A host writes down what a sender
 * claimed, and "zoe@example.com"@evil.example is an address: what stands
 * behind the quotes belongs to the word.
 */
static const char *word(struct scan *s, struct arena *a)
{
	const char *begin, *from;
	char *out, *to;

	skip_blank(s);
	begin = s->at;
	s->at = end_of_word(begin);
	out = to = arena_copy(a, begin, (size_t) (s->at - begin));
	for (from = out; *from; from++) {
		if (*from == '"')
			continue;
		if (*from == '\\' && from[1])
			from++;
		*to++ = *from;
	}
	*to = '\0';
	return utf8_lower(a, out);
}

static bool sign(struct scan *s, char c)
{
	skip_blank(s);
	if (*s->at != c)
		return false;
	s->at++;
	return true;
}

struct method {
	const char *name, *result;
	const char *header_from, *header_d, *header_i, *mail_from;
};

/* "dkim=pass header.d=example.com reason="…"" up to the next semicolon. */
static bool next_result(struct scan *s, struct arena *a, struct method *r)
{
	static const char *const names[] = {
		"header.from", "header.d", "header.i", "smtp.mailfrom",
	};
	const char **values[] = { &r->header_from, &r->header_d, &r->header_i,
				  &r->mail_from };

	*r = (struct method) { 0 };
	r->name = word(s, a);
	if (!*r->name || !sign(s, '='))
		return false;
	r->result = word(s, a);
	while (*s->at && !sign(s, ';')) {
		const char *before = s->at, *name = word(s, a);
		const char *value = sign(s, '=') ? word(s, a) : "";

		for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
			if (!strcmp(name, names[i]))
				*values[i] = value;
		if (s->at == before)
			s->at++;
	}
	return true;
}

static enum verdict verdict_of(const char *result)
{
	if (!strcmp(result, "pass"))
		return VERDICT_PASS;
	return !strcmp(result, "fail") ? VERDICT_FAIL : VERDICT_NONE;
}

/* "@example.com", "zoe@example.com" or "example.com": this very domain. */
static bool names_domain(const char *value, const char *domain)
{
	const char *at;

	if (!value)
		return false;
	at = strrchr(value, '@');
	return !strcmp(at ? at + 1 : value, domain);
}

static void learn(struct proof *p, const struct method *r, const char *domain)
{
	enum verdict v = verdict_of(r->result);

	/* A result about another domain says nothing of this sender, and of two
	 * that differ the worse counts. */
	if (!strcmp(r->name, "dmarc") && p->dmarc != VERDICT_FAIL &&
	    (!r->header_from || names_domain(r->header_from, domain)))
		p->dmarc = v;
	if (!strcmp(r->name, "dkim") && p->dkim != VERDICT_PASS &&
	    (names_domain(r->header_d, domain) || names_domain(r->header_i, domain)))
		p->dkim = v;
	if (!strcmp(r->name, "spf") && names_domain(r->mail_from, domain))
		p->spf = v;
}

/* The results of a header, when it is that host's; NULL: it is not. */
static const char *said_by(struct arena *a, const char *header, const char *host)
{
	struct scan s = { header };
	const char *id = word(&s, a);

	if (strcasecmp(id, host))
		return NULL;
	/* A version may stand behind the name. */
	s.at += strcspn(s.at, ";");
	return *s.at ? s.at + 1 : s.at;
}

static bool has_word(const char *list, const char *wanted)
{
	size_t n;

	for (; list && *list; list += n) {
		list += strspn(list, " ,\t");
		n = strcspn(list, " ,\t");
		if (n && n == strlen(wanted) && !strncasecmp(list, wanted, n))
			return true;
	}
	return false;
}

const char *incoming_results(struct arena *a, const struct mail *m, const char *host)
{
	const char *results = NULL;

	for (size_t i = 0; *host && !results && i < m->n_results; i++)
		results = said_by(a, m->results[i], host);
	return results;
}

/* Whose word counts; "": nobody's, or of a host that lets others speak in its
 * name (desk/mail_loop.h). Where a header stands among the Received ones tells
 * no more: a forged one may lie right below that of our host. */
static const char *believed(struct desk *d, const struct incoming *in)
{
	const char *host = in->authserv_id ? in->authserv_id
			 : catalog_text(d->catalog, "mail_authserv");

	return strcasecmp(host, catalog_text(d->catalog, "mail_authserv_forged"))
		? host : "";
}

struct proof incoming_proof(struct desk *d, const struct incoming *in,
			    const struct mail *m)
{
	const char *domain = m->from.address ? address_domain(m->from.address) : "";
	struct proof p = { .trusted_domain = *domain &&
			   has_word(in->trusted_domains, domain) };
	const char *results = incoming_results(d->arena, m, believed(d, in));
	struct method r;
	struct scan s;

	if (!results || !*domain)
		return p;
	s.at = results;
	while (next_result(&s, d->arena, &r))
		learn(&p, &r, domain);
	return p;
}

enum verdict incoming_verdict(const struct proof *p)
{
	if (p->trusted_domain)
		return VERDICT_PASS;
	if (p->dmarc != VERDICT_NONE)
		return p->dmarc;
	/* Signed for this very domain is as good where nobody asks for DMARC. */
	return p->dkim == VERDICT_PASS ? VERDICT_PASS : VERDICT_NONE;
}

bool incoming_proves_staff(const struct proof *p)
{
	return p->trusted_domain || p->dmarc == VERDICT_PASS;
}
