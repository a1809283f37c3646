/*
 * search_parts - what the files of store/search share: search.c (words,
 * candidates, what is shown) and search_pass.c (which candidates meet all
 * terms).
 */
#ifndef STORE_SEARCH_PARTS_H
#define STORE_SEARCH_PARTS_H

struct db;

/* Behind everything that begins so, byte by byte. */
const char *search_end_of(struct db *db, const char *begin);

#endif
