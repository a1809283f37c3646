/*
 * Reports that follow RFC 3464, and what they share with those that do not.
 */
#include <string.h>
#include <strings.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "mail_letter.h"

enum {
	LONGEST_LOCAL = 64, LONGEST_DOMAIN = 253,
	LONGEST_DIAGNOSTIC = 500,
	LONGEST_FIELD = 2000
};

/* ---- Addresses in words ---- */

static bool is_local(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
		|| (c >= '0' && c <= '9') || (c && strchr("!#$%&'*+/=?^_`{|}~.-", c));
}

static bool is_domain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
		|| (c >= '0' && c <= '9') || c == '.' || c == '-' || c >= 0x80;
}

const char *next_address(struct arena *a, const char *at, const char **from,
			 const char **end)
{
	const char *start = at;

	for (; (at = strchr(at, '@')); at++) {
		const char *left = at, *right = at + 1, *address;

		while (left > start && at - left < LONGEST_LOCAL
		       && is_local((unsigned char) left[-1]))
			left--;
		/* 'a@b' of one who quotes, SMTP=a@b of X.400 */
		while (left < at && strchr("'.`*=", *left))
			left++;
		if (!strncasecmp(left, "smtp=", 5))
			left += 5;
		while (right - at <= LONGEST_DOMAIN && is_domain((unsigned char) *right))
			right++;
		while (right > at + 1 && strchr(".-", right[-1]))
			right--;
		if (left >= at || right == at + 1)
			continue;
		address = address_lower(a, arena_copy(a, left, (size_t) (right - left)));
		if (!address_plausible(address) || strcmp(utf8_line(a, address), address))
			continue;
		*from = left;
		*end = right;
		return address;
	}
	return NULL;
}

/* ---- One recipient ---- */

/* "5.1.1" (RFC 3463), wherever it stands. */
static const char *status_in(struct arena *a, const char *text)
{
	for (const char *at = text; (at = strpbrk(at, "245")); at++) {
		size_t middle, last;

		if (at > text && strchr("0123456789.", at[-1]))
			continue;
		if (at[1] != '.')
			continue;
		middle = strspn(at + 2, "0123456789");
		if (!middle || middle > 3 || at[2 + middle] != '.')
			continue;
		last = strspn(at + 3 + middle, "0123456789");
		if (last && last <= 3 && at[3 + middle + last] != '.')
			return arena_copy(a, at, 3 + middle + last);
	}
	return NULL;
}

void report_add(struct letter *l, const char *address, enum mail_fate fate,
		const char *diagnostic)
{
	struct mail *m = l->out;
	struct mail_fate_of *fates = (struct mail_fate_of *) m->fates, *f;

	if (!fates)
		m->fates = fates = arena_alloc(l->arena, MAIL_FATES * sizeof(*fates));
	for (size_t i = 0; i < m->n_fates; i++)
		if (!strcmp(fates[i].address, address))
			return;
	if (m->n_fates == MAIL_FATES) {
		letter_note(l, "a report of more than 100 recipients");
		return;
	}
	f = fates + m->n_fates++;
	f->address = address;
	f->fate = fate;
	if (!diagnostic || !*diagnostic)
		return;
	f->status = status_in(l->arena, diagnostic);
	f->diagnostic = utf8_brief(l->arena, diagnostic, LONGEST_DIAGNOSTIC);
}

/* ---- The fields of a delivery status ---- */

struct fields {
	const char *original, *final, *action, *status, *diagnostic;
};

static int hex(char c)
{
	const char *digits = "0123456789ABCDEFabcdef", *at = c ? strchr(digits, c) : NULL;

	return !at ? -1 : at - digits < 16 ? (int) (at - digits) : (int) (at - digits) - 6;
}

/* "\x{E4}" as the letter it is (RFC 6533). */
static const char *unescaped(struct arena *a, const char *text)
{
	struct str s;

	str_init(&s, a, LONGEST_FIELD);
	while (*text) {
		const char *at = text + 3;
		uint32_t point = 0;
		char utf8[4];

		while (!strncmp(text, "\\x{", 3) && hex(*at) >= 0 && at < text + 9)
			point = point << 4 | (uint32_t) hex(*at++);
		if (at > text + 3 && *at == '}' && point < 0x110000) {
			str_addn(&s, utf8, (size_t) g_unichar_to_utf8(point, utf8));
			text = at + 1;
		} else {
			str_addn(&s, text++, 1);
		}
	}
	return utf8_mend(a, s.text, s.len);
}

/* "utf-8; zoë@b": the whole value, where nothing but its type stands before. */
static const char *global_address(struct arena *a, const char *value)
{
	const char *address = address_lower(a, unescaped(a, value));

	return address_plausible(address) && !strcmp(utf8_line(a, address), address)
		? address : NULL;
}

/* "rfc822; a@b", "<a@b>", "a@b (comment)" */
static const char *address_of(struct arena *a, const char *value)
{
	const char *from, *end;

	if (value && !strncasecmp(value, "utf-8;", 6))
		return global_address(a, value + 6 + strspn(value + 6, " \t"));
	return value ? next_address(a, value, &from, &end) : NULL;
}

static bool fate_of(const struct fields *f, enum mail_fate *fate)
{
	const char *action = f->action ? f->action : "";

	if (!strncasecmp(action, "fail", 4))
		*fate = MAIL_FAILED;
	else if (!strncasecmp(action, "delayed", 7))
		*fate = MAIL_DELAYED;
	else if (!strncasecmp(action, "delivered", 9)
		 || !strncasecmp(action, "relayed", 7)
		 || !strncasecmp(action, "expanded", 8))
		*fate = MAIL_DELIVERED;
	else if (f->status && strchr("245", *f->status))
		*fate = *f->status == '5' ? MAIL_FAILED :
			*f->status == '4' ? MAIL_DELAYED : MAIL_DELIVERED;
	else
		return false;
	return true;
}

/* Many hosts name the status in their words, too. */
static const char *words_of(struct arena *a, const char *status, const char *diagnostic)
{
	const char *told = diagnostic ? status_in(a, diagnostic) : NULL;

	if (!status || !diagnostic)
		return status ? status : diagnostic;
	if (told && !strcmp(told, status))
		return diagnostic;
	return arena_join(a, status, " ", diagnostic);
}

/* The address as we wrote it comes before the one it was forwarded to. */
static void end_fields(struct letter *l, struct fields *f)
{
	const char *address = address_of(l->arena, f->original);
	enum mail_fate fate;

	if (!address)
		address = address_of(l->arena, f->final);
	if (address && fate_of(f, &fate))
		report_add(l, address, fate,
			   words_of(l->arena, f->status, f->diagnostic));
	*f = (struct fields) { NULL };
}

static const char *after(const char *field, const char *name)
{
	size_t n = strlen(name);

	if (strncasecmp(field, name, n) || field[n] != ':')
		return NULL;
	field += n + 1;
	return field + strspn(field, " \t");
}

static void take_field(struct letter *l, struct fields *f, const char *field)
{
	const char *value;

	if ((value = after(field, "Final-Recipient"))) {
		if (f->final)
			end_fields(l, f);
		f->final = value;
	} else if ((value = after(field, "Original-Recipient"))) {
		f->original = value;
	} else if ((value = after(field, "Action"))) {
		f->action = value;
	} else if ((value = after(field, "Status"))) {
		f->status = value;
	} else if ((value = after(field, "Diagnostic-Code"))) {
		const char *text = strchr(value, ';');

		f->diagnostic = text ? text + 1 + strspn(text + 1, " \t") : value;
	}
}

/* One field with the lines that continue it; the text moves behind it. */
static const char *next_field(struct letter *l, const char **text)
{
	struct str s;

	str_init(&s, l->arena, LONGEST_FIELD);
	do {
		size_t n = strcspn(*text, "\n");

		if (s.len)
			str_add(&s, " ");
		str_addn(&s, *text, n);
		*text += n + ((*text)[n] == '\n');
	} while (s.len && (**text == ' ' || **text == '\t'));
	/* cut in the middle of a character, perhaps */
	return utf8_line(l->arena, utf8_mend(l->arena, s.text, s.len));
}

static void read_status(struct letter *l)
{
	const char *text = l->status;
	struct fields f = { NULL };

	while (*text) {
		const char *field = next_field(l, &text);

		if (*field)
			take_field(l, &f, field);
		else
			end_fields(l, &f);
	}
	end_fields(l, &f);
}

/* ---- Which letter it is about ---- */

static void read_returned(struct letter *l)
{
	struct head h;
	const char *raw, *end;

	if (!l->returned.at || l->out->about_id)
		return;
	h = head_read(l, l->returned, false);
	raw = head_raw(l, &h, "Message-ID", 2000);
	if (raw)
		l->out->about_id = next_id(l, raw, &end);
}

/* Some hosts write the fields among their words. */
static const char *status_in_words(const char *words)
{
	const char *at = strcasestr(words, "\nFinal-Recipient:");

	return at && strcasestr(at, "\nAction:") ? at + 1 : NULL;
}

void report_read(struct letter *l, const char *words)
{
	struct mail *m = l->out;
	bool host = l->is_report || bounce_sender(l)
		|| (m->return_path && !*m->return_path);

	if (!l->status && l->returned.at && bounce_sender(l))
		tree_read_returned(l);
	if (!l->status && bounce_sender(l))
		l->status = status_in_words(words);
	if (l->status && host) {
		read_status(l);
		m->report = true;
	}
	if (l->is_report)
		m->report = true;
	if (!m->n_fates && bounce_read(l, words))
		m->report = true;
	if (m->report)
		read_returned(l);
	else
		m->about_id = NULL;
	if (m->report && !m->about_id && m->n_references)
		m->about_id = m->references[m->n_references - 1];
	if (m->report && !m->about_id && m->n_in_reply_to)
		m->about_id = m->in_reply_to[0];
}
