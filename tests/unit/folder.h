/* folder - what a test leaves behind goes again. */
#ifndef TEST_FOLDER_H
#define TEST_FOLDER_H

#include <ftw.h>
#include <stdio.h>

static inline int folder_remove_one(const char *path, const struct stat *st,
				    int kind, struct FTW *at)
{
	(void) st, (void) kind, (void) at;
	return remove(path);
}

/* A folder with all that is in it; 0: it is gone. */
static inline int folder_remove(const char *path)
{
	return nftw(path, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

#endif
