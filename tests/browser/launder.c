/* launder - strangers' HTML on standard input, a piece between NULs; cleaned on
 * standard output, the same way. For tests that are not written in C. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "port/html_clean.h"

int main(void)
{
	struct arena *a = arena_new("launder");
	struct str all;
	char part[65536];
	size_t n;

	str_init(&all, a, 64 << 20);
	while ((n = fread(part, 1, sizeof(part), stdin)) > 0)
		str_addn(&all, part, n);
	for (const char *p = all.text; p < all.text + all.len; p += strlen(p) + 1) {
		struct html_clean clean;

		if (html_clean(a, (struct bytes) { p, strlen(p) }, &clean))
			return 1;
		fwrite(clean.html, 1, strlen(clean.html) + 1, stdout);
	}
	arena_free(a);
	return 0;
}
