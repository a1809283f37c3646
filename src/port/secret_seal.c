#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "base/arena.h"
#include "port/secret.h"

static struct err *failed(struct arena *a, const char *path)
{
	int why = errno;

	return FAIL(a, why == ENOENT ? ERR_NOT_FOUND :
		       why == ENOSPC || why == EDQUOT ? ERR_FULL : ERR_UPSTREAM,
		    "%s: %s", path, strerror(why));
}

static struct err *read_key(struct arena *a, const char *path, struct bytes *key)
{
	unsigned char *at = arena_alloc(a, SECRET_KEY + 1);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t got;

	if (fd < 0)
		return failed(a, path);
	got = read(fd, at, SECRET_KEY + 1);
	close(fd);
	if (got != SECRET_KEY)
		return FAIL(a, ERR_UPSTREAM, "%s: not a key of %d bytes", path,
			    SECRET_KEY);
	*key = (struct bytes) { at, SECRET_KEY };
	return NULL;
}

/* Under a name of its own first, then linked into place: nobody ever reads
 * half a key, and the one who comes second finds the first one's. */
static bool write_key(const char *part, const char *path, int *why)
{
	unsigned char key[SECRET_KEY];
	int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool done;

	*why = errno;
	if (fd < 0)
		return false;
	randombytes_buf(key, sizeof(key));
	done = write(fd, key, sizeof(key)) == sizeof(key) && fsync(fd) == 0;
	done = done && (link(part, path) == 0 || errno == EEXIST);
	*why = errno;
	sodium_memzero(key, sizeof(key));
	close(fd);
	unlink(part);
	return done;
}

struct err *secret_key_file(struct arena *a, const char *path, bool make,
			    struct bytes *key)
{
	struct err *e = read_key(a, path, key);
	int why;

	if (!e || e->kind != ERR_NOT_FOUND || !make)
		return e ? err_passed(e, __func__) : NULL;
	if (sodium_init() < 0)
		return FAIL(a, ERR_BUG, "libsodium does not start");
	if (!write_key(arena_join(a, path, ".", secret_token(a, 8)), path, &why)) {
		errno = why == ENOENT ? ENOTDIR : why;
		return failed(a, path);
	}
	TRY(read_key(a, path, key));
	return NULL;
}

struct bytes secret_seal(struct arena *a, struct bytes key, const char *text)
{
	size_t n = strlen(text);
	unsigned char *box = arena_alloc(a, crypto_secretbox_NONCEBYTES +
					    crypto_secretbox_MACBYTES + n);

	_Static_assert(SECRET_KEY == crypto_secretbox_KEYBYTES, "a key's length");
	if (sodium_init() < 0)
		abort();
	randombytes_buf(box, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES,
			      (const unsigned char *) text, n, box, key.at);
	return (struct bytes) { box, crypto_secretbox_NONCEBYTES +
				     crypto_secretbox_MACBYTES + n };
}

const char *secret_unseal(struct arena *a, struct bytes key, struct bytes sealed)
{
	const size_t more = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
	const unsigned char *box = sealed.at;
	char *text;

	if (!box || sealed.n < more || key.n != SECRET_KEY)
		return NULL;
	text = arena_alloc(a, sealed.n - more + 1);
	if (crypto_secretbox_open_easy((unsigned char *) text,
				       box + crypto_secretbox_NONCEBYTES,
				       sealed.n - crypto_secretbox_NONCEBYTES,
				       box, key.at))
		return NULL;
	return text;
}
