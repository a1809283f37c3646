#include <string.h>

#include "base/words.h"
#include "desk/preset.h"

const struct preset_status preset_statuses[] = {
	{ "new", CATEGORY_NEW, "blue", "status-new.svg",
	  N_("New"), N_("Received") },
	{ "open", CATEGORY_OPEN, "amber", "status-open.svg", N_("Open"), NULL },
	{ "pending", CATEGORY_WAITING_CUSTOMER, "teal", "status-pending.svg",
	  N_("Pending"), N_("Waiting for you") },
	{ "review", CATEGORY_OPEN, "violet", "status-review.svg",
	  N_("Review"), N_("Being looked into") },
	{ "escalated", CATEGORY_OPEN, "red", "status-escalated.svg",
	  N_("Escalated"), N_("Being looked into") },
	{ "pending_action", CATEGORY_OPEN, "amber", "status-open.svg",
	  N_("Pending Action"), N_("We are working on it") },
	{ "awaiting_reply", CATEGORY_WAITING_CUSTOMER, "teal", "status-waiting.svg",
	  N_("Awaiting Reply"), N_("Waiting for you") },
	{ "waiting", CATEGORY_WAITING_CUSTOMER, "teal", "status-waiting.svg",
	  N_("Waiting"), N_("Waiting for you") },
	{ "waiting_customer", CATEGORY_WAITING_CUSTOMER, "teal", "status-waiting.svg",
	  N_("Waiting for customer"), N_("Waiting for you") },
	{ "on_hold", CATEGORY_WAITING_OTHER, "violet", "status-pending.svg",
	  N_("On Hold"), NULL },
	{ "answered", CATEGORY_WAITING_CUSTOMER, "green", "status-answered.svg",
	  N_("Answered"), NULL },
	{ "processing", CATEGORY_OPEN, "violet", "status-review.svg",
	  N_("Processing"), N_("We are working on it") },
	{ "customer_responded", CATEGORY_OPEN, "blue", "status-new.svg",
	  N_("Customer Responded"), N_("We are working on it") },
	{ "resolved", CATEGORY_SOLVED, "green", "status-answered.svg",
	  N_("Resolved"), NULL },
	{ "solved", CATEGORY_SOLVED, "green", "status-answered.svg",
	  N_("Solved"), NULL },
	{ "closed", CATEGORY_CLOSED, "grey", "status-closed.svg", N_("Closed"), NULL },
	{ 0 }
};

/* Whatever a preset does not tell is kept: notes, automatic mail and, but for
 * one of them, the passing of time change no status. */
const struct preset presets[] = {
	{
		"pc", N_("Classic"),
		N_("Your team alone moves a ticket on; a customer’s answer opens a closed one again."),
		{ "open", "pending", "review", "escalated", "closed" },
		{
			[CREATED_BY_CUSTOMER]   = "open",
			[CREATED_BY_AGENT]      = "open",
			[CREATED_TO_CUSTOMER]   = "open",
			[CUSTOMER_REPLY_CLOSED] = "open",
			[CUSTOMER_CLOSES]       = PRESET_REFUSE,
			[CUSTOMER_REOPENS]      = PRESET_REFUSE,
			[AGENT_CLOSES]          = "closed",
			[MERGED]                = "closed",
		},
	},
	{
		"pk", N_("Two sides"),
		N_("Either you act or the customer does. Every answer of a customer comes back to you; you mark by hand what waits for them."),
		{ "pending_action", "awaiting_reply", "closed" },
		{
			[CREATED_BY_CUSTOMER]   = "pending_action",
			[CREATED_BY_AGENT]      = "pending_action",
			[CREATED_TO_CUSTOMER]   = "awaiting_reply",
			[CUSTOMER_REPLY_ACTIVE] = "pending_action",
			[CUSTOMER_REPLY_CLOSED] = "pending_action",
			[CUSTOMER_CLOSES]       = PRESET_REFUSE,
			[CUSTOMER_REOPENS]      = PRESET_REFUSE,
			[AGENT_CLOSES]          = "closed",
			[MERGED]                = "closed",
		},
	},
	{
		"er", N_("Service desk"),
		N_("New until somebody takes it; tickets can wait for the customer or for others."),
		{ "new", "open", "waiting", "on_hold", "resolved", "closed" },
		{
			[CREATED_BY_CUSTOMER]   = "new",
			[CREATED_BY_AGENT]      = "new",
			[CREATED_TO_CUSTOMER]   = "waiting",
			[FIRST_ASSIGNMENT]      = "open",
			[CUSTOMER_REPLY_ACTIVE] = "open",
			[CUSTOMER_REPLY_CLOSED] = "open",
			[CUSTOMER_CLOSES]       = PRESET_REFUSE,
			[CUSTOMER_REOPENS]      = PRESET_REFUSE,
			[AGENT_CLOSES]          = "closed",
			[WAITING_DATE]          = "open",
			[MERGED]                = "closed",
		},
	},
	{
		"ct", N_("Open and closed"),
		N_("Nothing but these two. Add statuses of your own as you need them."),
		{ "open", "closed" },
		{
			[CREATED_BY_CUSTOMER]   = "open",
			[CREATED_BY_AGENT]      = "open",
			[CREATED_TO_CUSTOMER]   = "open",
			[CUSTOMER_REPLY_ACTIVE] = "open",
			[CUSTOMER_REPLY_CLOSED] = "open",
			[CUSTOMER_CLOSES]       = PRESET_REFUSE,
			[CUSTOMER_REOPENS]      = PRESET_REFUSE,
			[AGENT_CLOSES]          = "closed",
			[MERGED]                = "closed",
		},
	},
	{
		"bo", N_("Back office"),
		N_("Every message moves the ticket by itself, and customers close it when they are content."),
		{ "open", "answered", "processing", "customer_responded", "closed" },
		{
			[CREATED_BY_CUSTOMER]   = "open",
			[CREATED_BY_AGENT]      = "open",
			[CREATED_TO_CUSTOMER]   = "answered",
			[AGENT_REPLY_FIRST]     = "answered",
			[AGENT_REPLY_NEXT]      = "answered",
			[CUSTOMER_REPLY_ACTIVE] = "customer_responded",
			[CUSTOMER_REPLY_CLOSED] = "customer_responded",
			[CUSTOMER_CLOSES]       = "closed",
			[CUSTOMER_REOPENS]      = "customer_responded",
			[AGENT_CLOSES]          = "closed",
			[WAITING_DATE]          = "processing",
			[MERGED]                = "closed",
		},
	},
	{
		"shop", N_("Shop"),
		N_("What we recommend: answers wait for the customer, their answers come back to you, both sides may close."),
		{ "new", "open", "waiting_customer", "on_hold", "solved", "closed" },
		{
			[CREATED_BY_CUSTOMER]   = "new",
			[CREATED_BY_AGENT]      = "open",
			[CREATED_TO_CUSTOMER]   = "waiting_customer",
			[FIRST_ASSIGNMENT]      = "open",
			[AGENT_REPLY_FIRST]     = "waiting_customer",
			[AGENT_REPLY_NEXT]      = "waiting_customer",
			[CUSTOMER_REPLY_ACTIVE] = "open",
			[CUSTOMER_REPLY_CLOSED] = "open",
			[CUSTOMER_CLOSES]       = "closed",
			[CUSTOMER_REOPENS]      = "open",
			[AGENT_CLOSES]          = "solved",
			[WAITING_DATE]          = "open",
			[INACTIVITY]            = "solved",
			[MERGED]                = "closed",
		},
	},
	{ 0 }
};

const struct preset *preset_named(const char *code)
{
	for (const struct preset *p = presets; p->code; p++)
		if (!strcmp(p->code, code))
			return p;
	return NULL;
}

const struct preset_status *preset_status_named(const char *code)
{
	for (const struct preset_status *s = preset_statuses; s->code; s++)
		if (!strcmp(s->code, code))
			return s;
	return NULL;
}

void preset_behave(struct entry *s)
{
	bool over = s->category >= CATEGORY_SOLVED;

	s->active = !over;
	s->needs_agent = s->category <= CATEGORY_OPEN;
	s->customer_may_reply = s->category != CATEGORY_SPAM;
	s->customer_may_enter = s->category == CATEGORY_CLOSED;
	s->offer_rating = s->category == CATEGORY_SOLVED ||
			  s->category == CATEGORY_CLOSED;
}
