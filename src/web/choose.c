#include <string.h>

#include "base/arena.h"
#include "base/locale.h"
#include "web/choose.h"
#include "web/house.h"

enum { YEAR = 365 * 86400 };

static bool is_language(const char *lang)
{
	for (const char *const *l = locale_languages; *l; l++)
		if (!strcmp(*l, lang))
			return true;
	return false;
}

static bool is_theme(const char *theme)
{
	return !strcmp(theme, "light") || !strcmp(theme, "dark") ||
	       !strcmp(theme, "auto");
}

static bool has_controls(const char *text)
{
	while (*text && (unsigned char) *text >= ' ' && *text != 0x7f)
		text++;
	return *text;
}

/* The path of an address; NULL when it lies on another host than base_url. */
static const char *below_origin(const struct req *req, const char *url)
{
	size_t n = strlen(req->house->origin);

	return strncmp(url, req->house->origin, n) ? NULL : url + n;
}

/* Back to an address of ours and no other. */
static const char *back(const struct req *req)
{
	const char *to = web_query(req, "back"), *base = req->desk.urls->storefront;
	const char *root = below_origin(req, base);
	size_t n = strlen(base);

	if (has_controls(to))
		return base;
	if (!strncmp(to, base, n) && (!to[n] || strchr("/?", to[n])))
		return to;
	if (*to == '/' && to[1] != '/' && to[1] != '\\' && root &&
	    !strncmp(to, root, strlen(root)))
		return arena_join(req->arena, req->house->origin, to);
	return base;
}

struct err *web_choose(struct req *req)
{
	const char *lang = web_query(req, "lang"), *theme = web_query(req, "theme");

	if (is_language(lang))
		TRY(web_set_cookie(req, "aftersale_lang", lang, YEAR));
	if (is_theme(theme))
		TRY(web_set_cookie(req, "aftersale_theme", theme, YEAR));
	return web_redirect(req, "%s", back(req));
}
