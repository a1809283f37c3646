#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "fetch_talk.h"

enum {
	CONNECT_S = 10,
	ANSWER_S = 20,			/* for one line */
	COMMAND_S = 30,
	LETTER_S = 300,			/* as long as it keeps coming */
	SLOWEST = 1000,			/* bytes a second, over SLOW_S */
	SLOW_S = 25,
	LINES_MOST = 8 << 20		/* bytes of lines in one call */
};

const char *const fetch_why_codes[] = {
	[FETCH_WELL]        = "well",
	[FETCH_NO_NAME]     = "no_name",
	[FETCH_REFUSED]     = "refused",
	[FETCH_SLOW]        = "slow",
	[FETCH_NO_TLS]      = "no_tls",
	[FETCH_CERTIFICATE] = "certificate",
	[FETCH_IS_IMAP]     = "is_imap",
	[FETCH_IS_POP3]     = "is_pop3",
	[FETCH_IS_OTHER]    = "is_other",
	[FETCH_PASSWORD]    = "password",
	[FETCH_NO_FOLDER]   = "no_folder",
	[FETCH_SAID_NO]     = "said_no",
	[FETCH_CUT]         = "cut",
	[FETCH_MOVED]       = "moved",
	NULL
};

/* --- what curl tells ------------------------------------------------------ */

/* Up to its end, with what is not ASCII shown as "?". */
static void remember(char *to, size_t room, const char *line, size_t n)
{
	size_t i;

	for (i = 0; i < n && i < room - 1 && line[i] != '\r' && line[i] != '\n'; i++)
		to[i] = line[i] < ' ' || line[i] > '~' ? '?' : line[i];
	to[i] = '\0';
}

/* curl would wait on for a greeting that it knows. */
static bool greets_well(const struct fetch *f)
{
	if (f->conf.pop3)
		return !strncmp(f->greeting, "+OK", 3) ||
		       !strncmp(f->greeting, "-ERR", 4);
	return !strncmp(f->greeting, "* ", 2);
}

/* 0 ends the call: nobody needs so many lines. */
static size_t on_line(char *line, size_t size, size_t n, void *what)
{
	struct fetch *f = what;
	size_t length = size * n;

	if (!f->greeted)
		remember(f->greeting, sizeof(f->greeting), line, length);
	f->alien = !f->greeted && !greets_well(f);
	f->greeted = true;
	if (!f->over)
		remember(f->answer, sizeof(f->answer), line, length);
	f->told += (int64_t) length;
	while (length && (line[length - 1] == '\r' || line[length - 1] == '\n'))
		length--;
	if (f->line && !f->sink && !f->conf.pop3)
		f->line(f->what, line, length);
	return f->alien || f->told > LINES_MOST ? 0 : size * n;
}

/* What belongs to a letter. Without a letter it is lines once more, which
 * POP3 gives us here alone. */
static size_t on_bytes(char *at, size_t size, size_t n, void *what)
{
	struct fetch *f = what;

	if (f->sink && !f->own && !f->enough)
		f->own = f->sink(f->what, at, size * n, &f->enough);
	else if (f->line && f->conf.pop3)
		f->line(f->what, at, size * n);
	f->told += f->sink ? 0 : (int64_t) (size * n);
	return f->own || f->enough || f->told > LINES_MOST ? 0 : size * n;
}

static int overhear(CURL *curl, curl_infotype type, char *line, size_t n,
		    void *what)
{
	struct fetch *f = what;

	(void) curl;
	if (type != CURLINFO_HEADER_OUT)
		return 0;
	f->selected |= memmem(line, n, " SELECT ", 8) != NULL;
	f->over |= memmem(line, n, " LOGOUT", 7) || (n >= 4 && !memcmp(line, "QUIT", 4));
	return 0;
}

/* Called about once a second: somebody wants us to leave. */
static int look_up(void *what, curl_off_t a, curl_off_t b, curl_off_t c,
		   curl_off_t d)
{
	const struct fetch *f = what;

	(void) a, (void) b, (void) c, (void) d;
	return f->conf.stop && *f->conf.stop;
}

/* --- setting up ----------------------------------------------------------- */

static void set_up(struct fetch *f)
{
	const struct fetch_conf *c = &f->conf;
	CURL *curl = f->curl;

	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "imap,imaps,pop3,pop3s");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_USE_SSL, (long) (c->tls == FETCH_STARTTLS
				? CURLUSESSL_ALL : CURLUSESSL_NONE));
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	if (c->ca)
		curl_easy_setopt(curl, CURLOPT_CAINFO, c->ca);
	curl_easy_setopt(curl, CURLOPT_USERNAME, c->user);
	curl_easy_setopt(curl, CURLOPT_PASSWORD, c->password);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long) CONNECT_S);
	curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long) ANSWER_S);
	curl_easy_setopt(curl, CURLOPT_BUFFERSIZE, (long) FETCH_BUFFER);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_line);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, f);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, f);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_up);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, f);
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, overhear);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, f);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
}

struct fetch *fetch_new(const struct fetch_conf *conf)
{
	struct arena *a = arena_new("fetch");
	struct fetch *f = NEW(a, struct fetch);

	f->arena = a;
	f->conf = *conf;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) || !(f->curl = curl_easy_init()))
		abort();
	set_up(f);
	return f;
}

void fetch_free(struct fetch *f)
{
	if (!f)
		return;
	f->line = NULL;
	f->sink = NULL;
	curl_easy_cleanup(f->curl);
	arena_free(f->arena);
}

enum fetch_why fetch_why(const struct fetch *f)
{
	return f->why;
}

const char *fetch_detail(const struct fetch *f)
{
	return f->detail;
}

/* --- one call ------------------------------------------------------------- */

const char *fetch_escape(struct arena *a, const char *text)
{
	struct str s;

	str_init(&s, a, 3 * strlen(text) + 1);
	for (; *text; text++)
		if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			   "0123456789-._~", *text))
			str_addn(&s, text, 1);
		else
			str_addf(&s, "%%%02X", (unsigned char) *text);
	return s.text;
}

/* An IPv6 address stands in brackets. */
static const char *url_of(struct fetch *f, struct arena *a, const char *address)
{
	const struct fetch_conf *c = &f->conf;
	bool brackets = strchr(c->host, ':') && *c->host != '[';

	return arena_printf(a, "%s%s://%s%s%s:%d/%s", c->pop3 ? "pop3" : "imap",
			    c->tls == FETCH_TLS ? "s" : "", brackets ? "[" : "",
			    c->host, brackets ? "]" : "", c->port, address);
}

/* It greets, but not as one that we can talk to. */
static enum fetch_why by_greeting(const struct fetch *f)
{
	if (!strncmp(f->greeting, "+OK", 3))
		return f->conf.pop3 ? FETCH_SAID_NO : FETCH_IS_POP3;
	if (!strncmp(f->greeting, "* OK", 4))
		return f->conf.pop3 ? FETCH_IS_IMAP : FETCH_SAID_NO;
	if (!strncmp(f->greeting, "* ", 2) || !strncmp(f->greeting, "-ERR", 4))
		return FETCH_SAID_NO;
	return FETCH_IS_OTHER;
}

static enum fetch_why reason(const struct fetch *f, CURLcode rc)
{
	if (f->alien)
		return by_greeting(f);
	switch (rc) {
	case CURLE_OK:
		return FETCH_WELL;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_URL_MALFORMAT:
		return FETCH_NO_NAME;
	case CURLE_COULDNT_CONNECT:
		return FETCH_REFUSED;
	case CURLE_OPERATION_TIMEDOUT:
		return FETCH_SLOW;
	case CURLE_USE_SSL_FAILED:
	case CURLE_SSL_CONNECT_ERROR:
		return FETCH_NO_TLS;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_CERTPROBLEM:
		return FETCH_CERTIFICATE;
	case CURLE_LOGIN_DENIED:
		return f->selected ? FETCH_NO_FOLDER : FETCH_PASSWORD;
	case CURLE_WEIRD_SERVER_REPLY:
		return by_greeting(f);
	case CURLE_QUOTE_ERROR:
	case CURLE_REMOTE_FILE_NOT_FOUND:
	case CURLE_REMOTE_ACCESS_DENIED:
		return FETCH_SAID_NO;
	default:
		return FETCH_CUT;
	}
}

/* The host's word when it had one to say, else curl's. */
static void keep_detail(struct fetch *f, CURLcode rc, const char *message)
{
	bool its_word = f->why == FETCH_PASSWORD || f->why == FETCH_NO_FOLDER ||
		f->why == FETCH_SAID_NO || f->why == FETCH_IS_OTHER;
	const char *text = its_word && *f->answer ? f->answer
		: *message ? message : curl_easy_strerror(rc);

	remember(f->detail, sizeof(f->detail), text, strlen(text));
}

struct err *fetch_talk(struct fetch *f, struct arena *a, const char *address,
		       const char *command)
{
	char message[CURL_ERROR_SIZE] = "";
	CURL *curl = f->curl;
	CURLcode rc;

	f->told = 0;
	f->own = NULL;
	f->enough = f->selected = f->over = false;
	*f->answer = *f->detail = '\0';
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, message);
	curl_easy_setopt(curl, CURLOPT_URL, url_of(f, a, address));
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, command);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long) (f->sink ? LETTER_S : COMMAND_S));
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long) (f->sink ? SLOWEST : 0));
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long) (f->sink ? SLOW_S : 0));
	rc = curl_easy_perform(curl);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
	f->why = FETCH_WELL;
	if (f->own)
		return err_passed(f->own, __func__);
	if (!rc || f->enough)
		return NULL;
	f->why = reason(f, rc);
	keep_detail(f, rc, message);
	return FAIL(a, ERR_UPSTREAM, "%s:%d: %s (%s)", f->conf.host, f->conf.port,
		    f->detail, fetch_why_codes[f->why]);
}

/* --- both protocols ------------------------------------------------------- */

static struct err *count_pop3(struct fetch *f, struct arena *a,
			      struct fetch_box *out)
{
	struct rows rows;

	TRY(fetch_pop3_list(f, a, &rows));
	*out = (struct fetch_box) { .letters = (int64_t) rows.n };
	return NULL;
}

struct err *fetch_look(struct fetch *f, struct arena *a, struct fetch_box *out)
{
	if (f->conf.pop3)
		TRY(count_pop3(f, a, out));
	else
		TRY(fetch_imap_look(f, a, out));
	return NULL;
}

struct err *fetch_list(struct fetch *f, struct arena *a,
		       const struct fetch_range *range, struct rows *out,
		       int64_t *seen)
{
	*seen = 0;
	if (f->conf.pop3)
		TRY(fetch_pop3_list(f, a, out));
	else
		TRY(fetch_imap_list(f, a, range, out, seen));
	return NULL;
}

static struct err *letter(struct fetch *f, struct arena *a,
			  const struct fetch_item *item, bool *gone)
{
	if (f->conf.pop3)
		TRY(fetch_talk(f, a, arena_printf(a, "%lld",
					(long long) item->number), NULL));
	else
		TRY(fetch_imap_letter(f, a, item->number, gone));
	return NULL;
}

struct err *fetch_letter(struct fetch *f, struct arena *a,
			 const struct fetch_item *item, fetch_sink *sink,
			 void *what, bool *gone)
{
	struct err *e;

	*gone = false;
	f->sink = sink;
	f->what = what;
	e = letter(f, a, item, gone);
	f->sink = NULL;
	return e ? err_passed(e, __func__) : NULL;
}

/* The answer is one line, and nothing follows it. */
static struct err *delete_pop3(struct fetch *f, struct arena *a, int64_t number)
{
	struct err *e;

	curl_easy_setopt(f->curl, CURLOPT_NOBODY, 1L);
	e = fetch_talk(f, a, "", arena_printf(a, "DELE %lld", (long long) number));
	curl_easy_setopt(f->curl, CURLOPT_NOBODY, 0L);
	TRY(e);
	return NULL;
}

struct err *fetch_delete(struct fetch *f, struct arena *a,
			 const struct fetch_item *item)
{
	if (f->conf.pop3)
		TRY(delete_pop3(f, a, item->number));
	else
		TRY(fetch_imap_delete(f, a, item->number));
	return NULL;
}
