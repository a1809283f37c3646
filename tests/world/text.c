#include <stdio.h>
#include <string.h>

#include "people.h"
#include "shop.h"
#include "text.h"

const struct words *const tongues[TONGUES] = {
	[ENGLISH] = &words_en, [GERMAN] = &words_de, [FRENCH] = &words_fr,
	[SPANISH] = &words_es, [JAPANESE] = &words_ja, [ARABIC] = &words_ar,
	[CHINESE] = &words_zh,
};

struct writer {
	const struct world *w;
	const struct words *words;
	struct dice dice;
	const struct ticket *t;
	uint32_t ticket;
	uint64_t said;			/* sentences of this text, by place */
	char *at, *end;
};

/* --- rare words ------------------------------------------------------------- */

void text_name(uint32_t i, char out[NAME_MOST])
{
	static const char *const first[] = {
		"Ka", "Bo", "Fen", "Lu", "Mar", "Vi", "Tor", "Se", "Pal", "Zi" };
	static const char *const middle[] = {
		"ro", "la", "mi", "ven", "du", "ska", "li", "bra", "no", "te" };
	static const char *const last[] = {
		"lin", "max", "ra", "ton", "quet", "vio", "nar", "fix", "dell", "so" };

	/* So that neighbours do not look alike. */
	i = (uint32_t) ((uint64_t) i * 61987 % NAMES);
	snprintf(out, NAME_MOST, "%s%s%s%s%s", first[i % 10], middle[i / 10 % 10],
		 middle[i / 1000 % 10], middle[i / 10000 % 10], last[i / 100 % 10]);
}

/* Letters and digits that are not mistaken for each other, so many of them. */
static void code(const char *prefix, uint64_t bits, int n, char out[NAME_MOST])
{
	static const char signs[32] = "abcdefghjkmnpqrstuvwxyz234567890";
	int at = snprintf(out, NAME_MOST, "%s", prefix);

	while (n--) {
		out[at++] = signs[bits % 32];
		bits /= 32;
	}
	out[at] = '\0';
}

void text_lot(uint32_t ticket, char out[NAME_MOST])
{
	code("lot", dice_mix(ticket / 10 + 77), 7, out);
}

void text_serial(uint32_t ticket, char out[NAME_MOST])
{
	code("sn", dice_mix(ticket + 7777777), 8, out);
}

/* --- putting words one behind the other --------------------------------------- */

static void add(struct writer *o, const char *text)
{
	size_t n = strlen(text), room = (size_t) (o->end - o->at);

	/* Texts end with a whole word, never with half a sign. */
	if (n >= room)
		return;
	memcpy(o->at, text, n);
	o->at += n;
}

static uint32_t count(const char *const *list)
{
	uint32_t n = 0;

	while (list[n])
		n++;
	return n;
}

static const char *one_of(struct writer *o, const char *const *list)
{
	return list[dice_zipf(&o->dice, count(list))];
}

/*
 * A type of ticket begins elsewhere in the list: it has its own favourites.
 * Nobody says the same twice, as long as there is something else to say.
 */
static const char *sentence(struct writer *o, const char *const *list, int type)
{
	uint32_t n = count(list);
	uint32_t i = (dice_zipf(&o->dice, n) + (uint32_t) type * n / TYPES) % n;

	for (uint32_t tries = 0; tries < n && o->said >> i & 1; tries++)
		i = (i + 1) % n;
	o->said |= 1ull << i;
	return list[i];
}

static void add_name(struct writer *o)
{
	char name[NAME_MOST];

	text_name(dice_zipf(&o->dice, NAMES), name);
	add(o, name);
}

static void add_order(struct writer *o)
{
	char number[NAME_MOST];

	snprintf(number, sizeof(number), "MM-%u", FIRST_KEY + o->t->order - 1);
	add(o, o->t->order ? number : shop_article(dice_zipf(&o->dice, ARTICLES))->name);
}

static void add_number(struct writer *o)
{
	char number[NAME_MOST];

	snprintf(number, sizeof(number), "%u", 2 + dice_zipf(&o->dice, 12));
	add(o, number);
}

static void add_code(struct writer *o, void (*make)(uint32_t, char[NAME_MOST]))
{
	char word[NAME_MOST];

	make(o->ticket, word);
	add(o, word);
}

static void add_town(struct writer *o)
{
	struct card c;

	people_card(o->w, o->t->person, &c);
	add(o, c.town);
}

static void fill_gap(struct writer *o, char gap)
{
	switch (gap) {
	case 't': add(o, one_of(o, o->words->parts)); break;
	case 'a': add(o, one_of(o, o->words->states)); break;
	case 'd': add(o, one_of(o, o->words->days)); break;
	case 'p': add(o, shop_article(dice_zipf(&o->dice, ARTICLES))->name); break;
	case 'w': add_name(o); break;
	case 'n': add_number(o); break;
	case 'o': add_order(o); break;
	case 'c': add_town(o); break;
	case 's': add_code(o, text_serial); break;
	case 'l': add_name(o); break;	/* those of text_lot() are counted */
	}
}

static void add_filled(struct writer *o, const char *s)
{
	const char *gap;
	char *begin = o->at;

	while ((gap = strchr(s, '%'))) {
		size_t n = (size_t) (gap - s);

		if (n >= (size_t) (o->end - o->at)) {
			o->at = begin;
			return;
		}
		memcpy(o->at, s, n);
		o->at += n;
		fill_gap(o, gap[1]);
		s = gap + 2;
	}
	add(o, s);
}

/* --- messages ------------------------------------------------------------------ */

/* What this ticket alone, or ten of them, tell. */
static void add_rare(struct writer *o, const struct act *a)
{
	bool serial = o->ticket % 3 == 0;

	if (!a->seq && dice_mix(o->ticket + 1) % 2) {
		add(o, "\n\nLot ");
		add_code(o, text_lot);
	}
	if (serial && (!a->seq || dice_percent(&o->dice, 40))) {
		add(o, "\n\nS/N ");
		add_code(o, text_serial);
	}
}

static void add_farewell(struct writer *o, const struct act *a)
{
	struct card c;

	add(o, "\n\n");
	add(o, one_of(o, o->words->farewells));
	add(o, "\n");
	people_card(o->w, o->t->person, &c);
	add(o, a->agent ? o->w->agents[a->agent].name : c.name);
	if (a->agent && dice_percent(&o->dice, 60))
		add(o, "\nMokka & Mehl");
}

static struct writer begin(const struct world *w, uint32_t ticket,
			   struct dice dice, char *out, size_t size)
{
	const struct ticket *t = &w->tickets[ticket];

	return (struct writer) {
		.w = w, .words = tongues[w->people[t->person].tongue],
		.dice = dice, .t = t, .ticket = ticket,
		.at = out, .end = out + size,
	};
}

static uint32_t how_long(struct writer *o, bool note)
{
	double n = dice_lognormal(&o->dice, note ? 1.6 : 3.2, 0.55);

	return n < 1 ? 1 : n > 60 ? 60 : (uint32_t) n;
}

size_t text_body(const struct world *w, const struct act *a, char *out)
{
	struct dice d = dice_of(OF_TEXT, ((uint64_t) a->ticket << 16) + a->seq);
	struct writer o = begin(w, a->ticket, d, out, BODY_MOST);
	const char *const *list = a->what == WROTE_CUSTOMER ? o.words->asks :
		a->what == WROTE_REPLY ? o.words->answers : o.words->notes;
	bool note = a->what == WROTE_NOTE;
	uint32_t n = how_long(&o, note);

	if (!note) {
		add(&o, one_of(&o, o.words->greetings));
		add(&o, "\n\n");
	}
	for (uint32_t i = 0; i < n; i++) {
		if (i)
			add(&o, i % 4 ? " " : "\n\n");
		add_filled(&o, sentence(&o, list, a->type));
	}
	add_rare(&o, a);
	if (!note && !dice_percent(&o.dice, 15))
		add_farewell(&o, a);
	return (size_t) (o.at - out);
}

size_t text_subject(const struct world *w, uint32_t ticket, char *out)
{
	struct writer o = begin(w, ticket, dice_of(OF_SUBJECT, ticket), out,
				SUBJECT_MOST);

	add_filled(&o, sentence(&o, o.words->subjects, o.t->type));
	return (size_t) (o.at - out);
}
