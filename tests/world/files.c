#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "files.h"
#include "port/blob.h"
#include "port/secret.h"

enum { PICTURES = 70, WIDTH = 64, HEIGHT = 48, THUMB = 16, PNG_MOST = 16384 };

/* --- a picture, written as simply as PNG allows ------------------------------- */

struct png {
	unsigned char bytes[PNG_MOST];
	size_t n;
};

static void put(struct png *p, const void *at, size_t n)
{
	memcpy(p->bytes + p->n, at, n);
	p->n += n;
}

static void put32(struct png *p, uint32_t v)
{
	const unsigned char b[] = { (unsigned char) (v >> 24),
		(unsigned char) (v >> 16), (unsigned char) (v >> 8),
		(unsigned char) v };

	put(p, b, sizeof(b));
}

static uint32_t crc(const unsigned char *at, size_t n)
{
	uint32_t c = 0xffffffffu;

	while (n--) {
		c ^= *at++;
		for (int bit = 0; bit < 8; bit++)
			c = c & 1 ? 0xedb88320u ^ (c >> 1) : c >> 1;
	}
	return ~c;
}

static uint32_t adler(const unsigned char *at, size_t n)
{
	uint32_t a = 1, b = 0;

	while (n--) {
		a = (a + *at++) % 65521;
		b = (b + a) % 65521;
	}
	return b << 16 | a;
}

static void chunk(struct png *p, const char *name, const void *at, size_t n)
{
	size_t begin = p->n + 4;

	put32(p, (uint32_t) n);
	put(p, name, 4);
	put(p, at, n);
	put32(p, crc(p->bytes + begin, p->n - begin));
}

/* Two colours that run into each other; grey-level rows would do, too. */
static size_t paint(unsigned char *to, int which, int width, int height)
{
	unsigned char *begin = to;

	for (int y = 0; y < height; y++) {
		*to++ = 0;		/* no filter */
		for (int x = 0; x < width; x++) {
			*to++ = (unsigned char) (60 + which * 2 + x * 80 / width);
			*to++ = (unsigned char) (40 + y * 120 / height);
			*to++ = (unsigned char) (which * 37 % 200);
		}
	}
	return (size_t) (to - begin);
}

static void draw(struct png *p, int which, int width, int height)
{
	static unsigned char raw[PNG_MOST / 2 + PNG_MOST / 4];
	static unsigned char packed[sizeof(raw) + 16];
	unsigned char head[13] = { 0, 0, 0, (unsigned char) width, 0, 0, 0,
				   (unsigned char) height, 8, 2, 0, 0, 0 };
	size_t n = paint(raw, which, width, height);
	uint32_t sum = adler(raw, n);
	/* One block that is not compressed. */
	unsigned char zip[] = { 0x78, 1, 1, (unsigned char) n,
		(unsigned char) (n >> 8), (unsigned char) ~n,
		(unsigned char) (~n >> 8) };
	unsigned char tail[] = { (unsigned char) (sum >> 24),
		(unsigned char) (sum >> 16), (unsigned char) (sum >> 8),
		(unsigned char) sum };

	memcpy(packed, zip, sizeof(zip));
	memcpy(packed + sizeof(zip), raw, n);
	memcpy(packed + sizeof(zip) + n, tail, sizeof(tail));
	p->n = 0;
	put(p, "\x89PNG\r\n\x1a\n", 8);
	chunk(p, "IHDR", head, sizeof(head));
	chunk(p, "IDAT", packed, sizeof(zip) + n + sizeof(tail));
	chunk(p, "IEND", "", 0);
}

/* --- keeping them ---------------------------------------------------------------- */

static struct err *keep(struct blob_store *s, struct arena *a, const void *at,
			size_t n, char hex[SHA_HEX + 1], int *size)
{
	struct bytes hash;
	struct blob_put *p;
	int64_t kept;

	TRY(blob_put_begin(s, a, &p));
	TRY(blob_put_add(p, at, n));
	TRY(blob_put_end(p, &hash, &kept));
	memcpy(hex, secret_hex(a, hash), SHA_HEX + 1);
	*size = (int) kept;
	return NULL;
}

static struct err *keep_picture(struct blob_store *s, struct arena *a, int i,
				struct file *f)
{
	static struct png png;

	*f = (struct file) { .type = "image/png", .ending = "png",
			     .width = WIDTH, .height = HEIGHT };
	draw(&png, i, WIDTH, HEIGHT);
	TRY(keep(s, a, png.bytes, png.n, f->sha256, &f->size));
	draw(&png, i, THUMB, THUMB * HEIGHT / WIDTH);
	TRY(keep(s, a, png.bytes, png.n, f->thumb, &f->thumb_size));
	return NULL;
}

static struct err *keep_text(struct blob_store *s, struct arena *a, int i,
			     struct file *f)
{
	const char *text = arena_printf(a, "Delivery note %d\n\nMokka & Mehl\n"
					"%d bags of coffee, %d kg of flour\n",
					20000 + i, 1 + i % 7, 5 * (i % 3));

	*f = (struct file) { .type = "text/plain", .ending = "txt" };
	TRY(keep(s, a, text, strlen(text), f->sha256, &f->size));
	return NULL;
}

struct err *files_store(struct world *w, const char *folder)
{
	struct blob_store *s;

	TRY(blob_open(w->arena, folder, &s));
	for (int i = 0; i < FILES; i++)
		TRY((i < PICTURES ? keep_picture : keep_text)
		    (s, w->arena, i, &w->files[i]));
	return NULL;
}

struct err *files_drop(struct world *w, const char *folder)
{
	struct blob_store *s;

	TRY(blob_open(w->arena, folder, &s));
	for (int i = 0; i < FILES; i++) {
		const struct file *f = &w->files[i];

		if (*f->sha256)
			TRY(blob_drop(s, w->arena, secret_from_hex(w->arena, f->sha256)));
		if (*f->thumb)
			TRY(blob_drop(s, w->arena, secret_from_hex(w->arena, f->thumb)));
	}
	return NULL;
}
