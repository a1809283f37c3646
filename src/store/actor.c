#include "store/actor.h"

const char *const right_codes[] = {
	[RIGHT_READ]    = "read",
	[RIGHT_REPLY]   = "reply",
	[RIGHT_NOTE]    = "note",
	[RIGHT_CHANGE]  = "change",
	[RIGHT_CREATE]  = "create",
	[RIGHT_LETTERS] = "letters",
	[RIGHT_CONFIG]  = "config",
	[RIGHT_STAFF]   = "staff",
	NULL
};

const char *const scope_codes[] = {
	[SCOPE_NONE]       = "",
	[SCOPE_OWN]        = "own",
	[SCOPE_DEPARTMENT] = "department",
	[SCOPE_SHOP]       = "shop",
	[SCOPE_ALL]        = "all",
	NULL
};

bool actor_may(const struct actor *who, enum right right)
{
	if (who->kind == ACTOR_SYSTEM)
		return true;
	return who->kind == ACTOR_AGENT && who->may[right] != SCOPE_NONE;
}
