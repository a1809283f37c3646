#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/locale.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/setting.h"
#include "port/db.h"
#include "store/setting.h"

static const char *const shown_choices[] = { "light", "auto", NULL };

const struct setting settings[] = {
	{ "general", "shop_name", SETTING_LINE, "Our shop", 1, 80,
	  N_("Name of the shop"), N_("Stands in the head of every page and in every mail."), NULL },
	{ "general", "shop_url", SETTING_URL, "", 0, 200,
	  N_("Address of the shop"), N_("Where the shop's name leads."), NULL },
	{ "general", "language", SETTING_LANGUAGE, "en", 0, 0,
	  N_("Language"), N_("For everybody who has not chosen one."), NULL },
	{ "general", "zone", SETTING_ZONE, "UTC", 0, 0,
	  N_("Time zone"), N_("For everybody whose own is not known, as Europe/Berlin."), NULL },
	{ "general", "account_url", SETTING_URL, "", 0, 200,
	  N_("Account page of the shop"), N_("Where customers change their e-mail address. Empty: the shop itself."), NULL },
	{ "general", "imprint_url", SETTING_URL, "", 0, 200,
	  N_("Legal notice"), N_("Linked from every page and mail for customers."), NULL },
	{ "general", "privacy_url", SETTING_URL, "", 0, 200,
	  N_("Privacy statement"), N_("Linked from every page and mail for customers."), NULL },
	{ "general", "accessibility_url", SETTING_URL, "", 0, 200,
	  N_("Accessibility statement"), N_("Linked from every page for customers."), NULL },
	{ "general", "customer_theme", SETTING_CHOICE, "light", 0, 0,
	  N_("Colours for customers"), N_("Light like most shops, or as the visitor's device is set."),
	  shown_choices },

	{ "shown", "type_images", SETTING_SWITCH, "0", 0, 1,
	  N_("Show Message Type Images"), "", NULL },
	{ "shown", "status_images", SETTING_SWITCH, "0", 0, 1,
	  N_("Show Message Status Images"), "", NULL },
	{ "shown", "priority_images", SETTING_SWITCH, "1", 0, 1,
	  N_("Show Message Priority Images"), "", NULL },
	{ "shown", "posts_per_page", SETTING_NUMBER, "25", 5, 200,
	  N_("Posts per page"), "", NULL },

	{ "customers", "customer_priority", SETTING_SWITCH, "1", 0, 1,
	  N_("Customers choose the priority"),
	  N_("Among the priorities that are open to them; otherwise every request gets the default."), NULL },
	{ "customers", "guests", SETTING_SWITCH, "1", 0, 1,
	  N_("Guests may write"), N_("A public form with e-mail address and order number. Nothing reaches you before the address was confirmed."), NULL },

	{ "mail", "mail_from", SETTING_EMAIL, "", 0, 254,
	  N_("Sender address"), N_("Every mail of the help desk comes from here. Empty: as the configuration file says."), NULL },
	{ "mail", "mail_from_name", SETTING_LINE, "", 0, 80,
	  N_("Sender name"), N_("Empty: the name of the shop."), NULL },
	{ "mail", "notify_address", SETTING_EMAIL, "", 0, 254,
	  N_("Help desk address"), N_("Gets a mail for every message of a customer, beside the people below. Empty: nobody but them."), NULL },
	{ "mail", "receipts", SETTING_SWITCH, "1", 0, 1,
	  N_("Confirm new requests"), N_("Customers get a mail when their request has arrived."), NULL },

	{ "mail", "mail_signature", SETTING_TEXT, "", 0, 1000,
	  N_("Signature"), N_("Below every answer, after the agent's own. Plain text."), NULL },
	{ "mail", "mail_files_mb", SETTING_NUMBER, "10", 0, 20,
	  N_("Files in mails, MB"), N_("The files of an answer go with the mail up to this size; larger ones are linked. 0: always linked."), NULL },
	{ "answers", "mail_in", SETTING_SWITCH, "0", 0, 1,
	  N_("Answers by mail are read"), N_("Mails then say that one can simply answer them. Somebody has to bring the answers here: a mailbox (see Mailboxes), or a pipe of the mail server."), NULL },
	{ "answers", "mail_reply_address", SETTING_EMAIL, "", 0, 254,
	  N_("Address for answers"), N_("Empty: the sender address."), NULL },
	{ "answers", "mail_plus", SETTING_SWITCH, "1", 0, 1,
	  N_("An address of its own for each ticket"), N_("Answers go to help+…@, so that they always find their ticket, and mails that cannot be delivered are recognised. The mail server has to deliver such addresses: “Does mail come back?” below tells."), NULL },
	{ NULL, "mail_authserv", SETTING_LINE, "", 0, 200, "", "", NULL },
	/* desk/mail_loop: a word in its name came back as if it were its own. */
	{ NULL, "mail_authserv_forged", SETTING_LINE, "", 0, 200, "", "", NULL },
	{ "mail", "mail_flood", SETTING_NUMBER, "30", 5, 10000,
	  N_("Mails an hour from one address"), N_("More than these wait among the held mails until somebody has looked at them."), NULL },
	{ "mail", "mail_strangers", SETTING_NUMBER, "200", 5, 100000,
	  N_("New requests an hour from strangers"), N_("From addresses that nothing has proven yet, all together. More than these wait among the held mails until somebody has looked at them."), NULL },
	{ "mail", "mail_same_subject", SETTING_SWITCH, "0", 0, 1,
	  N_("Join mails by subject"), N_("A mail without any sign of its request joins the sender’s open request of the same subject, if that is not older than three days."), NULL },
	{ "mail", "mail_keep_days", SETTING_NUMBER, "365", 30, 3650,
	  N_("Days to keep original mails"), N_("What was written stays. The mail as it came, with its headers, is deleted afterwards."), NULL },

	{ NULL, "preset", SETTING_LINE, "pc", 1, 16, "", "", NULL },
	{ 0 }
};

const struct setting *setting_named(const char *name)
{
	for (const struct setting *s = settings; s->name; s++)
		if (!strcmp(s->name, name))
			return s;
	return NULL;
}

static bool is_number(const char *value, long *out)
{
	char *end;

	errno = 0;
	*out = strtol(value, &end, 10);
	return *value && !*end && !errno;
}

static bool is_among(const char *const *choices, const char *value)
{
	for (; *choices; choices++)
		if (!strcmp(*choices, value))
			return true;
	return false;
}

static const char *too_long(struct arena *a, const struct setting *s)
{
	return words_say(a, _("This is too long. At most {1} characters"),
			 arena_printf(a, "%ld", s->most), NULL, NULL);
}

static const char *line_complaint(struct arena *a, const struct setting *s,
				  const char *value)
{
	long len = (long) utf8_count(value);

	if (strpbrk(value, "\r\n\t"))
		return _("Write this on one line");
	if (len < s->least)
		return _("This must not be empty");
	return len > s->most ? too_long(a, s) : NULL;
}

const char *setting_complaint(struct arena *a, const struct setting *s,
			      const char *value)
{
	const char *wrong;
	long number;

	switch (s->kind) {
	case SETTING_SWITCH:
		return strcmp(value, "0") && strcmp(value, "1")
			? _("Choose on or off") : NULL;
	case SETTING_NUMBER:
		if (!is_number(value, &number))
			return _("Enter a number");
		return number >= s->least && number <= s->most ? NULL :
			words_say(a, _("Enter a number from {1} to {2}"),
				  arena_printf(a, "%ld", s->least),
				  arena_printf(a, "%ld", s->most), NULL);
	case SETTING_CHOICE:
		return is_among(s->choices, value) ? NULL : _("Choose one of the list");
	case SETTING_LANGUAGE:
		return is_among(locale_languages, value) ? NULL
			: _("Choose one of the list");
	case SETTING_ZONE:
		return clock_zone_exists(value) ? NULL
			: _("Enter a time zone like Europe/Berlin");
	case SETTING_EMAIL:
		wrong = line_complaint(a, s, value);
		if (!wrong && *value && !address_valid(value))
			wrong = _("Enter an e-mail address like name@example.com");
		return wrong;
	case SETTING_URL:
		wrong = line_complaint(a, s, value);
		if (!wrong && *value && strncmp(value, "https://", 8) &&
		    strncmp(value, "http://", 7))
			wrong = _("Enter an address that begins with https://");
		return wrong;
	case SETTING_LINE:
		return line_complaint(a, s, value);
	case SETTING_TEXT:
		return (long) utf8_count(value) <= s->most ? NULL
			: too_long(a, s);
	}
	return _("Choose one of the list");
}

struct err *setting_save(struct desk *d, const struct actor *who,
			 const struct setting_change *changes, size_t n)
{
	if (!actor_may(who, RIGHT_CONFIG))
		return FAIL(d->arena, ERR_FORBIDDEN, "settings");
	TRY(db_begin(d->db));
	for (size_t i = 0; i < n; i++) {
		const char *name = changes[i].name, *value = changes[i].value;
		const char *old = catalog_text(d->catalog, name);

		if (!strcmp(old, value))
			continue;
		TRY(store_setting_put(d->db, who->shop, name, value));
		TRY(store_setting_audit(d->db, who,
					arena_printf(d->arena, "setting.%s", name),
					old, value));
	}
	TRY(store_setting_revise(d->db, who->shop));
	TRY(db_commit(d->db));
	return NULL;
}

struct err *setting_log(struct desk *d, const struct actor *who, int64_t before,
			struct rows *out)
{
	if (!actor_may(who, RIGHT_CONFIG))
		return FAIL(d->arena, ERR_FORBIDDEN, "the log of changes");
	TRY(store_setting_audit_list(d->db, who, before, out));
	return NULL;
}
