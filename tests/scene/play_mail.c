#include "play.h"

/* letter TEXT: it came in, and nobody has looked at it yet */
void act_letter(struct play *p, char *rest)
{
	must(p, stage_letter(&p->stage, expand(p, rest)));
}

/* the letters are sorted */
void act_sort(struct play *p, char *rest)
{
	(void) rest;
	must(p, stage_sort(&p->stage));
}
