#include <sys/mman.h>
#include <unistd.h>

#include <gd.h>

#include "base/arena.h"
#include "port/inspect.h"
#include "test.h"

/* `make check` runs in the folder where the program was built. */
#define INSPECTOR	"./inspector"

static struct inspection inspected(struct arena *a, const void *at, size_t n)
{
	int fd = memfd_create("test", 0);
	struct inspection i;

	CHECK(fd >= 0 && write(fd, at, n) == (ssize_t) n);
	CHECK_OK(inspect(a, INSPECTOR, fd, &i));
	CHECK(lseek(fd, 0, SEEK_CUR) == (off_t) n);
	close(fd);
	return i;
}

#define INSPECTED(a, text)	inspected((a), (text), sizeof(text) - 1)

/* Pictures: red on the left, blue on the right, green at the top. */

static gdImagePtr picture(int w, int h)
{
	gdImagePtr im = gdImageCreateTrueColor(w, h);

	gdImageFilledRectangle(im, 0, 0, w / 2, h, 0xff0000);
	gdImageFilledRectangle(im, w / 2, 0, w, h, 0x0000ff);
	gdImageFilledRectangle(im, 0, 0, w, h / 4, 0x00ff00);
	return im;
}

struct made {
	unsigned char *at;
	size_t n;
};

static struct made made(struct arena *a, gdImagePtr im,
			void *(*write_it)(gdImagePtr, int *))
{
	struct made m;
	int n;
	void *gds = write_it(im, &n);

	CHECK(gds && n > 0);
	m.at = memcpy(arena_alloc(a, (size_t) n), gds, (size_t) n);
	m.n = (size_t) n;
	gdFree(gds);
	gdImageDestroy(im);
	return m;
}

static void *as_jpeg(gdImagePtr im, int *n)
{
	return gdImageJpegPtr(im, n, 90);
}

static gdImagePtr thumbnail(struct arena *a, const struct inspection *i)
{
	unsigned char *at = arena_alloc(a, 1 << 20);
	ssize_t n = read(i->thumb_fd, at, 1 << 20);

	CHECK(n > 0);
	return !strcmp(i->thumb_type, "image/png")
		? gdImageCreateFromPngPtr((int) n, at)
		: gdImageCreateFromJpegPtr((int) n, at);
}

static void check_thumbnail(struct arena *a, const struct inspection *i,
			    const char *type, int w, int h)
{
	gdImagePtr im;

	CHECK(i->thumb_type);
	CHECK_TEXT(i->thumb_type, type);
	im = thumbnail(a, i);
	CHECK(im);
	CHECK_INT(gdImageSX(im), w);
	CHECK_INT(gdImageSY(im), h);
	gdImageDestroy(im);
}

static void check_no_picture(const struct inspection *i, const char *type)
{
	CHECK_TEXT(i->type, type);
	CHECK_INT(i->width, 0);
	CHECK_INT(i->height, 0);
	CHECK_INT(i->thumb_fd, -1);
	CHECK(!i->thumb_type);
}

TEST(each_kind_of_picture_gets_a_thumbnail)
{
	static const struct {
		void *(*write_it)(gdImagePtr, int *);
		const char *type;
	} cases[] = {
		{ gdImagePngPtr, "image/png" }, { as_jpeg, "image/jpeg" },
		{ gdImageGifPtr, "image/gif" }, { gdImageWebpPtr, "image/webp" },
	};
	struct arena *a = arena_new("test");

	for (size_t c = 0; c < sizeof(cases) / sizeof(*cases); c++) {
		struct made m = made(a, picture(960, 640), cases[c].write_it);
		struct inspection i = inspected(a, m.at, m.n);

		CHECK_TEXT(i.type, cases[c].type);
		CHECK_INT(i.width, 960);
		CHECK_INT(i.height, 640);
		check_thumbnail(a, &i, "image/jpeg", 480, 320);
	}
	arena_free(a);
}

TEST(a_small_picture_is_not_blown_up_and_a_thin_one_does_not_vanish)
{
	struct arena *a = arena_new("test");
	struct made m = made(a, picture(32, 20), gdImagePngPtr);
	struct inspection i = inspected(a, m.at, m.n);

	check_thumbnail(a, &i, "image/jpeg", 32, 20);
	m = made(a, picture(8192, 2), gdImagePngPtr);
	i = inspected(a, m.at, m.n);
	CHECK_INT(i.width, 8192);
	check_thumbnail(a, &i, "image/jpeg", 480, 1);
	arena_free(a);
}

TEST(what_is_transparent_stays_so)
{
	struct arena *a = arena_new("test");
	gdImagePtr im = gdImageCreateTrueColor(600, 600);
	struct inspection i;
	struct made m;

	gdImageAlphaBlending(im, 0);
	gdImageSaveAlpha(im, 1);
	gdImageFilledRectangle(im, 0, 0, 599, 599, 0x7f000000);
	gdImageFilledRectangle(im, 0, 0, 299, 299, 0xff0000);
	m = made(a, im, gdImagePngPtr);
	i = inspected(a, m.at, m.n);
	CHECK_TEXT(i.thumb_type, "image/png");
	im = thumbnail(a, &i);
	CHECK_INT(gdTrueColorGetAlpha(gdImageGetPixel(im, 400, 400)), 127);
	CHECK_INT(gdImageGetPixel(im, 100, 100), 0xff0000);
	gdImageDestroy(im);
	arena_free(a);
}

static gdImagePtr quarters(int w, int h)
{
	gdImagePtr im = gdImageCreateTrueColor(w, h);

	gdImageFilledRectangle(im, 0, 0, w, h, 0xffffff);
	gdImageFilledRectangle(im, 0, 0, w / 2, h / 2, 0xff0000);
	gdImageFilledRectangle(im, w / 2, 0, w, h / 2, 0x00ff00);
	gdImageFilledRectangle(im, 0, h / 2, w / 2, h, 0x0000ff);
	return im;
}

/* A JPEG with the Exif block of a camera, which knows how it was held and
 * where; in Intel's or Motorola's order of bytes. */
static struct made held(struct arena *a, int orientation, bool intel)
{
	const char little[] = { 'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0,
		2, 0, 0x0f, 1, 2, 0, 4, 0, 0, 0, 'S', 'P', 'Y', 0,
		0x12, 1, 3, 0, 1, 0, 0, 0, (char) orientation, 0, 0, 0, 0, 0, 0, 0 };
	const char big[] = { 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
		0, 2, 1, 0x0f, 0, 2, 0, 0, 0, 4, 'S', 'P', 'Y', 0,
		1, 0x12, 0, 3, 0, 0, 0, 1, 0, (char) orientation, 0, 0, 0, 0, 0, 0 };
	struct made plain = made(a, quarters(80, 40), as_jpeg), m;

	m.n = plain.n + 4 + sizeof(big);
	m.at = arena_alloc(a, m.n);
	memcpy(m.at, plain.at, 2);
	memcpy(m.at + 2, ((const unsigned char []) { 0xff, 0xe1, 0, 2 + sizeof(big) }), 4);
	memcpy(m.at + 6, intel ? little : big, sizeof(big));
	memcpy(m.at + 6 + sizeof(big), plain.at + 2, plain.n - 2);
	return m;
}

static char colour(gdImagePtr im, int x, int y)
{
	int c = gdImageGetPixel(im, x, y);
	int red = gdTrueColorGetRed(c), green = gdTrueColorGetGreen(c);

	return red > 128 && green > 128 ? 'w' : red > 128 ? 'r'
		: green > 128 ? 'g' : 'b';
}

TEST(a_picture_is_shown_as_the_camera_was_held)
{
	/* Quarters of the thumbnail: above left and right, below left and
	 * right. Stored are red and green above blue and white. */
	static const char *const quarters_seen[] = {
		[0] = "rgbw", [1] = "rgbw", [2] = "grwb", [3] = "wbgr", [4] = "bwrg",
		[5] = "rbgw", [6] = "brwg", [7] = "wgbr", [8] = "gwrb", [9] = "rgbw",
	};
	struct arena *a = arena_new("test");

	for (int o = 0; o <= 9; o++) {
		bool swapped = o >= 5 && o <= 8;
		int w = swapped ? 40 : 80, h = swapped ? 80 : 40;
		struct made m = held(a, o, o % 2);
		struct inspection i = inspected(a, m.at, m.n);
		gdImagePtr im = thumbnail(a, &i);
		char seen[5] = {
			colour(im, w / 4, h / 4), colour(im, w * 3 / 4, h / 4),
			colour(im, w / 4, h * 3 / 4), colour(im, w * 3 / 4, h * 3 / 4),
		};

		CHECK_INT(i.width, w);
		CHECK_INT(i.height, h);
		CHECK_INT(gdImageSX(im), w);
		CHECK_TEXT(seen, quarters_seen[o]);
		gdImageDestroy(im);
	}
	arena_free(a);
}

TEST(a_thumbnail_says_nothing_but_the_picture)
{
	struct arena *a = arena_new("test");
	struct made m = held(a, 6, true);
	struct inspection i = inspected(a, m.at, m.n);
	char bytes[20000];
	ssize_t n = read(i.thumb_fd, bytes, sizeof(bytes));

	CHECK(n > 0);
	CHECK(memmem(m.at, m.n, "SPY", 3) && memmem(m.at, m.n, "CREATOR", 7));
	CHECK(!memmem(bytes, (size_t) n, "SPY", 3));
	CHECK(!memmem(bytes, (size_t) n, "Exif", 4));
	CHECK(!memmem(bytes, (size_t) n, "CREATOR", 7));
	CHECK(!memmem(bytes, (size_t) n, "gd-jpeg", 7));
	arena_free(a);
}

TEST(other_files_are_named_by_what_is_in_them)
{
#define CASE(text, type) { text, sizeof(text) - 1, type }
	static const struct { const char *text; size_t n; const char *type; } cases[] = {
		CASE("", "application/x-empty"),
		CASE("Hello, where is my order?\n", "text/plain"),
		CASE("Grüße aus Köln\n", "text/plain"),
		CASE("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "application/pdf"),
		CASE("PK\3\4\24\0\0\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0a"
		     "PK\5\6\0\0\0\0\1\0\1\0/\0\0\0\x1f\0\0\0\0\0", "application/zip"),
		CASE("<!DOCTYPE html><html><script>alert(1)</script>", "text/html"),
		CASE("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\">"
		     "<script>alert(1)</script></svg>", "image/svg+xml"),
		CASE("#!/bin/sh\nrm -rf /\n", "text/x-shellscript"),
		CASE("<?php system($_GET['x']); ?>\n", "text/x-php"),
		CASE("From: a@b.example\nTo: c@d.example\nSubject: x\n"
		     "Date: Thu, 05 Mar 2026 09:05:00 +0000\n\nhello\n",
		     "message/rfc822"),
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct inspection got = inspected(a, cases[i].text, cases[i].n);

		check_no_picture(&got, cases[i].type);
	}
	arena_free(a);
}

TEST(a_script_behind_a_picture_does_not_reach_the_thumbnail)
{
	static const char tail[] = "<script>alert(document.domain)</script><?php ?>";
	struct arena *a = arena_new("test");
	struct made m = made(a, picture(40, 30), gdImageGifPtr);
	char *both = arena_alloc(a, m.n + sizeof(tail)), bytes[20000];
	struct inspection i;
	ssize_t n;

	memcpy(both, m.at, m.n);
	memcpy(both + m.n, tail, sizeof(tail));
	i = inspected(a, both, m.n + sizeof(tail));
	CHECK_TEXT(i.type, "image/gif");
	n = read(i.thumb_fd, bytes, sizeof(bytes));
	CHECK(n > 0 && !memmem(bytes, (size_t) n, "script", 6));
	CHECK(!memmem(bytes, (size_t) n, "php", 3));
	/* The classical one: a comment for JavaScript that is a GIF's header. */
	i = INSPECTED(a, "GIF89a/*\1\1\1\1\1*/=1;alert(1)");
	CHECK_INT(i.thumb_fd, -1);
	arena_free(a);
}

static void put32(unsigned char *at, unsigned n)
{
	for (int i = 0; i < 4; i++)
		at[i] = (unsigned char) (n >> (24 - 8 * i));
}

TEST(a_picture_too_large_is_not_decoded)
{
	static const struct { unsigned w, h; } cases[] = {
		{ 30000, 30000 }, { 8193, 1 }, { 1, 8193 }, { 8192, 8192 },
		{ 0, 10 }, { 10, 0 }, { 0xffffffff, 0xffffffff },
		{ 0x80000000, 1 }, { 0x10000, 0x10000 },
	};
	struct arena *a = arena_new("test");

	for (size_t c = 0; c < sizeof(cases) / sizeof(*cases); c++) {
		struct made m = made(a, picture(10, 10), gdImagePngPtr);
		struct inspection i;

		put32(m.at + 16, cases[c].w);
		put32(m.at + 20, cases[c].h);
		i = inspected(a, m.at, m.n);
		check_no_picture(&i, i.type);
	}
	/* The same in a GIF's screen and a JPEG's frame. */
	for (int k = 0; k < 2; k++) {
		struct made m = made(a, picture(10, 10), k ? as_jpeg : gdImageGifPtr);
		unsigned char *frame = k ? memmem(m.at, m.n, "\xff\xc0", 2) : m.at + 1;
		struct inspection i;

		CHECK(frame);
		memset(frame + 5, 0xff, 4);
		i = inspected(a, m.at, m.n);
		check_no_picture(&i, k ? "image/jpeg" : "image/gif");
	}
	arena_free(a);
}

TEST(twelve_megapixels_of_a_telephone_have_a_thumbnail)
{
	struct arena *a = arena_new("test");
	struct made m = made(a, picture(4032, 3024), as_jpeg);
	struct inspection i = inspected(a, m.at, m.n);

	CHECK_INT(i.width, 4032);
	check_thumbnail(a, &i, "image/jpeg", 480, 360);
	arena_free(a);
}

TEST(whatever_comes_in_something_sensible_comes_out)
{
	struct arena *a = arena_new("test");
	struct made kinds[4] = {
		made(a, picture(60, 40), gdImagePngPtr),
		made(a, picture(60, 40), gdImageGifPtr),
		made(a, picture(60, 40), gdImageWebpPtr),
		held(a, 6, true),
	};

	srandom(20260305);
	for (int round = 0; round < 200; round++) {
		struct arena *request = arena_new("request");
		struct made m = kinds[round % 4];
		unsigned char *at = memcpy(arena_alloc(request, m.n), m.at, m.n);
		struct inspection i;

		if (round % 5 == 0) {			/* all random */
			for (size_t k = 0; k < m.n; k++)
				at[k] = (unsigned char) random();
		} else if (round % 5 == 1) {		/* truncated */
			m.n = (size_t) random() % m.n;
		} else {				/* a few wrong bytes */
			for (int k = 0; k < 8; k++)
				at[(size_t) random() % m.n] ^= (unsigned char) random();
		}
		i = inspected(request, at, m.n);
		CHECK(strchr(i.type, '/'));
		CHECK(i.width >= 0 && i.width <= 8192 && i.height >= 0 && i.height <= 8192);
		CHECK((i.thumb_fd >= 0) == (i.thumb_type != NULL));
		if (i.thumb_type) {
			gdImagePtr im = thumbnail(request, &i);

			CHECK(im && gdImageSX(im) <= 480 && gdImageSY(im) <= 480);
			gdImageDestroy(im);
		}
		arena_free(request);
	}
	arena_free(a);
}

TEST(customers_may_send_what_only_says_something)
{
	static const struct { const char *type, *name; bool allowed; } cases[] = {
		{ "image/jpeg", "IMG_1234.JPG", true }, { "image/png", "x.png", true },
		{ "image/heic", "x.heic", true }, { "application/pdf", "a.b.pdf", true },
		{ "text/plain", "note.txt", true }, { "text/plain", "README", true },
		{ "text/x-algol68", "note.txt", true },
		{ "text/csv", "list.csv", true }, { "application/zip", "a.zip", true },
		{ "application/msword", "a.doc", true },
		{ "application/vnd.openxmlformats-officedocument.wordprocessingml"
		  ".document", "a.docx", true },
		{ "application/vnd.oasis.opendocument.text", "a.odt", true },
		{ "message/rfc822", "mail.eml", true },
		{ "text/plain", "shop.example.com.txt", true },
		{ "image/png", "", true }, { "image/png", "exe", true },
		{ "text/plain", "Brief an exe.txt", true },

		{ "image/svg+xml", "x.svg", false }, { "image/svg+xml", "x.png", false },
		{ "text/html", "x.png", false }, { "text/html", "x.html", false },
		{ "text/xml", "x.txt", false },
		{ "application/octet-stream", "x.png", false },
		{ "application/x-dosexec", "x.pdf", false },
		{ "application/x-sharedlib", "x", false },
		{ "application/x-executable", "x.txt", false },
		{ "application/java-archive", "x.zip", false },
		{ "application/vnd.android.package-archive", "x.zip", false },
		{ "application/x-msi", "x.doc", false },
		{ "text/x-shellscript", "x.txt", false },
		{ "text/x-php", "x.jpg", false }, { "text/javascript", "x.txt", false },
		{ "text/x-msdos-batch", "x.txt", false },
		{ "application/vnd.openxmlformats-officedocument.", "a.docx", false },
		{ "", "x.png", false }, { "image/", "x.png", false },

		{ "text/plain", "eicar.com", false }, { "image/png", "x.exe", false },
		{ "image/png", "x.pdf.EXE", false }, { "image/png", "x.Html", false },
		{ "image/png", "x.svg", false }, { "image/gif", "x.phtml", false },
		{ "image/gif", "x.phar", false }, { "text/plain", ".htaccess", false },
		{ "text/plain", "web.config", false }, { "application/zip", "x.jar", false },
		{ "application/zip", "x.apk", false }, { "text/plain", "x.ps1", false },
		{ "text/plain", "x.hta", false }, { "text/plain", "x.lnk", false },
		{ "application/zip", "report.xlsm", false },
		{ "image/png", "x.exe.", false }, { "image/png", "x.exe. . ", false },
		{ "image/png", "x.exe::$DATA", false },
		{ "image/png", "x.exe\xe2\x80\x8b", false },
		{ "image/png", "x.exe.\xe2\x80\x8b \xc2\xa0", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (inspect_allowed(cases[i].type, cases[i].name) != cases[i].allowed)
			fail_msg("%s as %s: not %s", cases[i].name, cases[i].type,
				 cases[i].allowed ? "allowed" : "refused");
}
