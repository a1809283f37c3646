#include "port/db.h"
#include "store/delivery.h"

const char *const delivery_kind_codes[] = {
	[DELIVERY_FAILED]    = "failed",
	[DELIVERY_DELAYED]   = "delayed",
	[DELIVERY_DELIVERED] = "delivered",
	NULL
};

static const struct field delivery_fields[] = {
	FIELD(delivery, id),
	FIELD(delivery, outbox_id),
	FIELD(delivery, ticket_id),
	FIELD(delivery, message_id),
	FIELD(delivery, address),
	FIELD_ENUM(delivery, kind, delivery_kind_codes),
	FIELD(delivery, status),
	FIELD(delivery, diagnostic),
	FIELD(delivery, as_mail_id),
	FIELD(delivery, at),
};
const struct shape delivery_shape = SHAPE(delivery, delivery_fields);

struct err *store_delivery_add(struct db *db, int shop, const struct delivery *d,
			       bool *again)
{
	int64_t added;

	TRY(db_run(db, "UPDATE as_ticket SET has_undelivered = TRUE WHERE id = ?",
		   NULL, ARGS(d->ticket_id)));
	TRY(db_run(db, "INSERT INTO as_delivery (shop_id, outbox_id, ticket_id,"
		       " message_id, address, kind, status, diagnostic, as_mail_id, at)"
		       " SELECT ?, ?, NULLIF(?, 0), NULLIF(?, 0), ?, ?, LEFT(?, 16),"
		       " LEFT(?, 500), ?, NOW(6) FROM DUAL WHERE NOT EXISTS"
		       " (SELECT 1 FROM as_delivery x WHERE x.outbox_id = ?"
		       " AND x.kind = ? AND x.address = ? AND x.status <=> LEFT(?, 16))"
		       " AND (SELECT COUNT(*) FROM as_delivery y"
		       " WHERE y.outbox_id = ?) < ?",
		   &added, ARGS(shop, d->outbox_id, d->ticket_id, d->message_id,
				d->address, delivery_kind_codes[d->kind], d->status,
				d->diagnostic, arg_id(d->as_mail_id), d->outbox_id,
				delivery_kind_codes[d->kind], d->address, d->status,
				d->outbox_id, (int) DELIVERIES_MOST)));
	*again = !added;
	return NULL;
}

struct err *store_delivery_of_ticket(struct db *db, const struct actor *who,
				     int64_t ticket_id, const char *address,
				     struct rows *out)
{
	*out = (struct rows) { 0 };
	if (who->kind != ACTOR_AGENT && who->kind != ACTOR_SYSTEM)
		return NULL;
	TRY(db_rows(db, "(SELECT v.id, v.outbox_id, v.ticket_id, v.message_id,"
			" v.address, v.kind, v.status, v.diagnostic, v.as_mail_id, v.at"
			" FROM as_delivery v FORCE INDEX (by_ticket)"
			" JOIN as_outbox o ON o.id = v.outbox_id"
			" AND o.recipient_kind IN ('customer', 'participant')"
			" WHERE v.ticket_id = ? AND NOT EXISTS (SELECT 1"
			" FROM as_delivery n WHERE n.outbox_id = v.outbox_id"
			" AND n.id > v.id) ORDER BY v.id DESC LIMIT 100)"
			" UNION ALL (SELECT 0, o.id, o.ticket_id, o.message_id,"
			" o.to_address, 'failed', NULL, o.last_error, 0, o.due_at"
			" FROM as_outbox o FORCE INDEX (by_ticket)"
			" WHERE o.ticket_id = ? AND o.state = 'failed'"
			" AND o.recipient_kind IN ('customer', 'participant')"
			" ORDER BY o.seq DESC LIMIT 19)"
			" UNION ALL (SELECT 0, 0, NULL, NULL, b.address,"
			" IF(b.undeliverable_at IS NULL, 'delayed', 'failed'),"
			" b.status, b.diagnostic, NULL,"
			" COALESCE(b.undeliverable_at, b.delayed_at)"
			" FROM as_address b WHERE b.shop_id = ? AND b.address = ?"
			" AND COALESCE(b.undeliverable_at, b.delayed_at) IS NOT NULL)"
			" ORDER BY at, id LIMIT 120",
		    &delivery_shape, out, ARGS(ticket_id, ticket_id, who->shop,
					       address)));
	return NULL;
}
