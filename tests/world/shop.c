#include <stdio.h>

#include "people.h"
#include "shop.h"

static const struct article articles[ARTICLES] = {
	{ "MK-001", "House blend \"Mokka\"", 890, "Size", { "250 g", "500 g", "1 kg" } },
	{ "MK-021", "Espresso Forte", 1090, "Grind", { "Whole beans", "Espresso", "Filter" } },
	{ "MK-002", "Ethiopia Yirgacheffe, washed & sun-dried", 1250, "Size", { "250 g", "500 g" } },
	{ "ME-001", "Rye flour, type 1150", 320, "Size", { "1 kg", "5 kg" } },
	{ "MK-011", "Moka pot, 6 cups 🫖", 3400, "Colour", { "Spruce", "Ember", "Chalk" } },
	{ "MK-022", "Café Crème", 990, "Size", { "500 g", "1 kg" } },
	{ "ME-002", "Weizenmehl <Typ 550> & Hefe", 280, "Size", { "1 kg", "5 kg" } },
	{ "MK-004", "Decaf <mild>, 'for late evenings'", 980, NULL, { NULL } },
	{ "MK-010", "Grinder No. 3 – hand-forged", 12900, "Engraving", { "None", "Good morning", "Café" } },
	{ "MK-023", "Colombia Huila", 1190, "Size", { "250 g", "500 g" } },
	{ "MK-030", "Espresso machine Karo One", 54900, NULL, { NULL } },
	{ "MK-031", "Milk jug, 600 ml", 2400, NULL, { NULL } },
	{ "ME-003", "抹茶ロールケーキ mix", 770, NULL, { NULL } },
	{ "MK-032", "Filter papers, 100 pieces", 450, "Size", { "2", "4", "6" } },
	{ "GV-001", "Gift card", 5000, NULL, { NULL } },
	{ "ME-004", "Cinnamon buns 🥨 (frozen)", 640, "Pieces", { "6", "12" } },
	{ "MK-033", "Descaler, 1 litre", 990, NULL, { NULL } },
	{ "MK-003", "قهوة عربية بالهيل", 1400, "الحجم", { "٢٥٠ غ", "٥٠٠ غ" } },
	{ "MK-034", "Seal for portafilter, 58 mm", 390, NULL, { NULL } },
	{ "MK-035", "Tamper, olive wood", 3900, NULL, { NULL } },
	{ "MK-036", "Kenya AA Nyeri", 1450, "Size", { "250 g", "500 g" } },
	{ "MK-037", "Hand grinder Bora Mini", 6900, NULL, { NULL } },
	{ "ME-005", "Spelt flour, wholemeal", 410, "Size", { "1 kg", "5 kg" } },
	{ "ME-006", "Sourdough starter, dried", 590, NULL, { NULL } },
	{ "MK-038", "Espresso cups, set of six", 4200, "Colour", { "White", "Blue" } },
	{ "MK-039", "Water filter, 2 pieces", 1890, NULL, { NULL } },
	{ "MK-040", "Guatemala Antigua", 1290, "Size", { "250 g", "500 g" } },
	{ "MK-041", "Scale with timer", 5900, NULL, { NULL } },
	{ "MK-042", "Cold brew bottle", 2700, NULL, { NULL } },
	{ "ME-007", "Durum semolina", 350, NULL, { NULL } },
	{ "MK-043", "Cleaning tablets", 1190, NULL, { NULL } },
	{ "MK-044", "Burr set for Grinder No. 3", 3600, NULL, { NULL } },
	{ "ME-008", "Proofing basket, round", 1900, "Size", { "500 g", "1 kg" } },
	{ "MK-045", "Dampfdüse für Karo One", 2950, NULL, { NULL } },
	{ "MK-046", "Brühgruppe Karo One", 8900, NULL, { NULL } },
	{ "MK-012", "Cup \"Donaudampfschiff\"", 1100, NULL, { NULL } },
};

static const struct stage received = { "received", "Received", "new" },
	paid = { "paid", "Paid", "paid" },
	roasting = { "roasting", "In the roastery ☕", "paid" },
	sent = { "sent", "On its way", "shipped" },
	delivered = { "delivered", "Delivered", "done" },
	cancelled = { "cancelled", "Cancelled", "cancelled" },
	refunded = { "refunded", "Money returned", "refunded" },
	declined = { "declined", "Payment declined", "failed" };

static const struct fate {
	int weight;
	const struct stage *stages[STAGES_MOST];
} fates[] = {
	{ 84, { &received, &paid, &roasting, &sent, &delivered } },
	{ 6, { &received, &paid, &sent, &delivered, &refunded } },
	{ 6, { &received, &cancelled } },
	{ 4, { &received, &declined } },
};

/* What a euro costs, in thousandths, and the smallest coin. */
static const struct money {
	const char *code;
	int rate, coin;
} moneys[] = {
	{ "EUR", 1000, 10 }, { "CHF", 950, 10 }, { "GBP", 860, 10 },
	{ "USD", 1090, 10 }, { "JPY", 163000, 1000 }, { "KWD", 335, 1 },
};

const struct article *shop_article(uint32_t i)
{
	return &articles[i];
}

static int64_t price(int cents, const char *currency)
{
	const struct money *m = moneys;

	while (strcmp(m->code, currency))
		m++;
	return (int64_t) cents * m->rate / 100 / m->coin * m->coin;
}

static void put_lines(struct bought *b, uint32_t order, struct dice *d)
{
	static const int many[LINES_MOST] = { 45, 28, 15, 8, 4 };
	static const int pieces[] = { 1, 1, 1, 2, 3, 12 };

	b->n_lines = 1 + dice_weighted(d, many, LINES_MOST);
	for (int i = 0; i < b->n_lines; i++) {
		uint32_t article = dice_zipf(d, ARTICLES);
		const struct article *a = &articles[article];
		int answers = 0;

		while (answers < 4 && a->answers[answers])
			answers++;
		b->lines[i] = (struct line) {
			.id = FIRST_KEY + (int64_t) order * LINES_MOST + i,
			.article = article, .pieces = pieces[dice_below(d, 6)],
			.each = price(a->cents, b->currency),
			.answer = answers ? a->answers[dice_below(d, (uint32_t) answers)] : NULL,
		};
		b->total += b->lines[i].each * b->lines[i].pieces;
	}
}

static void put_stages(struct bought *b, instant at, instant now, struct dice *d)
{
	const struct fate *f = fates;
	int dot = (int) dice_below(d, 100);

	while ((dot -= f->weight) >= 0)
		f++;
	for (int i = 0; i < STAGES_MOST && f->stages[i] && at < now; i++) {
		b->stages[i] = f->stages[i];
		b->at[i] = at;
		b->n_stages = i + 1;
		at += (1 + dice_below(d, 40)) * HOUR + dice_below(d, 3600) * SECOND;
	}
}

void shop_bought(const struct world *w, uint32_t order, struct bought *out)
{
	const struct purchase *p = &w->orders[order];
	struct dice d = dice_of(OF_ORDER, order);
	struct card c;

	people_card(w, p->person, &c);
	*out = (struct bought) { .currency = c.currency };
	out->freight = price(dice_percent(&d, 50) ? 490 : 0, c.currency);
	out->total = out->freight;
	put_lines(out, order, &d);
	put_stages(out, p->placed, w->now, &d);
}

const struct stage *shop_stage(const struct bought *b, instant then)
{
	int i = 0;

	while (i + 1 < b->n_stages && b->at[i + 1] <= then)
		i++;
	return b->stages[i];
}

/* --- rows -------------------------------------------------------------------- */

static void out_key(struct out *o, uint32_t n)
{
	out_int(o, FIRST_KEY + (int64_t) n);
}

static void out_shopper(struct out *o, const struct world *w, uint32_t person)
{
	if (w->people[person].guest)
		out_null(o);
	else
		out_key(o, person);
}

void shop_shopper(const struct world *w, uint32_t person, struct out *o)
{
	struct card c;

	if (w->people[person].guest)
		return;
	people_card(w, person, &c);
	out_key(o, person);
	out_text(o, c.email);
	out_text(o, c.given);
	out_text(o, c.family);
	out_text(o, c.phone);
	out_null(o);
	out_text(o, c.tongue);
	out_int(o, 1);
	out_time(o, w->people[person].since / SECOND * SECOND);
	out_text(o, "");
	out_end(o);
}

void shop_purchase(const struct world *w, uint32_t order, struct out *o)
{
	const struct purchase *p = &w->orders[order];
	struct bought b;
	struct card c;
	char number[32];

	shop_bought(w, order, &b);
	people_card(w, p->person, &c);
	snprintf(number, sizeof(number), "MM-%u", FIRST_KEY + order);
	out_key(o, order);
	out_text(o, number);
	out_shopper(o, w, p->person);
	out_text(o, c.email);
	out_text(o, c.name);
	out_text(o, c.phone);
	out_time(o, p->placed);
	out_time(o, b.at[b.n_stages - 1]);
	out_text(o, b.stages[b.n_stages - 1]->code);
	out_text(o, b.currency);
	out_milli(o, b.freight);
	out_milli(o, b.total);
	out_text(o, c.tongue);
	out_end(o);
}

void shop_lines(const struct world *w, uint32_t order, struct out *o)
{
	struct bought b;

	shop_bought(w, order, &b);
	for (int i = 0; i < b.n_lines; i++) {
		const struct line *l = &b.lines[i];

		out_int(o, l->id);
		out_key(o, order);
		out_int(o, i + 1);
		out_int(o, 501 + l->article);
		out_text(o, articles[l->article].sku);
		out_text(o, articles[l->article].name);
		out_int(o, l->pieces);
		out_milli(o, l->each);
		out_end(o);
	}
}

void shop_choices(const struct world *w, uint32_t order, struct out *o)
{
	struct bought b;

	shop_bought(w, order, &b);
	for (int i = 0; i < b.n_lines; i++) {
		if (!b.lines[i].answer)
			continue;
		out_key(o, order);
		out_int(o, b.lines[i].id);
		out_text(o, articles[b.lines[i].article].question);
		out_text(o, b.lines[i].answer);
		out_end(o);
	}
}

static void address(struct out *o, uint32_t order, const struct card *c,
		    const char *role)
{
	out_key(o, order);
	out_text(o, role);
	out_text(o, c->name);
	out_null(o);
	out_text(o, c->street);
	out_null(o);
	out_text(o, c->town);
	out_null(o);
	out_text(o, c->code);
	out_text(o, c->country);
	out_end(o);
}

void shop_addresses(const struct world *w, uint32_t order, struct out *o)
{
	struct card c;

	people_card(w, w->orders[order].person, &c);
	address(o, order, &c, "billing");
	if (order % 3 == 0)
		address(o, order, &c, "shipping");
}

void shop_parcels(const struct world *w, uint32_t order, struct out *o)
{
	static const char *const carriers[] = { "DHL", "La Poste", "Bike & Bean", "郵便" };
	struct dice d = dice_of(OF_ORDER, order ^ 0x80000000u);
	struct bought b;
	char code[32], follow[80];

	shop_bought(w, order, &b);
	for (int i = 0; i < b.n_stages; i++) {
		if (b.stages[i] != &sent)
			continue;
		snprintf(code, sizeof(code), "00%010u", dice_below(&d, 4000000000u));
		snprintf(follow, sizeof(follow), "https://track.example/?code=%s", code);
		out_key(o, order);
		out_key(o, order);
		out_time(o, b.at[i]);
		out_text(o, carriers[dice_zipf(&d, 4)]);
		out_text(o, code);
		out_text(o, follow);
		out_end(o);
	}
}

void shop_money_back(const struct world *w, uint32_t order, struct out *o)
{
	struct bought b;

	shop_bought(w, order, &b);
	if (b.stages[b.n_stages - 1] != &refunded)
		return;
	out_key(o, order);
	out_key(o, order);
	out_time(o, b.at[b.n_stages - 1]);
	out_milli(o, b.total);
	out_text(o, order % 2 ? "One bag was torn <open>" : NULL);
	out_end(o);
}

void shop_diary(const struct world *w, uint32_t order, struct out *o)
{
	struct bought b;

	shop_bought(w, order, &b);
	for (int i = 0; i < b.n_stages; i++) {
		out_int(o, FIRST_KEY + (int64_t) order * STAGES_MOST + i);
		out_key(o, order);
		out_time(o, b.at[i]);
		out_text(o, b.stages[i]->code);
		out_text(o, b.stages[i] == &sent
			 ? "Your parcel has left the roastery." : NULL);
		out_int(o, 1);
		out_end(o);
	}
}
