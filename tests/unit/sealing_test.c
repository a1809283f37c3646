#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "port/secret.h"
#include "test.h"

TEST(a_sealed_password_opens_with_its_key_alone)
{
	struct arena *a = arena_new("test");
	char *folder = arena_dup(a, "/tmp/aftersale-key-XXXXXX");
	const char *path, *other;
	struct bytes key, again, another, sealed;
	char *bent;
	struct stat st;

	CHECK(mkdtemp(folder));
	path = arena_join(a, folder, "/key");
	other = arena_join(a, folder, "/other");
	CHECK_ERR(secret_key_file(a, path, false, &key), ERR_NOT_FOUND);
	CHECK_OK(secret_key_file(a, path, true, &key));
	CHECK_OK(secret_key_file(a, path, true, &again));
	CHECK_OK(secret_key_file(a, other, true, &another));
	CHECK(secret_equal(key.at, key.n, again.at, again.n));
	CHECK(!secret_equal(key.at, key.n, another.at, another.n));
	CHECK(!stat(path, &st) && (st.st_mode & 07777) == 0600);

	sealed = secret_seal(a, key, "hunter2 ☕");
	CHECK_TEXT(secret_unseal(a, key, sealed), "hunter2 ☕");
	CHECK(!secret_unseal(a, another, sealed));
	CHECK(!secret_unseal(a, key, (struct bytes) { sealed.at, 10 }));
	CHECK(!secret_unseal(a, key, (struct bytes) { NULL, 0 }));
	bent = arena_alloc(a, sealed.n);
	memcpy(bent, sealed.at, sealed.n);
	bent[sealed.n - 1] ^= 1;
	CHECK(!secret_unseal(a, key, (struct bytes) { bent, sealed.n }));
	CHECK(memcmp(secret_seal(a, key, "x").at, secret_seal(a, key, "x").at, 24));

	CHECK(!truncate(path, 5));
	CHECK_ERR(secret_key_file(a, path, true, &key), ERR_UPSTREAM);
	CHECK_ERR(secret_key_file(a, "/nowhere/at/all", true, &key), ERR_UPSTREAM);
	unlink(path);
	unlink(other);
	rmdir(folder);
	arena_free(a);
}
