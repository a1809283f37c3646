/*
 * shop - what the world's customers bought at "Mokka & Mehl": rows of the
 * tables that tests/demo/world.py makes. They are loaded into tables beside
 * those, named world_..., which then take their places.
 */
#ifndef WORLD_SHOP_H
#define WORLD_SHOP_H

#include "out.h"
#include "world.h"

enum { ARTICLES = 36, LINES_MOST = 5, STAGES_MOST = 5 };

struct article {
	const char *sku, *name;
	int cents;			/* euros */
	const char *question;		/* "Size"; NULL: no choice */
	const char *answers[4];
};
const struct article *shop_article(uint32_t i);

struct line {
	int64_t id;
	uint32_t article;
	int pieces;
	int64_t each;			/* thousandths */
	const char *answer;		/* to the article's question; NULL: none */
};

/* Stages of an order in the shop's words. */
struct stage {
	const char *code, *label, *group;
};

struct bought {
	struct line lines[LINES_MOST];
	const struct stage *stages[STAGES_MOST];
	instant at[STAGES_MOST];
	int n_lines, n_stages;
	const char *currency;
	int64_t freight, total;
};
/* The same order always comes out the same; from 0. */
void shop_bought(const struct world *w, uint32_t order, struct bought *out);
/* How far it had come then. */
const struct stage *shop_stage(const struct bought *b, instant then);

void shop_shopper(const struct world *w, uint32_t person, struct out *o);
void shop_purchase(const struct world *w, uint32_t order, struct out *o);
void shop_lines(const struct world *w, uint32_t order, struct out *o);
void shop_choices(const struct world *w, uint32_t order, struct out *o);
void shop_addresses(const struct world *w, uint32_t order, struct out *o);
void shop_parcels(const struct world *w, uint32_t order, struct out *o);
void shop_money_back(const struct world *w, uint32_t order, struct out *o);
void shop_diary(const struct world *w, uint32_t order, struct out *o);

#endif
