#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "config/mailbox_words.h"
#include "desk/mailbox.h"
#include "port/json.h"
#include "port/view.h"

enum { FOLDERS_MOST = 50, DEPTH = 3 };

/* The codes are those of port/fetch.h, and some of the mailroom's own. */
static const struct {
	const char *code, *why, *todo;
} reasons[] = {
	{ "no_name", N_("There is no host of this name."),
	  N_("Look for a typing mistake in the host’s name; your mail provider tells it.") },
	{ "refused", N_("The host is there, but nobody answers at this port."),
	  N_("Check the port, and whether a firewall is in between. Many providers have IMAP at 993 and POP3 at 995.") },
	{ "slow", N_("The host did not answer in time."),
	  N_("Check that port and encryption belong together: 993 and 995 are encrypted from the beginning, 143 and 110 with STARTTLS.") },
	{ "no_tls", N_("The host does not offer this kind of encryption at this port."),
	  N_("Choose the other kind of encryption, or the port that belongs to it.") },
	{ "certificate", N_("The host could not prove that it is the one it should be: its certificate is for another name, out of date, or made by itself."),
	  N_("Use exactly the name that your mail provider tells. If the host is your own, give it a valid certificate.") },
	{ "is_pop3", N_("The host speaks POP3 at this port, not IMAP."),
	  N_("Choose POP3, or the port for IMAP.") },
	{ "is_imap", N_("The host speaks IMAP at this port, not POP3."),
	  N_("Choose IMAP, or the port for POP3.") },
	{ "is_other", N_("Something answers at this port, but it is no mailbox."),
	  N_("Check host and port. Hosts that send mail (SMTP) are others than those with mailboxes.") },
	{ "password", N_("The host refused user name or password."),
	  N_("Enter both again. Some providers want the whole address as user name, or a password made for programs.") },
	{ "no_folder", N_("There is no such folder in the mailbox."),
	  N_("Enter the name as the host writes it.") },
	{ "said_no", N_("The host refused something."),
	  N_("What it said stands below. If it stays so, your mail provider can help.") },
	{ "kept", N_("The host does not hand out one of the mails."),
	  N_("The others are here. It is asked for this one again, at last once a day. Look at it with a mail program; what the host said stands below.") },
	{ "cut", N_("The host hung up in the middle."),
	  N_("It is tried again by itself. If it stays so, your mail provider can help.") },
	{ "moved", N_("The folder was numbered anew while we read it."),
	  N_("It is tried again by itself.") },
	{ "full", N_("There is no room left on the disk of this machine."),
	  N_("Make room. No letter is lost meanwhile.") },
	{ "key", N_("The stored password cannot be opened: its key is missing or another one."),
	  N_("Enter the password of the mailbox again, or bring back the file of the key.") },
	{ NULL, N_("Something went wrong here, not at the host."),
	  N_("It is tried again by itself. The log of the mailroom tells more.") },
};

static void put_reason(struct node *n, const char *code, const char *detail)
{
	size_t i = 0;

	while (reasons[i].code && strcmp(reasons[i].code, code))
		i++;
	node_put(n, "why", words_get(reasons[i].why));
	node_put(n, "todo", words_get(reasons[i].todo));
	node_put(n, "detail", detail && *detail ? detail : NULL);
}

void mailbox_words_error(struct arena *a, struct node *n, const char *error)
{
	size_t code = strcspn(error, " ");

	put_reason(n, arena_copy(a, error, code), error[code] ? error + code + 1 : "");
}

static void put_folders(struct arena *a, struct node *n, struct json *answer)
{
	struct json *list = json_member(answer, "folders");
	struct node *names = node_at(n, "folders");
	int64_t all = 0, shown = 0;

	for (; shown < FOLDERS_MOST && json_text(json_element(list, (size_t) shown));
	     shown++)
		node_put(node_item(names), "name",
			 json_text(json_element(list, (size_t) shown)));
	if (json_number(json_member(answer, "all"), &all) && all > shown)
		node_put(n, "more", words_many(a, "and {1} more", "and {1} more",
						(long) (all - shown)));
}

void mailbox_words_answer(struct arena *a, struct node *n, const struct mailbox *m)
{
	struct json *answer;
	const char *code;
	int64_t letters = 0, makes = 0;

	if (json_parse(a, m->test_answer, strlen(m->test_answer), DEPTH, &answer)) {
		put_reason(n, "", NULL);
		return;
	}
	code = json_text(json_member(answer, "why"));
	if (!code || strcmp(code, "well"))
		put_reason(n, code ? code : "",
			   json_text(json_member(answer, "detail")));
	else
		node_switch(n, "good", true);
	json_number(json_member(answer, "letters"), &letters);
	node_put(n, "letters", letters ? words_many(a, "1 letter is there.",
		 "{1} letters are there.", (long) letters) : _("No letter is there yet."));
	if (json_number(json_member(answer, "makes_folder"), &makes) && makes)
		node_put(n, "makes", m->move_to);
	if (m->kind == MAILBOX_IMAP && (!code || !strcmp(code, "no_folder")))
		put_folders(a, n, answer);
}
