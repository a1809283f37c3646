#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#include <gd.h>

#include "locked/serve.h"
#include "picture.h"

enum {
	LARGEST_SIDE = 8192,
	LARGEST_AREA = 40 * 1000 * 1000,
	THUMB_SIDE = 480,
	THUMB_QUALITY = 80
};

enum format { NONE, PNG, GIF, JPEG, WEBP };

struct picture {
	enum format format;
	int width, height;		/* as stored */
	int orientation;		/* 1 to 8, as in EXIF */
};

/* What the header of a picture says, read by ourselves: it decides whether a
 * decoder gets to see the rest. */

static int big16(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

static int little16(const uint8_t *p)
{
	return p[1] << 8 | p[0];
}

static int little24(const uint8_t *p)
{
	return p[2] << 16 | little16(p);
}

static uint32_t big32(const uint8_t *p)
{
	return (uint32_t) big16(p) << 16 | (uint32_t) big16(p + 2);
}

bool begins(struct file f, const char *with, size_t n)
{
	return f.n >= n && !memcmp(f.at, with, n);
}

static bool read_png(struct file f, struct picture *p)
{
	uint32_t width, height;

	if (f.n < 24 || memcmp(f.at + 12, "IHDR", 4) != 0)
		return false;
	width = big32(f.at + 16);
	height = big32(f.at + 20);
	if (width > LARGEST_SIDE || height > LARGEST_SIDE)
		return false;
	p->width = (int) width;
	p->height = (int) height;
	return true;
}

/* The screen, which GD does not let a frame reach beyond. */
static bool read_gif(struct file f, struct picture *p)
{
	if (f.n < 10)
		return false;
	p->width = little16(f.at + 6);
	p->height = little16(f.at + 8);
	return true;
}

static bool read_webp(struct file f, struct picture *p)
{
	if (f.n < 30)
		return false;
	if (!memcmp(f.at + 12, "VP8X", 4)) {
		p->width = little24(f.at + 24) + 1;
		p->height = little24(f.at + 27) + 1;
	} else if (!memcmp(f.at + 12, "VP8L", 4)) {
		uint32_t bits = (uint32_t) little16(f.at + 23) << 16
			| (uint32_t) little16(f.at + 21);

		p->width = (int) (bits & 0x3fff) + 1;
		p->height = (int) (bits >> 14 & 0x3fff) + 1;
	} else if (!memcmp(f.at + 12, "VP8 ", 4)) {
		p->width = little16(f.at + 26) & 0x3fff;
		p->height = little16(f.at + 28) & 0x3fff;
	} else {
		return false;
	}
	return true;
}

/* The orientation from a JPEG's Exif block: a TIFF header, a first folder of
 * twelve-byte entries, one of which has the number 0x0112. */
static int read_orientation(const uint8_t *at, size_t n)
{
	int (*number)(const uint8_t *);
	size_t entry, entries;

	if (n < 14 || memcmp(at, "Exif\0\0", 6) != 0)
		return 1;
	at += 6;
	n -= 6;
	number = at[0] == 'I' ? little16 : big16;
	entry = (size_t) number(at + (at[0] == 'I' ? 4 : 6));
	if (entry + 2 > n)
		return 1;
	entries = (size_t) number(at + entry);
	for (entry += 2; entries && entry + 12 <= n; entries--, entry += 12)
		if (number(at + entry) == 0x0112) {
			int turn = number(at + entry + 8);

			return turn >= 1 && turn <= 8 ? turn : 1;
		}
	return 1;
}

/* From marker to marker up to the frame header, which has the size. */
static bool read_jpeg(struct file f, struct picture *p)
{
	size_t i = 2;

	while (i + 4 <= f.n) {
		int marker = f.at[i + 1], length;

		if (f.at[i] != 0xff || marker == 0xff || !marker) {
			i++;		/* filling, or rubbish in between */
			continue;
		}
		if (marker == 0xd9 || marker == 0xda)
			return false;	/* the end, or the scan: no header */
		if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
			i += 2;		/* stands alone */
			continue;
		}
		length = big16(f.at + i + 2);
		if (length < 2 || (size_t) length > f.n - i - 2)
			return false;
		if (marker == 0xe1 && p->orientation == 1)
			p->orientation = read_orientation(f.at + i + 4,
							  (size_t) length - 2);
		if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4
		    && marker != 0xc8 && marker != 0xcc) {
			if (length < 7)
				return false;
			p->height = big16(f.at + i + 5);
			p->width = big16(f.at + i + 7);
			return true;
		}
		i += 2 + (size_t) length;
	}
	return false;
}

/* A picture that may be decoded; one that is too large is none. */
static struct picture read_header(struct file f, const char *type)
{
	struct picture p = { .format = NONE, .orientation = 1 };
	bool read = false;

	if (!strcmp(type, "image/png") && begins(f, "\x89PNG\r\n\x1a\n", 8)) {
		p.format = PNG;
		read = read_png(f, &p);
	} else if (!strcmp(type, "image/gif") && begins(f, "GIF8", 4)) {
		p.format = GIF;
		read = read_gif(f, &p);
	} else if (!strcmp(type, "image/jpeg") && begins(f, "\xff\xd8\xff", 3)) {
		p.format = JPEG;
		read = read_jpeg(f, &p);
	} else if (!strcmp(type, "image/webp") && begins(f, "RIFF", 4)) {
		p.format = WEBP;
		read = read_webp(f, &p);
	}
	if (!read || p.width < 1 || p.height < 1
	    || p.width > LARGEST_SIDE || p.height > LARGEST_SIDE
	    || p.width > LARGEST_AREA / p.height)
		p.format = NONE;
	return p;
}

/* The thumbnail. */

static gdImagePtr decode(struct file f, enum format format)
{
	void *at = (void *) f.at;	/* GD does not write; it is not told so */
	int n = (int) f.n;

	switch (format) {
	case PNG:
		return gdImageCreateFromPngPtr(n, at);
	case GIF:
		return gdImageCreateFromGifPtr(n, at);
	case JPEG:
		return gdImageCreateFromJpegPtr(n, at);
	case WEBP:
		return gdImageCreateFromWebpPtr(n, at);
	case NONE:
		break;
	}
	return NULL;
}

static gdImagePtr empty(int width, int height)
{
	gdImagePtr im = gdImageCreateTrueColor(width, height);

	if (im) {
		gdImageAlphaBlending(im, 0);
		gdImageSaveAlpha(im, 1);
	}
	return im;
}

static gdImagePtr shrunk(gdImagePtr from)
{
	int w = gdImageSX(from), h = gdImageSY(from);
	int longer = w > h ? w : h;
	gdImagePtr to;

	if (longer > THUMB_SIDE) {
		w = w * THUMB_SIDE / longer;
		h = h * THUMB_SIDE / longer;
	}
	w = w ? w : 1;
	h = h ? h : 1;
	to = empty(w, h);
	if (to)
		gdImageCopyResampled(to, from, 0, 0, 0, 0, w, h,
				     gdImageSX(from), gdImageSY(from));
	return to;
}

/* As the camera was held. From 5 on rows and columns change places. */
static gdImagePtr turned(gdImagePtr from, int orientation)
{
	bool swap = orientation >= 5;
	bool mirror_x = orientation == 2 || orientation == 3
		|| orientation == 7 || orientation == 8;
	bool mirror_y = orientation == 3 || orientation == 4
		|| orientation == 6 || orientation == 7;
	int w = gdImageSX(from), h = gdImageSY(from);
	gdImagePtr to = swap ? empty(h, w) : empty(w, h);

	for (int y = 0; to && y < gdImageSY(to); y++)
		for (int x = 0; x < gdImageSX(to); x++) {
			int sx = swap ? y : x, sy = swap ? x : y;

			sx = mirror_x ? w - 1 - sx : sx;
			sy = mirror_y ? h - 1 - sy : sy;
			gdImageSetPixel(to, x, y, gdImageGetPixel(from, sx, sy));
		}
	return to;
}

static bool has_transparency(gdImagePtr im)
{
	for (int y = 0; y < gdImageSY(im); y++)
		for (int x = 0; x < gdImageSX(im); x++)
			if (gdTrueColorGetAlpha(gdImageGetPixel(im, x, y)))
				return true;
	return false;
}

/* GD signs its JPEGs with a comment; a thumbnail says nothing about anybody,
 * so what stands between the comment's marker and the next one is left out. */
static bool write_jpeg(gdImagePtr im)
{
	int n;
	uint8_t *at = gdImageJpegPtr(im, &n, THUMB_QUALITY);
	size_t i = 2, length;

	if (!at || n < 4)
		return false;
	if (!write_all(PRODUCT_FD, at, 2))
		return false;
	while (i + 4 <= (size_t) n && at[i + 1] != 0xda) {
		length = 2 + (size_t) big16(at + i + 2);
		if (length > (size_t) n - i)
			return false;
		if (at[i + 1] != 0xfe && !write_all(PRODUCT_FD, at + i, length))
			return false;
		i += length;
	}
	return write_all(PRODUCT_FD, at + i, (size_t) n - i);
}

static bool write_png(gdImagePtr im)
{
	int n;
	const uint8_t *at = gdImagePngPtr(im, &n);

	return at && n > 0 && write_all(PRODUCT_FD, at, (size_t) n);
}

/* The thumbnail's type, or NULL when there is none. */
static const char *make_thumbnail(struct file f, const struct picture *p)
{
	gdImagePtr full = decode(f, p->format), small, right;

	if (!full)
		return NULL;
	small = shrunk(full);
	gdImageDestroy(full);
	right = small ? turned(small, p->orientation) : NULL;
	if (!right)
		return NULL;
	if (has_transparency(right))
		return write_png(right) ? "image/png" : NULL;
	return write_jpeg(right) ? "image/jpeg" : NULL;
}

const char *picture_show(struct file f, const char *type, int *width, int *height)
{
	struct picture p = read_header(f, type);
	const char *thumb = p.format == NONE ? NULL : make_thumbnail(f, &p);
	bool swap = p.orientation >= 5;

	if (!thumb)
		return NULL;
	*width = swap ? p.height : p.width;
	*height = swap ? p.width : p.height;
	return thumb;
}

static void keep_quiet(int priority, const char *format, va_list ap)
{
	(void) priority, (void) format, (void) ap;
}

void picture_ready(void)
{
	gdSetErrorMethod(keep_quiet);
}
