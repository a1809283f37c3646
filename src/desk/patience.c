#include "desk/patience.h"

enum {
	A_MINUTE = 60,
	AN_HOUR = 60 * A_MINUTE,
	FIVE_DAYS = 5 * 24 * AN_HOUR,
};

long patience_after(int attempts)
{
	long wait = A_MINUTE;

	while (--attempts > 0 && wait < AN_HOUR)
		wait *= 2;
	return wait < AN_HOUR ? wait : AN_HOUR;
}

bool patience_is_over(int attempts)
{
	long waited = 0;

	for (int i = 1; i < attempts && waited < FIVE_DAYS; i++)
		waited += patience_after(i);
	return waited >= FIVE_DAYS;
}
