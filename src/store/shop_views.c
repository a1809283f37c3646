#include "shop_ask.h"

static const struct field customer_fields[] = {
	FIELD(shop_customer, customer_key),
	FIELD(shop_customer, email),
	FIELD(shop_customer, first_name),
	FIELD(shop_customer, last_name),
	FIELD(shop_customer, phone),
	FIELD(shop_customer, company),
	FIELD(shop_customer, lang),
	FIELD(shop_customer, is_active),
	FIELD(shop_customer, is_guest),
	FIELD(shop_customer, created_at),
	FIELD(shop_customer, store_key),
};
const struct shape shop_customer_shape = SHAPE(shop_customer, customer_fields);

static const struct field index_fields[] = {
	FIELD(shop_index, order_key),
	FIELD(shop_index, customer_key),
	FIELD(shop_index, email),
	FIELD(shop_index, placed_at),
};
const struct shape shop_index_shape = SHAPE(shop_index, index_fields);

static const struct field order_fields[] = {
	FIELD(shop_order, order_key),
	FIELD(shop_order, order_no),
	FIELD(shop_order, customer_key),
	FIELD(shop_order, email),
	FIELD(shop_order, customer_name),
	FIELD(shop_order, phone),
	FIELD(shop_order, placed_at),
	FIELD(shop_order, updated_at),
	FIELD(shop_order, status_key),
	FIELD(shop_order, status_name),
	FIELD(shop_order, status_group),
	FIELD(shop_order, currency),
	FIELD(shop_order, total),
	FIELD(shop_order, lang),
	FIELD(shop_order, store_key),
};
const struct shape shop_order_shape = SHAPE(shop_order, order_fields);

static const struct field line_fields[] = {
	FIELD(shop_line, order_key),
	FIELD(shop_line, line_key),
	FIELD(shop_line, line_no),
	FIELD(shop_line, product_key),
	FIELD(shop_line, name),
	FIELD(shop_line, sku),
	FIELD(shop_line, qty),
	FIELD(shop_line, unit_price),
	FIELD(shop_line, line_total),
	FIELD(shop_line, options),
};
const struct shape shop_line_shape = SHAPE(shop_line, line_fields);

static const struct field option_fields[] = {
	FIELD(shop_option, order_key),
	FIELD(shop_option, line_key),
	FIELD(shop_option, name),
	FIELD(shop_option, value),
};
const struct shape shop_option_shape = SHAPE(shop_option, option_fields);

static const struct field address_fields[] = {
	FIELD(shop_address, order_key),
	FIELD(shop_address, kind),
	FIELD(shop_address, name),
	FIELD(shop_address, company),
	FIELD(shop_address, line1),
	FIELD(shop_address, line2),
	FIELD(shop_address, city),
	FIELD(shop_address, region),
	FIELD(shop_address, postcode),
	FIELD(shop_address, country),
	FIELD(shop_address, phone),
};
const struct shape shop_address_shape = SHAPE(shop_address, address_fields);

static const struct field shipment_fields[] = {
	FIELD(shop_shipment, order_key),
	FIELD(shop_shipment, shipment_key),
	FIELD(shop_shipment, shipped_at),
	FIELD(shop_shipment, carrier),
	FIELD(shop_shipment, tracking_no),
	FIELD(shop_shipment, tracking_url),
};
const struct shape shop_shipment_shape = SHAPE(shop_shipment, shipment_fields);

static const struct field refund_fields[] = {
	FIELD(shop_refund, order_key),
	FIELD(shop_refund, refund_key),
	FIELD(shop_refund, refunded_at),
	FIELD(shop_refund, amount),
	FIELD(shop_refund, currency),
	FIELD(shop_refund, reason),
};
const struct shape shop_refund_shape = SHAPE(shop_refund, refund_fields);

static const struct field event_fields[] = {
	FIELD(shop_event, order_key),
	FIELD(shop_event, event_key),
	FIELD(shop_event, at),
	FIELD(shop_event, status_name),
	FIELD(shop_event, note),
	FIELD(shop_event, is_public),
};
const struct shape shop_event_shape = SHAPE(shop_event, event_fields);

const char *const shop_views[] = {
	"as_shop_customer", "as_shop_order_index", "as_shop_order",
	"as_shop_order_line", "as_shop_order_line_option",
	"as_shop_order_address", "as_shop_shipment", "as_shop_refund",
	"as_shop_order_event", NULL
};

struct err *store_shop_probe(struct db *db, int i)
{
	struct rows none;

#define PROBE(COLUMNS, SHAPE) \
	db_rows(db, "SELECT " COLUMNS(RAW) " LIMIT 0", &(SHAPE), &none, NO_ARGS)
	switch (i) {
	case 0:
		TRY(PROBE(CUSTOMER, shop_customer_shape));
		return NULL;
	case 1:
		TRY(PROBE(INDEX, shop_index_shape));
		return NULL;
	case 2:
		TRY(PROBE(ORDER, shop_order_shape));
		return NULL;
	case 3:
		TRY(PROBE(LINE, shop_line_shape));
		return NULL;
	case 4:
		TRY(PROBE(OPTION, shop_option_shape));
		return NULL;
	case 5:
		TRY(PROBE(ADDRESS, shop_address_shape));
		return NULL;
	case 6:
		TRY(PROBE(SHIPMENT, shop_shipment_shape));
		return NULL;
	case 7:
		TRY(PROBE(REFUND, shop_refund_shape));
		return NULL;
	case 8:
		TRY(PROBE(EVENT, shop_event_shape));
		return NULL;
	}
#undef PROBE
	return FAIL(db_arena(db), ERR_BUG, "there is no view number %d", i);
}
