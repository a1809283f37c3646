#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "http_parts.h"

enum { BACKLOG = 1024 };

/* A socket that a dead server left behind; never one that answers. */
static struct err *clear_stale(struct arena *a, int fd,
			       const struct sockaddr_un *at)
{
	struct stat st;

	if (lstat(at->sun_path, &st))
		return NULL;
	if (!S_ISSOCK(st.st_mode))
		return FAIL(a, ERR_CONFLICT, "%s is no socket", at->sun_path);
	if (!connect(fd, (const struct sockaddr *) at, sizeof(*at)))
		return FAIL(a, ERR_CONFLICT, "%s is served already",
			    at->sun_path);
	if (errno != ECONNREFUSED || unlink(at->sun_path))
		return FAIL(a, ERR_CONFLICT, "%s is in the way: %s",
			    at->sun_path, strerror(errno));
	return NULL;
}

static int bind_0660(int fd, const struct sockaddr_un *at)
{
	mode_t before = umask(0117);
	int failed = bind(fd, (const struct sockaddr *) at, sizeof(*at));

	umask(before);
	return failed;
}

static int socket_here(void)
{
	return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

struct err *http_listen(struct arena *a, const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int *fds = arena_alloc(a, 2 * sizeof(int));

	if (!*path || strlen(path) >= sizeof(at.sun_path))
		return FAIL(a, ERR_BAD_REQUEST, "a socket's path has 1 to %zu "
			    "bytes: %s", sizeof(at.sun_path) - 1, path);
	memcpy(at.sun_path, path, strlen(path));
	http_fill_standard();
	fds[0] = socket_here();
	arena_defer(a, file_close, &fds[0]);
	fds[1] = socket_here();
	arena_defer(a, file_close, &fds[1]);
	TRY(clear_stale(a, fds[0], &at));
	if (bind_0660(fds[1], &at) || listen(fds[1], BACKLOG) ||
	    dup2(fds[1], STDIN_FILENO) < 0)
		return FAIL(a, ERR_UPSTREAM, "cannot listen on %s: %s", path,
			    strerror(errno));
	return NULL;
}
