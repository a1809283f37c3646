#include <string.h>

#include "base/arena.h"
#include "desk/loop.h"
#include "port/secret.h"

enum { DIGITS = 16 };

const char *loop_id(struct arena *a, const char *base_url)
{
	struct bytes hash = secret_sha256(a, base_url, strlen(base_url));

	return arena_copy(a, secret_hex(a, hash), DIGITS);
}
