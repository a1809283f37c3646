#include <math.h>
#include <stdio.h>

#include "base/arena.h"
#include "people.h"
#include "text.h"

/* --- who writes which ticket ------------------------------------------------ */

/*
 * The share of the k-th is (k + SHIFT) to the power of -BEND: some cafes that
 * write every other day, and many people who write once. Who never writes is
 * no customer of the help desk, so there are more ranks than people.
 */
#define BEND	0.85
#define SHIFT	20.0
#define RANKS	0.19			/* per ticket */

static uint32_t rank(struct dice *d, uint32_t ranks)
{
	double low = pow(SHIFT, 1 - BEND), high = pow(ranks + SHIFT, 1 - BEND);
	double at = pow(low + dice_unit(d) * (high - low), 1 / (1 - BEND)) - SHIFT;

	return at < 0 ? 0 : at < ranks ? (uint32_t) at : ranks - 1;
}

static uint32_t new_person(struct world *w, instant since)
{
	static const int speak[TONGUES] = { 38, 32, 10, 8, 7, 3, 2 };
	uint32_t id = w->n_people++;
	struct dice d = dice_of(OF_PERSON, id);

	w->people[id] = (struct person) {
		.since = since, .first = since,
		.guest = dice_percent(&d, 4),
		.tongue = (uint8_t) dice_weighted(&d, speak, TONGUES),
	};
	return id;
}

static uint32_t new_order(struct world *w, uint32_t person, instant placed)
{
	struct person *p = &w->people[person];

	if (placed < p->since)
		p->since = placed;
	w->orders[w->n_orders] = (struct purchase) { placed, person };
	return ++w->n_orders;
}

/* Most of what is asked is about an order, and mostly about a new one. */
static void ask_about(struct world *w, struct ticket *t, struct dice *d)
{
	struct person *p = &w->people[t->person];
	instant placed;

	if (!dice_percent(d, 85))
		return;
	if (!p->order || dice_percent(d, 70)) {
		placed = t->created - (instant) (dice_lognormal(d, 4, 1) * (double) DAY);
		placed -= placed % SECOND;
		p->order = new_order(w, t->person, placed);
		/* And one that nobody ever asked about. */
		if (dice_percent(d, 35))
			new_order(w, t->person, placed - (1 + dice_below(d, 200)) * DAY);
	}
	t->order = p->order;
}

void people_make(struct world *w)
{
	uint32_t ranks = (uint32_t) (w->n_tickets * RANKS) + 1;
	uint32_t *known = arena_alloc(w->arena, ranks * sizeof(*known));

	w->people = arena_alloc(w->arena, ranks * sizeof(*w->people));
	w->orders = arena_alloc(w->arena, 2 * w->n_tickets * sizeof(*w->orders));
	for (uint32_t i = 0; i < w->n_tickets; i++) {
		struct dice d = dice_of(OF_LINES + 1, i);
		struct ticket *t = &w->tickets[i];
		uint32_t r = rank(&d, ranks);

		if (!known[r])
			known[r] = new_person(w, t->created / SECOND * SECOND) + 1;
		t->person = known[r] - 1;
		ask_about(w, t, &d);
	}
}

/* --- their cards ------------------------------------------------------------ */

/* A name, and how it is written in an address. */
struct name {
	const char *given, *given_ascii, *family, *family_ascii;
};

static const struct name english[] = {
	{ "Olivia", "olivia", "Smith", "smith" }, { "Noah", "noah", "Jones", "jones" },
	{ "Amelia", "amelia", "Taylor", "taylor" }, { "Jack", "jack", "Brown", "brown" },
	{ "Siobhán", "siobhan", "O'Brien", "obrien" }, { "Harry", "harry", "Wilson", "wilson" },
	{ "Grace", "grace", "Johnson", "johnson" }, { "Callum", "callum", "MacLeod", "macleod" },
	{ "Maya", "maya", "Patel", "patel" }, { "Ethan", "ethan", "Walker", "walker" },
	{ "Chloe", "chloe", "Wright", "wright" }, { "Daniel", "daniel", "Robinson", "robinson" },
	{ "Ruby", "ruby", "Thompson", "thompson" }, { "Adaeze", "adaeze", "Okafor", "okafor" },
	{ "George", "george", "Evans", "evans" }, { "Lily", "lily", "Hughes", "hughes" },
	{ "Samuel", "samuel", "Green", "green" }, { "Zara", "zara", "Khan", "khan" },
	{ "Owen", "owen", "Davies", "davies" }, { "Emily", "emily", "Clarke", "clarke" },
	{ NULL }
};
static const struct name german[] = {
	{ "Anna", "anna", "Müller", "mueller" }, { "Lukas", "lukas", "Schmidt", "schmidt" },
	{ "Jürgen", "juergen", "Schneider", "schneider" }, { "Lena", "lena", "Fischer", "fischer" },
	{ "Paul", "paul", "Weber", "weber" }, { "Käthe", "kaethe", "Meyer", "meyer" },
	{ "Jonas", "jonas", "Wagner", "wagner" }, { "Marie", "marie", "Becker", "becker" },
	{ "Björn", "bjoern", "Schulz", "schulz" }, { "Sophie", "sophie", "Hoffmann", "hoffmann" },
	{ "Felix", "felix", "Schäfer", "schaefer" }, { "Ursula", "ursula", "Koch", "koch" },
	{ "Mehmet", "mehmet", "Yılmaz", "yilmaz" }, { "Greta", "greta", "Bauer", "bauer" },
	{ "Uwe", "uwe", "Richter", "richter" }, { "Ilse", "ilse", "Groß", "gross" },
	{ "Tim", "tim", "Wolf", "wolf" }, { "Nele", "nele", "Schröder", "schroeder" },
	{ "Ömer", "oemer", "Neumann", "neumann" }, { "Klara", "klara", "Zimmermann", "zimmermann" },
	{ NULL }
};
static const struct name french[] = {
	{ "Camille", "camille", "Martin", "martin" }, { "Léo", "leo", "Bernard", "bernard" },
	{ "Chloé", "chloe", "Dubois", "dubois" }, { "Hugo", "hugo", "Lefèvre", "lefevre" },
	{ "Zoé", "zoe", "Moreau", "moreau" }, { "Jérôme", "jerome", "Girard", "girard" },
	{ "Inès", "ines", "Rousseau", "rousseau" }, { "Benoît", "benoit", "Lemaître", "lemaitre" },
	{ "Manon", "manon", "D'Amico", "damico" }, { "Gaël", "gael", "Fournier", "fournier" },
	{ NULL }
};
static const struct name spanish[] = {
	{ "Lucía", "lucia", "García", "garcia" }, { "José", "jose", "Fernández", "fernandez" },
	{ "Sofía", "sofia", "Muñoz", "munoz" }, { "Martín", "martin", "López", "lopez" },
	{ "Paula", "paula", "Sánchez", "sanchez" }, { "Íñigo", "inigo", "Pérez", "perez" },
	{ "Carmen", "carmen", "Núñez", "nunez" }, { "Diego", "diego", "Ibáñez", "ibanez" },
	{ NULL }
};
static const struct name japanese[] = {
	{ "陽菜", "hina", "佐藤", "sato" }, { "蓮", "ren", "鈴木", "suzuki" },
	{ "結衣", "yui", "高橋", "takahashi" }, { "大翔", "hiroto", "田中", "tanaka" },
	{ "さくら", "sakura", "伊藤", "ito" }, { "悠真", "yuma", "渡辺", "watanabe" },
	{ "美咲", "misaki", "山本", "yamamoto" }, { "健", "ken", "中村", "nakamura" },
	{ NULL }
};
static const struct name arabic[] = {
	{ "ليلى", "layla", "الخطيب", "alkhatib" }, { "أحمد", "ahmad", "حداد", "haddad" },
	{ "فاطمة", "fatima", "منصور", "mansour" }, { "يوسف", "yusuf", "النجار", "alnajjar" },
	{ NULL }
};
static const struct name chinese[] = {
	{ "伟", "wei", "王", "wang" }, { "芳", "fang", "李", "li" },
	{ "秀英", "xiuying", "张", "zhang" }, { "敏", "min", "刘", "liu" },
	{ NULL }
};

struct place {
	const char *country, *currency, *zone, *dial;
	const char *towns[6];
	const char *streets[6];
};

static const struct people_of {
	const struct name *names;
	const char *lang;
	struct place places[3];		/* the first is the usual one */
} people_of[TONGUES] = {
	[ENGLISH] = { english, "en", {
		{ "GB", "GBP", "Europe/London", "+44 20",
		  { "London", "Leeds", "Bristol", "Glasgow", "Cardiff", "Norwich" },
		  { "High Street", "Mill Lane", "Church Road", "Station Road", "Park Avenue", "Kings Walk" } },
		{ "US", "USD", "America/New_York", "+1 212",
		  { "New York", "Boston", "Austin", "Portland", "Denver", "Chicago" },
		  { "Main Street", "Oak Avenue", "2nd Street", "Maple Drive", "Sunset Road", "Bay Street" } },
		{ "IE", "EUR", "Europe/Dublin", "+353 1",
		  { "Dublin", "Cork", "Galway", "Limerick", "Sligo", "Ennis" },
		  { "St Stephen's Green", "Quay Street", "Patrick Street", "Main Street", "Abbey Road", "Harbour View" } } } },
	[GERMAN] = { german, "de", {
		{ "DE", "EUR", "Europe/Berlin", "+49 30",
		  { "Berlin", "Köln", "München", "Gießen", "Lübeck", "Görlitz" },
		  { "Hauptstraße", "Gartenweg", "Bahnhofstraße", "Am Mühlbach", "Karl-Marx-Allee", "Lindenallee" } },
		{ "AT", "EUR", "Europe/Vienna", "+43 1",
		  { "Wien", "Graz", "Linz", "Salzburg", "Innsbruck", "St. Pölten" },
		  { "Mariahilfer Straße", "Kirchengasse", "Ringstraße", "Dorfplatz", "Bergweg", "Schulgasse" } },
		{ "CH", "CHF", "Europe/Zurich", "+41 44",
		  { "Zürich", "Bern", "Basel", "Luzern", "Chur", "Thun" },
		  { "Langstrasse", "Seestrasse", "Dorfstrasse", "Bahnhofplatz", "Rebweg", "Oberdorf" } } } },
	[FRENCH] = { french, "en", {
		{ "FR", "EUR", "Europe/Paris", "+33 1",
		  { "Paris", "Lyon", "Orléans", "Nîmes", "Saint-Étienne", "Béziers" },
		  { "rue de l'Église", "avenue Foch", "place du Marché", "rue Victor-Hugo", "quai des Brumes", "impasse des Lilas" } } } },
	[SPANISH] = { spanish, "en", {
		{ "ES", "EUR", "Europe/Madrid", "+34 91",
		  { "Madrid", "Sevilla", "Cádiz", "A Coruña", "León", "Málaga" },
		  { "Calle Sierpes", "Plaza de Mina", "Calle Mayor", "Avenida del Mar", "Calle Larios", "Paseo del Prado" } } } },
	[JAPANESE] = { japanese, "en", {
		{ "JP", "JPY", "Asia/Tokyo", "+81 3",
		  { "東京都", "大阪市", "京都市", "札幌市", "福岡市", "名古屋市" },
		  { "神保町", "銀座", "梅田", "四条通", "大通西", "栄" } } } },
	[ARABIC] = { arabic, "en", {
		{ "KW", "KWD", "Asia/Kuwait", "+965",
		  { "مدينة الكويت", "حولي", "السالمية", "الجهراء", "الفروانية", "الأحمدي" },
		  { "شارع الخليج العربي", "شارع سالم المبارك", "شارع تونس", "شارع بيروت", "شارع القاهرة", "شارع دمشق" } } } },
	[CHINESE] = { chinese, "en", {
		{ "DE", "EUR", "Europe/Berlin", "+49 40",
		  { "Hamburg", "Berlin", "Frankfurt", "Köln", "Leipzig", "Bremen" },
		  { "Deichstraße", "Hafenstraße", "Elbchaussee", "Lindenallee", "Gartenweg", "Am Markt" } } } },
};

static const struct name *some_name(const struct name *names, struct dice *d)
{
	uint32_t n = 0;

	while (names[n].given)
		n++;
	return &names[dice_zipf(d, n)];
}

static const struct place *some_place(const struct people_of *of, struct dice *d)
{
	uint32_t at = dice_weighted(d, (const int []) { 70, 18, 12 }, 3);

	return of->places[at].country ? &of->places[at] : &of->places[0];
}

static void fill_address(struct card *c, const struct place *at, struct dice *d)
{
	c->country = at->country;
	c->currency = at->currency;
	c->zone = at->zone;
	c->town = at->towns[dice_zipf(d, 6)];
	snprintf(c->street, sizeof(c->street), "%s %u",
		 at->streets[dice_below(d, 6)], 1 + dice_below(d, 180));
	snprintf(c->code, sizeof(c->code), "%05u", dice_below(d, 100000));
	snprintf(c->phone, sizeof(c->phone), "%s 555%05u", at->dial,
		 dice_below(d, 100000));
}

void people_card(const struct world *w, uint32_t person, struct card *out)
{
	const struct people_of *of = &people_of[w->people[person].tongue];
	struct dice d = dice_of(OF_PERSON, person);
	const struct name *given, *family;
	static const char *const hosts[] = { "com", "org", "net" };

	dice_roll(&d);			/* used by new_person() */
	dice_roll(&d);
	given = some_name(of->names, &d);
	family = some_name(of->names, &d);
	snprintf(out->given, sizeof(out->given), "%s", given->given);
	snprintf(out->family, sizeof(out->family), "%s", family->family);
	/* A blank between the two, but for those who write the family first. */
	if (w->people[person].tongue == JAPANESE || w->people[person].tongue == CHINESE)
		snprintf(out->name, sizeof(out->name), "%s%s", out->family, out->given);
	else
		snprintf(out->name, sizeof(out->name), "%s %s", out->given, out->family);
	snprintf(out->email, sizeof(out->email), "%s.%s%u@example.%s",
		 given->given_ascii, family->family_ascii, person + 1,
		 hosts[dice_below(&d, 3)]);
	out->lang = of->lang;
	out->tongue = tongues[w->people[person].tongue]->code;
	fill_address(out, some_place(of, &d), &d);
}

/* --- the agents ------------------------------------------------------------- */

static const struct {
	const char *name, *address;
} agents[AGENTS] = {
	{ "Carla Ferrari", "carla" }, { "David Nguyen", "david" },
	{ "Elif Demir", "elif" }, { "Frank Vogel", "frank" },
	{ "Giulia Rossi", "giulia" }, { "Henrik Larsen", "henrik" },
	{ "Ines Costa", "ines" }, { "Jan Kowalski", "jan" },
	{ "Kerstin Brandt", "kerstin" }, { "Luca Moretti", "luca" },
	{ "Mina Sato", "mina" }, { "Nils Ådahl", "nils" },
	{ "Oskar Weiß", "oskar" }, { "Petra Nováková", "petra" },
	{ "Quentin Leroy", "quentin" }, { "Rosa Jiménez", "rosa" },
	{ "Sven Öberg", "sven" }, { "Tala Haddad", "tala" },
	{ "Ute Kröger", "ute" }, { "Viktor Petrov", "viktor" },
	{ "Wanda Szymańska", "wanda" }, { "Ximena Ruiz", "ximena" },
	{ "Yara Khoury", "yara" }, { "Zoltán Kiss", "zoltan" },
};

const char *agent_name(int i)
{
	return agents[(i - 1) % AGENTS].name;
}

const char *agent_address(int i)
{
	return agents[(i - 1) % AGENTS].address;
}
