/*
 * dice - chance that comes out the same every time.
 */
#ifndef WORLD_DICE_H
#define WORLD_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

uint64_t dice_mix(uint64_t x);			/* bits that look like chance */
uint64_t dice_roll(struct dice *d);
uint32_t dice_below(struct dice *d, uint32_t n);	/* 0 .. n-1 */
double dice_unit(struct dice *d);			/* 0 <= x < 1 */
bool dice_percent(struct dice *d, double percent);

/* The first of n is twice as likely as the second, thrice as the third, ... */
uint32_t dice_zipf(struct dice *d, uint32_t n);
/* Most near `middle`, some far above. */
double dice_lognormal(struct dice *d, double middle, double spread);
/* The place of one of n weights. */
int dice_weighted(struct dice *d, const int *weights, int n);

#endif
