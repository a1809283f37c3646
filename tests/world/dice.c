#include <math.h>

#include "dice.h"
#include "world.h"

/* The finisher of splitmix64. */
uint64_t dice_mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

struct dice dice_of(enum stream stream, uint64_t index)
{
	return (struct dice) { dice_mix(index * 64 + stream + 1683) };
}

uint64_t dice_roll(struct dice *d)
{
	d->state += 0x9e3779b97f4a7c15u;
	return dice_mix(d->state);
}

uint32_t dice_below(struct dice *d, uint32_t n)
{
	return (uint32_t) (((dice_roll(d) >> 32) * n) >> 32);
}

double dice_unit(struct dice *d)
{
	return (double) (dice_roll(d) >> 11) / (double) (1ull << 53);
}

bool dice_percent(struct dice *d, double percent)
{
	return dice_unit(d) * 100 < percent;
}

uint32_t dice_zipf(struct dice *d, uint32_t n)
{
	uint32_t at = (uint32_t) exp(dice_unit(d) * log(n + 1.0)) - 1;

	return at < n ? at : n - 1;
}

/* Twelve dice make a bell that is good enough. */
double dice_lognormal(struct dice *d, double middle, double spread)
{
	double bell = 0;

	for (int i = 0; i < 12; i++)
		bell += dice_unit(d);
	return middle * exp((bell - 6) * spread);
}

int dice_weighted(struct dice *d, const int *weights, int n)
{
	int sum = 0, at;

	for (int i = 0; i < n; i++)
		sum += weights[i];
	at = (int) dice_below(d, (uint32_t) sum);
	for (int i = 0; i < n; i++)
		if ((at -= weights[i]) < 0)
			return i;
	return n - 1;
}
