/*
 * picture - the size of a picture and its thumbnail; for a locked child alone.
 *
 * The pictures are read with GD and not with libvips, which streams and would
 * need less memory: libvips brings 147 packages to a server, GD a tenth of
 * that, and fewer decoders are fewer holes. What is too large for the memory
 * limit has no thumbnail, that is all.
 */
#ifndef INSPECTOR_PICTURE_H
#define INSPECTOR_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct file {
	const uint8_t *at;
	size_t n;
};

bool begins(struct file f, const char *with, size_t n);

/* Once, before any picture. */
void picture_ready(void);

/* Writes the thumbnail to PRODUCT_FD and returns its type; the size is the
 * picture's, held upright. NULL when it is no picture that can be shown. */
const char *picture_show(struct file f, const char *type, int *width, int *height);

#endif
