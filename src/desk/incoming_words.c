#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "incoming_parts.h"
#include "port/fold.h"

enum { SUBJECT_MOST = 250, NAME_MOST = 120, THANKS_WORDS = 11, THANKS_MOST = 400, NUMBER_MOST = 32,
       BLOCK_LINES = 12 };

/* --- subjects --------------------------------------------------------------------- */

/* What mail programs put before a subject when it is answered or sent on. */
static const char *const prefixes[] = {
	"re", "aw", "sv", "vs", "vá", "odp", "ynt", "antw", "ant", "ref", "rv",
	"rif", "res", "bls", "atb", "hå", "回复", "答复", "返信", "fw", "fwd", "wg",
	"tr", "i", "enc", "pd", "doorst", "vb", "rd", "továbbítás", "轉寄", "转发",
	NULL
};

/* Behind "Re:", "RE[2]:" and "AW :"; the text itself when there is none. */
static const char *behind_prefix(const char *s)
{
	for (size_t i = 0; prefixes[i]; i++) {
		size_t n = strlen(prefixes[i]);
		const char *at = s + n;

		if (strncasecmp(s, prefixes[i], n))
			continue;
		at += strspn(at, " ");
		if (*at == '[' || *at == '(') {
			at += 1 + strspn(at + 1, "0123456789");
			at += *at == ']' || *at == ')';
		}
		at += strspn(at, " ");
		if (*at == ':')
			return at + 1;
		if (!strncmp(at, "：", 3))
			return at + 3;
	}
	return s;
}

/* "[#1042]" or "[1042]", as our letters have it; its length, or 0. */
static size_t bracket(const char *s, const char **number, size_t *n)
{
	const char *at = s + 1;

	if (*s != '[')
		return 0;
	at += *at == '#';
	*number = at;
	*n = strspn(at, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		    "abcdefghijklmnopqrstuvwxyz-");
	if (!*n || *n > NUMBER_MOST || at[*n] != ']')
		return 0;
	/* A word in brackets is a list's name: a number has a digit. */
	return memchr(s, '#', 2) || isdigit((unsigned char) *at)
		? (size_t) (at - s) + *n + 1 : 0;
}

const char *incoming_number(struct arena *a, const char *subject)
{
	const char *number;
	size_t n;

	for (; *subject; subject++)
		if (bracket(subject, &number, &n))
			return arena_copy(a, number, n);
	return NULL;
}

const char *incoming_subject(struct arena *a, const char *subject)
{
	const char *s = utf8_line(a, subject), *before, *number;
	size_t n;

	do {
		before = s;
		s += strspn(s, " ");
		s += bracket(s, &number, &n);
		s = behind_prefix(s);
	} while (s != before);
	return utf8_cut(a, s, SUBJECT_MOST);
}

const char *incoming_same_subject(struct arena *a, const char *subject)
{
	const char *cleaned = incoming_subject(a, subject);
	struct fold_word w;
	struct fold f;
	struct str out;

	str_init(&out, a, SUBJECT_MOST * 8);
	fold_begin(&f, cleaned, strlen(cleaned));
	while (fold_next(&f, &w)) {
		str_add(&out, w.text);
		str_add(&out, " ");
	}
	return out.text;
}

/* --- names -------------------------------------------------------------------------- */

static bool leads_elsewhere(const char *name)
{
	return strstr(name, "://") || strcasestr(name, "www.") || strchr(name, '@') ||
	       strchr(name, '/');
}

const char *incoming_name(struct arena *a, const struct mail_address *from)
{
	const char *name = from->name ? utf8_line(a, from->name) : "";

	if (!*name || leads_elsewhere(name))
		name = arena_copy(a, from->address, strcspn(from->address, "@"));
	return utf8_cut(a, name, NAME_MOST);
}

/* --- thanks --------------------------------------------------------------------------- */

/* Words of thanks, one of which there must be, and those around them: nothing
 * else may be said. Folded: lower case, without accents. */
static const char *const thankful[] = {
	"thanks", "thank", "thx", "ty", "cheers", "danke", "dank", "dankeschon",
	"merci", "gracias", "grazie", "obrigado", "obrigada", "dziekuje", "dzieki",
	"dziekujemy", "dekuji", "dekuju", "diky", "tack", "tak", "takk", "kiitos",
	"bedankt", "koszonom", "multumesc", "mersi", "tesekkurler", "tesekkur",
	"sagol", "spasibo", "спасибо", "благодарю", "дякую", "ευχαριστω", "شكرا",
	"תודה", "谢谢", "謝謝", "感谢", "ありがとう", "ありがとうございます",
	"감사합니다", "perfect", "perfekt", "super", "great", "prima", "parfait",
	NULL
};
static const char *const around[] = {
	"you", "so", "very", "much", "many", "a", "lot", "for", "your", "the", "quick",
	"fast", "kind", "help", "support", "reply", "answer", "response", "service",
	"that", "was", "is", "it", "all", "got", "works", "now", "best", "regards",
	"wishes", "kindly", "and", "have", "nice", "good", "day", "weekend", "again",
	"in", "advance", "everything", "received", "awesome", "wonderful", "ok", "okay",
	"vielen", "herzlichen", "besten", "lieben", "tausend", "schon", "sehr", "fur",
	"die", "das", "den", "der", "ihre", "ihren", "eure", "euch", "ihnen", "dir",
	"schnelle", "schnellen", "gute", "guten", "tolle", "tollen", "hilfe", "antwort",
	"ruckmeldung", "service", "unterstutzung", "hat", "geklappt", "alles", "gut",
	"angekommen", "passt", "mit", "freundlichen", "grussen", "freundliche", "viele",
	"liebe", "grusse", "gruss", "beste", "mfg", "lg", "vg", "und", "einen", "tag",
	"wochenende", "schones", "schonen", "ist", "nochmals", "auch", "wunderbar",
	"toll", "bestens", "erledigt", "auf", "rasche", "prompte",
	"beaucoup", "bien", "pour", "votre", "vos", "aide", "reponse", "rapide",
	"cordialement", "mille", "bonne", "journee", "tout", "est", "c", "parfait", "a",
	"muchas", "muchisimas", "por", "su", "tu", "ayuda", "respuesta", "saludos", "todo",
	"mille", "molte", "tante", "per", "il", "la", "vostro", "aiuto", "risposta",
	"cordiali", "saluti", "tutto", "muito", "pela", "ajuda", "resposta", "hartelijk",
	"voor", "uw", "je", "hulp", "antwoord", "met", "vriendelijke", "groet", "groeten",
	"wel", "bardzo", "za", "pomoc", "odpowiedz", "pozdrawiam", "sa", "mycket", "for",
	"hjalpen", "svaret", "mange", "tusen", "tusind", "paljon", "avusta", "ok", "top",
	"moc", "hezky", "den", "pomoc", "ja", "jah", "yes", "oui", "si", "dear", "hi",
	"hello", "hallo", "liebes", "lieber", "team", "sehr", "geehrte", "damen", "herren",
	"bonjour", "hola", "ciao", "to", "we", "i", "appreciate", "muy", "amable",
	NULL
};

static bool among(const char *const *list, const char *word)
{
	for (; *list; list++)
		if (!strcmp(*list, word))
			return true;
	return false;
}

/* Writing without blanks comes in pairs of characters. */
static bool within(const char *const *list, const char *part)
{
	for (; *list; list++)
		if (strstr(*list, part))
			return true;
	return false;
}

bool incoming_asks(const char *words)
{
	/* Full width, Arabic, and the Greek one that looks like a semicolon. */
	return strchr(words, '?') || strstr(words, "？") || strstr(words, "؟") ||
	       strstr(words, "\xcd\xbe");
}

static bool is_name(const char *names, const struct fold_word *word)
{
	struct fold f;
	struct fold_word w;

	fold_begin(&f, names, strlen(names));
	while (fold_next(&f, &w))
		if (!strcmp(w.text, word->text))
			return true;
	return false;
}

bool incoming_thanks(const struct mail *m, const char *names)
{
	bool thanked = false;
	struct fold_word w;
	struct fold f;
	size_t words = 0;

	if (m->n_files || strlen(m->text) > THANKS_MOST || incoming_asks(m->text) ||
	    strpbrk(m->text, "0123456789"))
		return false;
	fold_begin(&f, m->text, strlen(m->text));
	while (fold_next(&f, &w)) {
		bool dense = w.pair || w.tail;

		if (!dense && ++words > THANKS_WORDS)
			return false;
		if (dense ? within(thankful, w.text) : among(thankful, w.text))
			thanked = true;
		else if (!among(around, w.text) && !is_name(names, &w))
			return false;
	}
	return thanked;
}

/* --- letters sent on --------------------------------------------------------------------- */

static const char *const from_words[] = {
	"from", "von", "de", "da", "van", "od", "fra", "från", "lähettäjä", "feladó",
	"gönderen", "от", "від", "από", "发件人", "差出人", "寄件者", NULL
};
static const char *const subject_words[] = {
	"subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp",
	"temat", "předmět", "emne", "ämne", "aihe", "tárgy", "konu", "тема", "θέμα",
	"主题", "件名", "主旨", NULL
};

/* The value of "From: …" when the line begins with one of these words. */
static const char *value_of(const char *line, const char *const *names)
{
	line += strspn(line, "> *\t");
	for (size_t i = 0; names[i]; i++) {
		size_t n = strlen(names[i]);
		const char *at = line + n;

		if (strncasecmp(line, names[i], n))
			continue;
		at += strspn(at, " *");
		if (*at == ':')
			return at + 1 + strspn(at + 1, " *\t");
		if (!strncmp(at, "：", 3))
			return at + 3;
	}
	return NULL;
}

/* `"Zoë" <zoe@example.com>`, `zoe@example.com`, `Zoë [mailto:zoe@…]` */
static bool read_sender(struct arena *a, const char *line, struct mail_address *out)
{
	const char *end = line + strcspn(line, "\n");
	const char *at = memchr(line, '@', (size_t) (end - line));
	const char *begin = at;
	const char *address;

	if (!at)
		return false;
	while (begin > line && !strchr("<[( \t\":;,", begin[-1]))
		begin--;
	at += strcspn(at, ">])( \t\",;\r\n*");
	address = address_lower(a, arena_copy(a, begin, (size_t) (at - begin)));
	if (!address_valid(address))
		return false;
	while (begin > line && strchr("<[( \t\"':*", begin[-1]))
		begin--;
	*out = (struct mail_address) { .address = address };
	if (begin > line && !strchr(arena_copy(a, line, (size_t) (begin - line)), '@')) {
		line += strspn(line, "\"' ");
		if (begin > line)
			out->name = arena_copy(a, line, (size_t) (begin - line));
	}
	return true;
}

static const char *next_line(const char *s)
{
	s += strcspn(s, "\n");
	return *s ? s + 1 : s;
}

/* A block of headers that begins with From and has a subject among its lines;
 * *words: what stands behind the empty line after it. */
static bool read_block(struct arena *a, const char *at, struct mail_address *from,
		       const char **words)
{
	const char *value = value_of(at, from_words);
	bool subject = false;

	if (!value || !read_sender(a, value, from))
		return false;
	for (int i = 0; i < BLOCK_LINES && *at; i++) {
		at = next_line(at);
		subject = subject || value_of(at, subject_words);
		if (strspn(at, "> \t\r") != strcspn(at, "\n"))
			continue;
		*words = next_line(at);
		return subject;
	}
	return false;
}

/* Without the marks of a quotation, if it is one. */
static const char *unquoted(struct arena *a, const char *words)
{
	struct str out;

	str_init(&out, a, MAIL_TEXT);
	while (*words) {
		const char *end;

		if (*words == '>')
			words += 1 + (words[1] == ' ');
		end = next_line(words);
		str_addn(&out, words, (size_t) (end - words));
		words = end;
	}
	return out.text;
}

struct forwarded incoming_forwarded(struct arena *a, const struct mail *m)
{
	const char *const places[] = { m->text, m->folded };
	struct forwarded out = { .from = { NULL, NULL } };

	for (size_t i = 0; i < 2; i++)
		for (const char *at = places[i]; at && *at; at = next_line(at)) {
			if (!read_block(a, at, &out.from, &out.words))
				continue;
			out.words = unquoted(a, out.words);
			out.preface = i ? m->text : arena_copy(a, m->text,
						(size_t) (at - m->text));
			return out;
		}
	out.from.address = NULL;
	return out;
}
