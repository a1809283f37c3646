#include <errno.h>
#include <sys/uio.h>

#include <fastcgi.h>

#include "http_record.h"

enum {
	MOST = 0xfff8,			/* bytes of a record, without padding */
	PARTS = 3,
};

static FCGI_Header header(int type, int id, size_t n)
{
	return (FCGI_Header) {
		.version = FCGI_VERSION_1, .type = (unsigned char) type,
		.requestIdB1 = (unsigned char) (id >> 8),
		.requestIdB0 = (unsigned char) id,
		.contentLengthB1 = (unsigned char) (n >> 8),
		.contentLengthB0 = (unsigned char) n,
	};
}

/* Moves on by what was written, which may end within a part. */
static void skip(struct iovec *part, size_t n)
{
	for (; n; part++) {
		size_t some = n < part->iov_len ? n : part->iov_len;

		part->iov_base = (char *) part->iov_base + some;
		part->iov_len -= some;
		n -= some;
	}
}

static bool write_parts(int to, struct iovec part[PARTS])
{
	while (part[0].iov_len || part[1].iov_len || part[2].iov_len) {
		ssize_t put = writev(to, part, PARTS);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		skip(part, (size_t) put);
	}
	return true;
}

bool record_give(int to, int id, const char *at, size_t n, bool last)
{
	struct {
		FCGI_Header no_more;	/* of the answer */
		FCGI_Header head;
		FCGI_EndRequestBody body;
	} end = {
		.no_more = header(FCGI_STDOUT, id, 0),
		.head = header(FCGI_END_REQUEST, id, sizeof(end.body)),
		.body = { .protocolStatus = FCGI_REQUEST_COMPLETE },
	};
	bool all;

	do {
		size_t some = n < MOST ? n : MOST;
		FCGI_Header head = header(FCGI_STDOUT, id, some);
		struct iovec parts[PARTS] = {
			/* An empty record would be the end. */
			{ &head, some ? sizeof(head) : 0 },
			{ (char *) at, some },
			{ &end, last && some == n ? sizeof(end) : 0 },
		};

		all = write_parts(to, parts);
		at += some;
		n -= some;
	} while (all && n);
	return all;
}
