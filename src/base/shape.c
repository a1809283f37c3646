#include <string.h>

#include "base/arena.h"
#include "base/shape.h"

void *shape_copy(struct arena *a, const struct shape *shape,
		 const void *rows, size_t n)
{
	char *copy = arena_alloc(a, n * shape->size + 1);

	if (n)
		memcpy(copy, rows, n * shape->size);
	for (size_t i = 0; i < n; i++) {
		for (size_t f = 0; f < shape->n; f++) {
			void *slot = copy + i * shape->size + shape->fields[f].offset;

			if (shape->fields[f].kind == KIND_TEXT) {
				const char **text = slot;

				*text = arena_dup(a, *text);
			} else if (shape->fields[f].kind == KIND_BYTES) {
				struct bytes *b = slot;

				if (b->at)
					b->at = arena_copy(a, b->at, b->n);
			}
		}
	}
	return copy;
}
