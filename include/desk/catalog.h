/*
 * catalog - the owner's settings, types, statuses, priorities, agents and
 * roles, in memory, and the key of our mail.
 *
 * Read whole, kept by each process and read again when the revision that
 * comes with every session is another one. Names fall back: the reader's
 * language, the shop's, English, the code.
 */
#ifndef DESK_CATALOG_H
#define DESK_CATALOG_H

#include "store/actor.h"
#include "store/agent.h"
#include "store/catalog.h"
#include "store/turn.h"

struct arena;
struct db;
struct seal;

struct catalog;

/* Into an arena that lives as long as the process keeps it. */
struct err *catalog_load(struct arena *a, struct db *db, int shop,
			 struct catalog **out) MUST_CHECK;

/* The statuses alone. */
struct err *catalog_load_statuses(struct arena *a, struct db *db, int shop,
				  struct catalog **out) MUST_CHECK;

/* Settings at their fallbacks and no lists: until the first is loaded. Its
 * revision is one that never comes. */
struct catalog *catalog_empty(struct arena *a);

int64_t catalog_revision(const struct catalog *c);

/* Settings: the value in force; the name must be in desk/setting.c. */
const char *catalog_text(const struct catalog *c, const char *name);
long catalog_number(const struct catalog *c, const char *name);
bool catalog_switch(const struct catalog *c, const char *name);
/* How a kind is shown: "text", "image". */
const char *catalog_shown_as(const struct catalog *c, enum entry_kind kind);

/* What our addresses and Message-IDs are signed with (desk/seal.h); without a
 * key when nothing was loaded: then nothing is ours, and nothing is signed. */
const struct seal *catalog_seal(const struct catalog *c);

/* All entries of a kind by place, archived ones too. */
const struct entry *catalog_entries(const struct catalog *c, enum entry_kind kind,
				    size_t *n);
/* NULL: there is no such entry. */
const struct entry *catalog_entry(const struct catalog *c, enum entry_kind kind,
				  int64_t id);
const struct entry *catalog_by_code(const struct catalog *c, enum entry_kind kind,
				    const char *code);
/* The default type or priority; the first one in use if none is marked. */
const struct entry *catalog_default(const struct catalog *c, enum entry_kind kind);

/* The status as which this one is listed and counted (shown_as followed). */
const struct entry *catalog_status(const struct catalog *c, int64_t id);
/* The status itself and the archived ones that are shown as it. */
size_t catalog_counting_as(const struct catalog *c, int64_t id,
			   int64_t *ids, size_t most);

const char *catalog_name(const struct catalog *c, enum entry_kind kind,
			 int64_t id, const char *lang);
/* What the customer reads instead; the name when nothing else was given. */
const char *catalog_customer_name(const struct catalog *c, enum entry_kind kind,
				  int64_t id, const char *lang);
const char *catalog_hint(const struct catalog *c, int64_t type_id,
			 const char *lang);
/* The row of exactly this language, NULL when there is none. */
const struct label *catalog_label(const struct catalog *c, enum entry_kind kind,
				  int64_t id, const char *lang);

/* Whose turn it is in a status; over: it is closed. */
enum turn catalog_turn(const struct catalog *c, int64_t status_id);
bool catalog_is_closed(const struct catalog *c, int64_t status_id);

/* Everybody who answers or did, active ones first, by name. */
const struct agent *catalog_agents(const struct catalog *c, size_t *n);
/* NULL: there never was one of this id. */
const char *catalog_agent_name(const struct catalog *c, int64_t id);
/* NULL: there is none. */
const char *catalog_agent_signature(const struct catalog *c, int64_t id);
/* What a role may; NULL and nothing when there is no such role. */
const char *catalog_role(const struct catalog *c, int64_t role_id,
			 enum scope may[RIGHTS]);

/* What can happen to a ticket (spec, status model). */
enum happening {
	CREATED_BY_CUSTOMER, CREATED_BY_AGENT, CREATED_TO_CUSTOMER,
	FIRST_ASSIGNMENT, AGENT_REPLY_FIRST, AGENT_REPLY_NEXT, AGENT_NOTE,
	CUSTOMER_REPLY_ACTIVE, CUSTOMER_REPLY_CLOSED, AUTOMATIC_MAIL,
	CUSTOMER_CLOSES, CUSTOMER_REOPENS, AGENT_CLOSES, WAITING_DATE,
	INACTIVITY, MERGED, HAPPENINGS
};
extern const char *const happening_codes[];

/* The status that follows; `now` itself when nothing changes (0 for a new
 * ticket is then the first status in use). refused: it may not happen. */
int64_t catalog_follows(const struct catalog *c, enum happening what,
			int64_t now, bool *refused);

/* The preset in force and its transitions are in desk/preset.h. */
const struct transition *catalog_transition(const struct catalog *c,
					    const char *preset,
					    enum happening what);

#endif
