/*
 * filename - the name of a stranger's file as one may show it.
 *
 * One line of valid UTF-8 without a path, without marks that nobody sees
 * (zero width, right to left), at most 255 bytes with its extension kept,
 * never empty. It is cleaned first and looked at last, since characters that
 * hide may hide a slash or a dot. No file of ours is ever called so.
 */
#ifndef BASE_FILENAME_H
#define BASE_FILENAME_H

struct arena;

/* "file" when nothing is left. */
const char *filename_clean(struct arena *a, const char *sent);

#endif
