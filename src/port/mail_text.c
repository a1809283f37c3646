#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "mail_letter.h"

/* ---- Charsets ---- */

enum { UTF8, WINDOWS_1252 };

/*
 * The charsets that are read, opened once and kept: iconv takes a module from
 * a file for most of them, and a locked child can open none. What is not here
 * is read as windows-1252. UTF-7 is here: what comes out is UTF-8 that was
 * checked, which no browser takes for UTF-7 again.
 */
static const char *const charsets[] = {
	[UTF8] = "UTF-8", [WINDOWS_1252] = "CP1252",
	"CP1250", "CP1251", "CP1253", "CP1254", "CP1255", "CP1256", "CP1257",
	"CP1258", "CP874", "CP932", "CP949", "CP437", "CP850", "CP852", "CP855",
	"CP858", "CP860", "CP861", "CP862", "CP863", "CP864", "CP865", "CP866",
	"ISO-8859-2", "ISO-8859-3", "ISO-8859-4", "ISO-8859-5", "ISO-8859-6",
	"ISO-8859-7", "ISO-8859-8", "ISO-8859-9", "ISO-8859-10",
	"ISO-8859-13", "ISO-8859-14", "ISO-8859-15", "ISO-8859-16",
	"KOI8-R", "KOI8-U", "GB18030", "BIG5-HKSCS", "EUC-JP", "EUC-KR",
	"EUC-TW", "ISO-2022-JP", "ISO-2022-JP-2", "ISO-2022-JP-3", "ISO-2022-KR",
	"ISO-2022-CN", "HZ", "SHIFT_JISX0213", "TIS-620", "VISCII", "TCVN",
	/* by these names GMime asks for those of encoded words */
	"BIG5", "GBK", "EUC-CN", "SJIS", "ISO-8859-11", "JOHAB",
	"MACINTOSH", "MAC-CYRILLIC", "ARMSCII-8", "GEORGIAN-PS", "PT154",
	"UTF-7", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE",
};
enum { CHARSETS = sizeof(charsets) / sizeof(*charsets) };

/* Other names, and names that say less than what is sent under them. */
static const char *const others[][2] = {
	{ "utf8", "UTF-8" }, { "utf-8-sig", "UTF-8" }, { "us-ascii", "CP1252" },
	{ "ascii", "CP1252" }, { "ansi_x3.4-1968", "CP1252" },
	{ "iso-8859-1", "CP1252" }, { "iso8859-1", "CP1252" },
	{ "iso_8859-1", "CP1252" }, { "latin1", "CP1252" }, { "latin-1", "CP1252" },
	{ "l1", "CP1252" }, { "iso-8859-11", "CP874" }, { "tis620", "TIS-620" },
	{ "iso-8859-8-i", "ISO-8859-8" }, { "iso-8859-8-e", "ISO-8859-8" },
	{ "iso-8859-6-i", "ISO-8859-6" }, { "latin2", "ISO-8859-2" },
	{ "iso8859-2", "ISO-8859-2" }, { "latin5", "ISO-8859-9" },
	{ "iso8859-9", "ISO-8859-9" }, { "iso8859-15", "ISO-8859-15" },
	{ "latin9", "ISO-8859-15" }, { "latin-9", "ISO-8859-15" },
	{ "gb2312", "GB18030" }, { "gbk", "GB18030" }, { "cp936", "GB18030" },
	{ "windows-936", "GB18030" }, { "euc-cn", "GB18030" },
	{ "x-gbk", "GB18030" }, { "chinesebig5", "BIG5-HKSCS" },
	{ "big5", "BIG5-HKSCS" }, { "cp950", "BIG5-HKSCS" },
	{ "x-x-big5", "BIG5-HKSCS" }, { "big5hkscs", "BIG5-HKSCS" },
	{ "shift_jis", "CP932" }, { "shift-jis", "CP932" }, { "sjis", "CP932" },
	{ "x-sjis", "CP932" }, { "ms_kanji", "CP932" }, { "windows-31j", "CP932" },
	{ "ks_c_5601-1987", "CP949" }, { "ks_c_5601", "CP949" },
	{ "ksc5601", "CP949" }, { "euc-kr", "CP949" }, { "uhc", "CP949" },
	{ "x-euc-jp", "EUC-JP" }, { "eucjp", "EUC-JP" }, { "koi8r", "KOI8-R" },
	{ "koi8u", "KOI8-U" }, { "koi8-ru", "KOI8-U" }, { "hz-gb-2312", "HZ" },
	{ "unicode-1-1-utf-7", "UTF-7" }, { "utf7", "UTF-7" },
	{ "utf16", "UTF-16" }, { "ucs-2", "UTF-16" }, { "unicode", "UTF-16" },
	{ "x-mac-roman", "MACINTOSH" }, { "mac", "MACINTOSH" },
	{ "x-mac-cyrillic", "MAC-CYRILLIC" }, { "ibm437", "CP437" },
	{ "ibm850", "CP850" }, { "ibm852", "CP852" }, { "ibm866", "CP866" },
};

static iconv_t opened[CHARSETS];
static bool ready;

void text_ready(void)
{
	for (size_t i = 0; i < CHARSETS && !ready; i++)
		opened[i] = iconv_open("UTF-8", charsets[i]);
	ready = true;
}

static size_t charset_named(const char *name)
{
	size_t i = 0;

	while (i < CHARSETS && strcasecmp(name, charsets[i]))
		i++;
	return i;
}

/* CHARSETS when nobody knows it. */
static size_t charset_of(struct letter *l, const char *said)
{
	const char *name = utf8_lower(l->arena, said);
	size_t i;

	name = arena_copy(l->arena, name, strcspn(name, " \t\"';*"));
	for (i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (!strcmp(name, others[i][0]))
			return charset_named(others[i][1]);
	if (!strncmp(name, "windows-", 8))
		name = arena_join(l->arena, "cp", name + 8);
	else if (!strncmp(name, "cp-", 3))
		name = arena_join(l->arena, "cp", name + 3);
	return charset_named(name);
}

/* What nobody can read becomes U+FFFD, a byte at a time. */
static const char *converted(struct letter *l, iconv_t how, struct str *raw,
			     size_t most)
{
	char *at = raw->text, buffer[4096];
	size_t left = raw->len;
	struct str out;

	str_init(&out, l->arena, most);
	iconv(how, NULL, NULL, NULL, NULL);
	while (left && !out.cut) {
		char *to = buffer;
		size_t room = sizeof(buffer);
		size_t rc = iconv(how, &at, &left, &to, &room);
		int why = rc == (size_t) -1 ? errno : 0;

		str_addn(&out, buffer, (size_t) (to - buffer));
		if (why == EILSEQ) {
			str_add(&out, "\ufffd");
			at++;
			left--;
		} else if (why == EINVAL) {
			str_add(&out, "\ufffd");
			break;
		} else if (why && why != E2BIG) {
			break;
		}
	}
	return utf8_mend(l->arena, out.text, out.len);
}

static const char *as_utf8(struct letter *l, struct str *raw, const char *said,
			   size_t most)
{
	size_t which = said ? charset_of(l, said) : WINDOWS_1252;

	text_ready();
	/* Much of what claims nothing, or one byte a letter, is UTF-8. */
	if ((which == WINDOWS_1252 || which == CHARSETS)
	    && utf8_valid(raw->text, raw->len))
		return raw->text;
	if (which == UTF8)
		return utf8_mend(l->arena, raw->text, raw->len);
	if (which == CHARSETS || opened[which] == (iconv_t) -1) {
		letter_note(l, "an unknown charset, read as windows-1252");
		which = WINDOWS_1252;
	}
	return converted(l, opened[which], raw, most);
}

/* ---- Cleaning ---- */

/* Line ends are LF, and no other control character stays but a tab. */
const char *text_clean(struct arena *a, const char *text)
{
	const unsigned char *at = (const unsigned char *) text;
	char *clean = arena_alloc(a, strlen(text) + 1), *to = clean;

	if (!strncmp(text, "\ufeff", 3))
		at += 3;
	while (*at) {
		if (*at == '\r') {
			*to++ = '\n';
			at += at[1] == '\n' ? 2 : 1;
		} else if ((*at < ' ' && *at != '\n' && *at != '\t') || *at == 0x7f) {
			at++;
		} else if (at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0) {
			at += 2;
		} else {
			*to++ = (char) *at++;
		}
	}
	return clean;
}

static bool collect(void *what, const char *at, size_t n)
{
	struct str *raw = what;

	str_addn(raw, at, n);
	return !raw->cut;
}

/* What a page says of itself, where its part says nothing. */
static const char *charset_inside(struct arena *a, const struct str *html)
{
	char *head = arena_copy(a, html->text, html->len < 2048 ? html->len : 2048);
	const char *at = strcasestr(head, "charset=");

	if (!at)
		return NULL;
	at += strlen("charset=");
	at += *at == '"' || *at == '\'';
	return arena_copy(a, at, strcspn(at, " \t\r\n\"'>/;"));
}

/* Not in the middle of a character. */
static const char *cut_at(struct arena *a, const char *text, size_t most)
{
	if (strlen(text) <= most)
		return text;
	while (most && ((unsigned char) text[most] & 0xc0) == 0x80)
		most--;
	return arena_copy(a, text, most);
}

const char *text_decoded(struct letter *l, const struct entity *e, size_t most,
			 bool *cut)
{
	struct str raw;
	const char *text;

	/* four bytes a character at worst, and one more to see that it is cut */
	str_init(&raw, l->arena, most * 4 + 4);
	body_decode(e, collect, &raw);
	text = as_utf8(l, &raw, e->charset || strcmp(e->subtype, "html") ? e->charset
				: charset_inside(l->arena, &raw), most + 4);
	text = text_clean(l->arena, text);
	*cut = raw.cut || strlen(text) > most;
	return cut_at(l->arena, text, most);
}

/* ---- format=flowed (RFC 3676) ---- */

struct flow {
	struct str out;
	size_t depth;			/* of the paragraph that is open */
	bool open;			/* its last line ended with a blank */
};

static void flow_line(struct flow *f, const char *at, size_t n, bool del_space)
{
	size_t depth = 0;
	bool soft, signature;

	while (depth < n && at[depth] == '>')
		depth++;
	at += depth;
	n -= depth;
	if (n && *at == ' ')		/* stuffed */
		at++, n--;
	signature = n == 3 && !memcmp(at, "-- ", 3);
	if (f->open && (depth != f->depth || signature)) {
		str_add(&f->out, "\n");
		f->open = false;
	}
	if (!f->open) {
		for (size_t i = 0; i < depth; i++)
			str_add(&f->out, ">");
		if (depth && n)
			str_add(&f->out, " ");
	}
	soft = n && at[n - 1] == ' ' && !signature;
	str_addn(&f->out, at, n - (soft && del_space));
	if (!soft)
		str_add(&f->out, "\n");
	f->open = soft;
	f->depth = depth;
}

const char *text_unflowed(struct arena *a, const char *text, bool del_space)
{
	struct flow f = { .open = false };

	str_init(&f.out, a, 4 * strlen(text) + 4);
	while (*text) {
		size_t n = strcspn(text, "\n");

		flow_line(&f, text, n, del_space);
		text += n + (text[n] == '\n');
	}
	return f.out.text;
}

/* ---- text/enriched (RFC 1896) ---- */

/* Behind "<name>" at `at`; NULL: no mark. */
static const char *behind_mark(const char *at)
{
	size_t n = strcspn(at + 1, "<>\n");

	return n && n < 62 && at[1 + n] == '>' ? at + n + 2 : NULL;
}

const char *text_unenriched(struct arena *a, const char *text)
{
	struct str out;

	str_init(&out, a, strlen(text) + 1);
	while (*text) {
		const char *behind = *text == '<' ? behind_mark(text) : NULL;

		if (behind) {
			bool param = !strncasecmp(text, "<param>", 7);
			const char *end = param ? strcasestr(behind, "</param>") : NULL;

			text = end ? end + 8 : behind;
			continue;
		}
		str_addn(&out, text, 1);
		text += text[0] == '<' && text[1] == '<' ? 2 : 1;
	}
	return out.text;
}
