/* What becomes of the files of a form. */
#include <stdlib.h>

#include "base/arena.h"
#include "folder.h"
#include "port/blob.h"
#include "test.h"
#include "web/house.h"
#include "web/upload.h"

static struct err *count(void *what, struct bytes sha256)
{
	(void) sha256;
	++*(int *) what;
	return NULL;
}

/* One file of a form, kept by its page or not; how many blobs there are. */
static int blobs_after(bool kept)
{
	char folder[] = "/tmp/as-upload.XXXXXX";
	struct arena *store = arena_new("store"), *request = arena_new("request");
	const struct route route = { .takes_files = true };
	struct house house = { .program = "storefront" };
	struct req req = { .arena = request, .house = &house, .route = &route };
	struct multipart_sink sink = upload_sink(&req);
	int n = 0;
	void *file;

	CHECK(mkdtemp(folder));
	CHECK_OK(blob_open(store, folder, &house.blobs));
	CHECK_OK(sink.begin(sink.what, "lid.png", &file));
	CHECK_OK(sink.add(file, "abc", 3));
	CHECK_OK(sink.end(file, 3, false));
	if (kept)
		CHECK_OK(upload_keep(file));
	if (kept)
		CHECK_OK(upload_keep(file));	/* the page runs again */
	arena_reset(request);
	CHECK_OK(blob_walk(house.blobs, request, 0, count, &n));
	arena_free(request);
	arena_free(store);
	folder_remove(folder);
	return n;
}

TEST(a_file_that_no_page_keeps_is_gone_with_its_request)
{
	CHECK_INT(blobs_after(false), 0);
}

TEST(a_kept_file_stays_and_may_be_kept_twice)
{
	CHECK_INT(blobs_after(true), 1);
}
