/* programs - the four of them, by the beginning of their addresses. */
#ifndef PROGRAMS_H
#define PROGRAMS_H

#include "web/house.h"

struct program_of {
	const char *name, *prefix;
	enum audience audience;
	const struct route *routes;
};

/* The storefront is first: it has what no other prefix fits. */
extern const struct program_of programs[];

#endif
