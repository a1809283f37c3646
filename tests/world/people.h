/*
 * people - who writes, and in which language. Few of them write much.
 */
#ifndef WORLD_PEOPLE_H
#define WORLD_PEOPLE_H

#include "base/str.h"
#include "world.h"

/* Persons and orders for all tickets, in the order of time. */
void people_make(struct world *w);

struct card {
	char name[96], family[48], given[48];
	char email[96], phone[32];
	const char *lang, *zone;	/* of the help desk's pages; of the clock */
	const char *tongue;		/* as the shop writes it: "ja" */
	const char *country, *currency;
	const char *town;
	char street[96], code[12];
};
/* The same person always has the same card; ids from 0. */
void people_card(const struct world *w, uint32_t person, struct card *out);

/* Those that are not there yet; i from 1. */
const char *agent_name(int i);
const char *agent_address(int i);

#endif
