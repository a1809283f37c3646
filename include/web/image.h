/*
 * image - small pictures beside types, statuses and priorities: those of the
 * image folder (assets/images), and uploaded ones, which are rows.
 */
#ifndef WEB_IMAGE_H
#define WEB_IMAGE_H

#include "web/req.h"

enum { IMAGE_BYTES = 65536, IMAGES_MOST = 100 };

/* The page GET /image/:sha256. What it shows never changes. */
page_fn web_image;

/* Images.N to choose from: file, url, name, selected. */
void image_list(struct req *req, const char *selected);
/* Is it a picture of the image folder? */
bool image_is_there(struct req *req, const char *file);

/* The picture that was uploaded as this field: its name, NULL when there is
 * none or it is complained about. PNG and WebP, by what is in it. */
struct err *image_take(struct req *req, const char *field,
		       const char **name) MUST_CHECK;

#endif
