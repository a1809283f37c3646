#include <string.h>
#include <strings.h>

#include <gmime/gmime.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "port/mime.h"

enum {
	MOST_LINE = 998,		/* RFC 5322, 2.1.1, without CRLF */
	MOST_NAME = 100,		/* characters of a display name */
	MOST_BODY = 4 * 1024 * 1024,
};

/* RFC 2045, 5.1, as far as types are made of it. */
#define TOKEN_BYTES "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" \
	"0123456789.+-_"

/* What GMime gives out counts references; the arena lets go of ours. */
static void *held(struct arena *a, void *object)
{
	arena_defer(a, g_object_unref, object);
	return object;
}

/* A word that a mail program would make a link of. */
static bool is_web_address(const char *word, size_t n)
{
	const char *slash = memchr(word, '/', n);

	for (size_t i = 0; i + 3 <= n; i++)
		if (!memcmp(word + i, "://", 3))
			return true;
	if (n > 4 && !strncasecmp(word, "www.", 4))
		return true;
	return slash && memchr(word, '.', (size_t) (slash - word));
}

const char *mime_display_name(struct arena *a, const char *name)
{
	const char *word = utf8_line(a, name);
	struct str kept;

	str_init(&kept, a, strlen(word));
	while (*word) {
		size_t n = strcspn(word, " ");

		if (n && !is_web_address(word, n)) {
			if (kept.len)
				str_add(&kept, " ");
			str_addn(&kept, word, n);
		}
		word += n + (word[n] == ' ');
	}
	return utf8_cut(a, kept.text, MOST_NAME);
}

static struct err *check_value(struct arena *a, const char *what,
			       const char *value)
{
	if (strpbrk(value, "\r\n"))
		return FAIL(a, ERR_BUG, "%s has a line break", what);
	if (!utf8_valid(value, strlen(value)))
		return FAIL(a, ERR_BUG, "%s is not UTF-8", what);
	return NULL;
}

struct err *mime_envelope(struct arena *a, const char *address,
			  const char **out)
{
	InternetAddress *box;
	const char *ascii;

	if (!address_valid(address) && !address_plausible(address))
		return FAIL(a, ERR_BUG, "not an address for an envelope");
	g_mime_init();
	box = held(a, internet_address_mailbox_new(NULL, address));
	ascii = internet_address_mailbox_get_idn_addr((InternetAddressMailbox *) box);
	for (const char *c = address_domain(ascii); *c; c++)
		if ((unsigned char) *c > '~')
			return FAIL(a, ERR_BUG, "a domain that cannot exist");
	*out = arena_dup(a, ascii);
	return NULL;
}

static struct err *add_person(struct arena *a, GMimeMessage *m,
			      GMimeAddressType role, const char *name,
			      const char *address)
{
	const char *ascii;

	TRY(mime_envelope(a, address, &ascii));
	if (name)
		TRY(check_value(a, "a name", name));
	name = name ? mime_display_name(a, name) : "";
	g_mime_message_add_mailbox(m, role, *name ? name : NULL, ascii);
	return NULL;
}

static struct err *set_header(struct arena *a, GMimeObject *o,
			      const char *name, const char *value)
{
	if (!value)
		return NULL;
	TRY(check_value(a, name, value));
	g_mime_object_set_header(o, name, value, "utf-8");
	return NULL;
}

static struct err *add_header(struct arena *a, GMimeMessage *m,
			      const char *name, const char *value)
{
	TRY(set_header(a, (GMimeObject *) m, name, value));
	return NULL;
}

/* "<left@right>", any number of them when many. */
static bool are_message_ids(const char *text, bool many)
{
	do {
		size_t left = *text == '<' ? strcspn(text + 1, "<>@ \t") : 0;
		const char *sign = text + 1 + left;
		size_t right = left && *sign == '@' ? strcspn(sign + 1, "<>@ \t") : 0;

		if (!right || sign[1 + right] != '>')
			return false;
		text = sign + right + 2;
		while (*text == ' ')
			text++;
	} while (many && *text);
	return !*text;
}

bool mime_message_id(const char *id)
{
	return are_message_ids(id, false);
}

static struct err *add_thread(struct arena *a, GMimeMessage *m,
			      const struct mime_letter *l)
{
	if (!are_message_ids(l->message_id, false) ||
	    (l->in_reply_to && !are_message_ids(l->in_reply_to, false)) ||
	    (l->references && !are_message_ids(l->references, true)))
		return FAIL(a, ERR_BUG, "a Message-ID has the wrong form");
	TRY(add_header(a, m, "Message-ID", l->message_id));
	TRY(add_header(a, m, "In-Reply-To", l->in_reply_to));
	TRY(add_header(a, m, "References", l->references));
	return NULL;
}

/* RFC 3834 and its kin: tell other programs not to answer this one. */
static struct err *add_manners(struct arena *a, GMimeMessage *m,
			       const struct mime_letter *l)
{
	TRY(add_header(a, m, "Auto-Submitted", l->auto_submitted));
	TRY(add_header(a, m, "X-Auto-Response-Suppress",
		       l->auto_submitted ? "All" : NULL));
	TRY(add_header(a, m, "Precedence", l->precedence));
	TRY(add_header(a, m, "List-Id", l->list_id));
	TRY(add_header(a, m, "X-Aftersale-Loop", l->loop_id));
	TRY(add_header(a, m, "Authentication-Results", l->claim));
	return NULL;
}

static struct err *add_headers(struct arena *a, GMimeMessage *m,
			       const struct mime_letter *l)
{
	GDateTime *date = g_date_time_new_from_unix_utc(l->date / SECOND);

	g_mime_message_set_date(m, date);
	g_date_time_unref(date);
	TRY(add_person(a, m, GMIME_ADDRESS_TYPE_FROM, l->from_name, l->from_address));
	TRY(add_person(a, m, GMIME_ADDRESS_TYPE_TO, l->to_name, l->to_address));
	if (l->reply_to)
		TRY(add_person(a, m, GMIME_ADDRESS_TYPE_REPLY_TO, NULL, l->reply_to));
	TRY(check_value(a, "the subject", l->subject));
	g_mime_message_set_subject(m, utf8_line(a, l->subject), "utf-8");
	TRY(add_thread(a, m, l));
	TRY(add_manners(a, m, l));
	return NULL;
}

/* Text in a letter is canonical with CRLF (RFC 2046, 4.1.1); a CR alone
 * was a line end somewhere once. */
static struct str canonical(struct arena *a, const char *text)
{
	struct str out;

	str_init(&out, a, 2 * strlen(text));
	while (*text) {
		size_t n = strcspn(text, "\r\n");

		str_addn(&out, text, n);
		text += n;
		if (!*text)
			break;
		text += text[0] == '\r' && text[1] == '\n' ? 2 : 1;
		str_add(&out, "\r\n");
	}
	return out;
}

/* Quoted-printable stays readable; base64 is shorter when a sixth of the
 * text is not ASCII, as in Greek or Chinese. */
static GMimeContentEncoding encoding_for(const struct str *text)
{
	size_t high = 0;

	for (size_t i = 0; i < text->len; i++)
		high += (unsigned char) text->text[i] >= 0x80;
	return high > text->len / 6 ? GMIME_CONTENT_ENCODING_BASE64
				    : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
}

static struct err *new_part(struct arena *a, const char *subtype,
			    const char *body, GMimePart **out)
{
	GMimeStream *stream;
	struct str text;

	if (strlen(body) > MOST_BODY || !utf8_valid(body, strlen(body)))
		return FAIL(a, ERR_BUG, "the %s of a letter is no text", subtype);
	text = canonical(a, body);
	*out = held(a, g_mime_part_new_with_type("text", subtype));
	stream = held(a, g_mime_stream_mem_new_with_buffer(text.text, text.len));
	g_mime_part_set_content(*out,
		held(a, g_mime_data_wrapper_new_with_stream(stream,
			GMIME_CONTENT_ENCODING_DEFAULT)));
	g_mime_part_set_content_encoding(*out, encoding_for(&text));
	g_mime_object_set_content_type_parameter((GMimeObject *) *out,
						 "charset", "utf-8");
	return NULL;
}

/* The plain text first: the last alternative is the one preferred. */
static struct err *new_body(struct arena *a, const struct mime_letter *l,
			    GMimeObject **out)
{
	GMimeMultipart *both;
	GMimePart *text, *html;

	TRY(new_part(a, "plain", l->text, &text));
	*out = (GMimeObject *) text;
	if (!l->html)
		return NULL;
	TRY(new_part(a, "html", l->html, &html));
	both = held(a, g_mime_multipart_new_with_subtype("alternative"));
	g_mime_multipart_add(both, (GMimeObject *) text);
	g_mime_multipart_add(both, (GMimeObject *) html);
	*out = (GMimeObject *) both;
	return NULL;
}

/* "image/png"; what has another form is octets. */
static GMimePart *part_of_type(struct arena *a, const char *type)
{
	const char *slash = type ? strchr(type, '/') : NULL;
	size_t n = type ? strspn(type, TOKEN_BYTES "/") : 0;

	if (!slash || slash == type || !slash[1] || type[n] || strchr(slash + 1, '/'))
		return held(a, g_mime_part_new_with_type("application", "octet-stream"));
	return held(a, g_mime_part_new_with_type(
		arena_copy(a, type, (size_t) (slash - type)), slash + 1));
}

static struct err *new_file(struct arena *a, const struct mime_file *f,
			    GMimeObject **out)
{
	GMimePart *part = part_of_type(a, f->type);
	GMimeStream *stream;

	TRY(check_value(a, "the name of a file", f->name));
	if (f->content_id)
		TRY(check_value(a, "a Content-ID", f->content_id));
	stream = held(a, g_mime_stream_mem_new_with_buffer(f->bytes.at, f->bytes.n));
	g_mime_part_set_content(part, held(a, g_mime_data_wrapper_new_with_stream(
		stream, GMIME_CONTENT_ENCODING_DEFAULT)));
	g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
	g_mime_part_set_filename(part, f->name);
	g_mime_object_set_disposition((GMimeObject *) part, f->content_id
		? GMIME_DISPOSITION_INLINE : GMIME_DISPOSITION_ATTACHMENT);
	g_mime_part_set_content_id(part, f->content_id);
	*out = (GMimeObject *) part;
	return NULL;
}

/* The body with the files it shows (RFC 2387), or those it only brings
 * along; the body itself when there are none. */
static struct err *enclose(struct arena *a, const struct mime_letter *l,
			   bool shown, GMimeObject **body)
{
	GMimeMultipart *all = NULL;
	GMimeObject *file = NULL;

	for (size_t i = 0; i < l->n_files; i++) {
		if (!l->files[i].bytes.at || !l->files[i].content_id == shown)
			continue;
		if (!all) {
			all = held(a, g_mime_multipart_new_with_subtype(
				shown ? "related" : "mixed"));
			g_mime_multipart_add(all, *body);
		}
		TRY(new_file(a, &l->files[i], &file));
		g_mime_multipart_add(all, file);
	}
	if (!all)
		return NULL;
	if (shown)
		g_mime_object_set_content_type_parameter((GMimeObject *) all, "type",
							 "multipart/alternative");
	*body = (GMimeObject *) all;
	return NULL;
}

/* GMime keeps what begins with Content- on the part, not on the message. */
static struct err *add_body(struct arena *a, GMimeMessage *m,
			    const struct mime_letter *l)
{
	GMimeObject *body = NULL;

	TRY(new_body(a, l, &body));
	TRY(enclose(a, l, true, &body));
	TRY(enclose(a, l, false, &body));
	TRY(set_header(a, body, "Content-Language", l->lang));
	g_mime_message_set_mime_part(m, body);
	return NULL;
}

static struct err *check_lines(struct arena *a, const char *at, size_t n)
{
	size_t start = 0;

	for (size_t i = 0; i < n; i++) {
		bool cr = at[i] == '\r', lf = at[i] == '\n';

		if (!at[i] || (cr && (i + 1 == n || at[i + 1] != '\n')) ||
		    (lf && (!i || at[i - 1] != '\r')))
			return FAIL(a, ERR_BUG, "a letter with a bare CR, LF or NUL");
		if (cr)
			continue;
		if (lf)
			start = i + 1;
		else if (i - start >= MOST_LINE)
			return FAIL(a, ERR_BUG, "a letter with a line over %d bytes",
				    MOST_LINE);
	}
	return NULL;
}

static void free_options(void *options)
{
	g_mime_format_options_free(options);
}

static struct err *write_out(struct arena *a, GMimeMessage *m,
			     struct bytes *out)
{
	GMimeFormatOptions *crlf = g_mime_format_options_new();
	GMimeStream *stream = held(a, g_mime_stream_mem_new());
	const GByteArray *bytes;

	arena_defer(a, free_options, crlf);
	g_mime_format_options_set_newline_format(crlf, GMIME_NEWLINE_FORMAT_DOS);
	if (g_mime_object_write_to_stream((GMimeObject *) m, crlf, stream) < 0)
		return FAIL(a, ERR_BUG, "GMime cannot write a letter");
	bytes = g_mime_stream_mem_get_byte_array((GMimeStreamMem *) stream);
	TRY(check_lines(a, (const char *) bytes->data, bytes->len));
	*out = (struct bytes) {
		arena_copy(a, (const char *) bytes->data, bytes->len), bytes->len
	};
	return NULL;
}

struct err *mime_build(struct arena *a, const struct mime_letter *l,
		       struct bytes *out)
{
	GMimeMessage *m;

	g_mime_init();
	m = held(a, g_mime_message_new(TRUE));
	TRY(add_headers(a, m, l));
	TRY(add_body(a, m, l));
	TRY(write_out(a, m, out));
	return NULL;
}
