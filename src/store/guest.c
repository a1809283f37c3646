#include "port/db.h"
#include "store/guest.h"

static const struct field guest_fields[] = {
	FIELD(guest_request, email),
	FIELD(guest_request, name),
	FIELD(guest_request, order_no),
	FIELD(guest_request, type_id),
	FIELD(guest_request, priority_id),
	FIELD(guest_request, subject),
	FIELD(guest_request, body),
	FIELD(guest_request, lang),
	FIELD(guest_request, zone),
	FIELD(guest_request, ticket_id),
};
static const struct shape guest_shape = SHAPE(guest_request, guest_fields);

struct err *store_guest_add(struct db *db, int shop, struct bytes hash,
			    const struct guest_request *g)
{
	TRY(db_run(db, "INSERT INTO as_guest_request (hash, shop_id, email, name,"
		       " order_no, type_id, priority_id, subject, body, lang, zone,"
		       " created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?,"
		       " NULLIF(?, 0), ?, ?, ?, ?, NOW(6), NOW(6) + INTERVAL 7 DAY)",
		   NULL, ARGS(hash, shop, g->email, g->name, g->order_no, g->type_id,
			      g->priority_id, g->subject, g->body, g->lang, g->zone)));
	return NULL;
}

struct err *store_guest_find(struct db *db, int shop, struct bytes hash,
			     struct guest_request *out, bool *found)
{
	TRY(db_find(db, "SELECT email, name, order_no, type_id, priority_id, subject,"
			" body, lang, zone, ticket_id FROM as_guest_request"
			" WHERE hash = ? AND shop_id = ? AND expires_at > NOW(6)"
			" FOR UPDATE",
		    &guest_shape, out, found, ARGS(hash, shop)));
	return NULL;
}

struct err *store_guest_confirm(struct db *db, struct bytes hash,
				int64_t ticket_id)
{
	TRY(db_run(db, "UPDATE as_guest_request SET ticket_id = ? WHERE hash = ?",
		   NULL, ARGS(ticket_id, hash)));
	return NULL;
}
