/* How the columns of as_mail are written: alone here, since the program that
 * takes letters writes them, too, and knows no database. */
#include "store/mail.h"

const char *const mail_way_codes[] = {
	[MAIL_BY_PIPE] = "pipe",
	[MAIL_BY_IMAP] = "imap",
	[MAIL_BY_POP3] = "pop3",
	NULL
};

const char *const mail_row_state_codes[] = {
	[MAIL_NEW]  = "new",
	[MAIL_DONE] = "done",
	[MAIL_HELD] = "held",
	[MAIL_BAD]  = "bad",
	NULL
};

const char *const mail_class_codes[] = {
	[MAIL_UNCLASSED] = "",
	[MAIL_HUMAN]     = "human",
	[MAIL_AUTO]      = "auto",
	[MAIL_BOUNCE]    = "bounce",
	[MAIL_LIST]      = "list",
	[MAIL_OWN]       = "own",
	NULL
};
