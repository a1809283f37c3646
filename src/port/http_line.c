#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "http_parts.h"
#include "http_record.h"

enum { DRAIN_MOST = 256 << 20 };	/* of a body nobody wants */

const char *line_param(const struct line *l, const char *name)
{
	const char *value = l->fcgi ? FCGX_GetParam(name, l->fcgi->envp)
				    : getenv(name);

	return value ? value : "";
}

size_t line_take(struct line *l, char *at, size_t n)
{
	ssize_t got;

	if (l->fcgi)
		return (size_t) FCGX_GetStr(at, (int) n, l->fcgi->in);
	if (n > (uint64_t) l->left)
		n = (size_t) l->left;
	got = n ? file_read(STDIN_FILENO, at, n) : 0;
	if (got <= 0)
		return 0;
	l->left -= got;
	return (size_t) got;
}

bool line_give(struct line *l, const char *at, size_t n, bool last)
{
	if (!l->fcgi)
		return file_write(STDOUT_FILENO, at, n);
	return record_give(l->fcgi->ipcFd, l->fcgi->requestId, at, n, last);
}

void line_drain(struct line *l)
{
	static char piece[HTTP_PIECE];
	int64_t sent = strtoll(line_param(l, "CONTENT_LENGTH"), NULL, 10);
	size_t most = sent > DRAIN_MOST ? 0 : DRAIN_MOST, n;

	while (most && (n = line_take(l, piece, sizeof(piece))))
		most -= n < most ? n : most;
}
