-- WooCommerce 8 and later with its own order tables ("High-Performance Order
-- Storage").
-- meta: key=int time=utc text=plain no_is_key=1
-- Status labels live in PHP; here stands the English one, and the help desk
-- has its own words for each slug.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order` AS
SELECT o.id AS order_key, o.id AS order_no, o.customer_id AS customer_key,
       o.billing_email AS email,
       TRIM(CONCAT_WS(' ', a.first_name, a.last_name)) AS customer_name,
       a.phone AS phone, o.date_created_gmt AS placed_at,
       o.date_updated_gmt AS updated_at, o.status AS status_key,
       CASE o.status
            WHEN 'wc-pending' THEN 'Pending payment'
            WHEN 'wc-processing' THEN 'Processing'
            WHEN 'wc-on-hold' THEN 'On hold'
            WHEN 'wc-completed' THEN 'Completed'
            WHEN 'wc-cancelled' THEN 'Cancelled'
            WHEN 'wc-refunded' THEN 'Refunded'
            WHEN 'wc-failed' THEN 'Failed'
            ELSE o.status END AS status_name,
       CASE o.status
            WHEN 'wc-pending' THEN 'new' WHEN 'wc-on-hold' THEN 'new'
            WHEN 'wc-processing' THEN 'paid'
            WHEN 'wc-completed' THEN 'done'
            WHEN 'wc-cancelled' THEN 'cancelled'
            WHEN 'wc-refunded' THEN 'refunded'
            WHEN 'wc-failed' THEN 'failed'
            ELSE 'other' END AS status_group,
       o.currency AS currency, o.total_amount AS total,
       CAST(NULL AS CHAR(20)) AS lang, 0 AS store_key
  FROM `@DB@`.`@PX@wc_orders` o
  LEFT JOIN `@DB@`.`@PX@wc_order_addresses` a
       ON a.order_id = o.id AND a.address_type = 'billing'
 WHERE o.type = 'shop_order'
   AND o.status NOT IN ('trash', 'auto-draft', 'draft', 'checkout-draft',
                        'wc-checkout-draft');
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_index` AS
SELECT order_key, customer_key, email, placed_at FROM `@VP@order`;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_address` AS
SELECT a.order_id AS order_key, a.address_type AS kind,
       TRIM(CONCAT_WS(' ', a.first_name, a.last_name)) AS name,
       a.company AS company, a.address_1 AS line1, a.address_2 AS line2,
       a.city AS city, a.state AS region, a.postcode AS postcode,
       a.country AS country, a.phone AS phone
  FROM `@DB@`.`@PX@wc_order_addresses` a
 WHERE a.address_type IN ('billing', 'shipping');
-- A refund is an order of another type with a negative total.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@refund` AS
SELECT r.parent_order_id AS order_key, r.id AS refund_key,
       r.date_created_gmt AS refunded_at, -r.total_amount AS amount,
       r.currency AS currency, m.meta_value AS reason
  FROM `@DB@`.`@PX@wc_orders` r
  LEFT JOIN `@DB@`.`@PX@wc_orders_meta` m
       ON m.order_id = r.id AND m.meta_key = '_refund_reason'
 WHERE r.type = 'shop_order_refund';
-- From here on the text is the same as in woocommerce-legacy.sql.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@customer` AS
SELECT u.ID AS customer_key, u.user_email AS email,
       fn.meta_value AS first_name, ln.meta_value AS last_name,
       ph.meta_value AS phone, co.meta_value AS company, lo.meta_value AS lang,
       1 AS is_active, 0 AS is_guest, u.user_registered AS created_at,
       0 AS store_key
  FROM `@DB@`.`@PX@users` u
  LEFT JOIN `@DB@`.`@PX@usermeta` fn
       ON fn.user_id = u.ID AND fn.meta_key = 'first_name'
  LEFT JOIN `@DB@`.`@PX@usermeta` ln
       ON ln.user_id = u.ID AND ln.meta_key = 'last_name'
  LEFT JOIN `@DB@`.`@PX@usermeta` ph
       ON ph.user_id = u.ID AND ph.meta_key = 'billing_phone'
  LEFT JOIN `@DB@`.`@PX@usermeta` co
       ON co.user_id = u.ID AND co.meta_key = 'billing_company'
  LEFT JOIN `@DB@`.`@PX@usermeta` lo
       ON lo.user_id = u.ID AND lo.meta_key = 'locale';
-- _line_total is net and after discounts, _line_tax the tax on the line.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_line` AS
SELECT i.order_id AS order_key, i.order_item_id AS line_key,
       i.order_item_id AS line_no, p.meta_value AS product_key,
       i.order_item_name AS name, s.meta_value AS sku,
       CAST(q.meta_value AS DECIMAL(20,4)) AS qty,
       (CAST(t.meta_value AS DECIMAL(26,8))
        + CAST(COALESCE(x.meta_value, '0') AS DECIMAL(26,8)))
        / NULLIF(CAST(q.meta_value AS DECIMAL(20,4)), 0) AS unit_price,
       CAST(t.meta_value AS DECIMAL(26,8))
        + CAST(COALESCE(x.meta_value, '0') AS DECIMAL(26,8)) AS line_total
  FROM `@DB@`.`@PX@woocommerce_order_items` i
  LEFT JOIN `@DB@`.`@PX@woocommerce_order_itemmeta` p
       ON p.order_item_id = i.order_item_id AND p.meta_key = '_product_id'
  LEFT JOIN `@DB@`.`@PX@woocommerce_order_itemmeta` v
       ON v.order_item_id = i.order_item_id AND v.meta_key = '_variation_id'
  LEFT JOIN `@DB@`.`@PX@woocommerce_order_itemmeta` q
       ON q.order_item_id = i.order_item_id AND q.meta_key = '_qty'
  LEFT JOIN `@DB@`.`@PX@woocommerce_order_itemmeta` t
       ON t.order_item_id = i.order_item_id AND t.meta_key = '_line_total'
  LEFT JOIN `@DB@`.`@PX@woocommerce_order_itemmeta` x
       ON x.order_item_id = i.order_item_id AND x.meta_key = '_line_tax'
  LEFT JOIN `@DB@`.`@PX@postmeta` s
       ON s.post_id = CAST(COALESCE(NULLIF(v.meta_value, '0'), p.meta_value) AS UNSIGNED)
      AND s.meta_key = '_sku'
 WHERE i.order_item_type = 'line_item';
-- Names with an underscore in front are the program's own notes, and lists
-- are stored in PHP's own form, which is no text for people.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_line_option` AS
SELECT i.order_id AS order_key, i.order_item_id AS line_key,
       IF(LEFT(m.meta_key, 3) = 'pa_', SUBSTRING(m.meta_key, 4), m.meta_key) AS name,
       m.meta_value AS value
  FROM `@DB@`.`@PX@woocommerce_order_items` i
  JOIN `@DB@`.`@PX@woocommerce_order_itemmeta` m
       ON m.order_item_id = i.order_item_id
 WHERE i.order_item_type = 'line_item' AND LEFT(m.meta_key, 1) <> '_'
   AND m.meta_value NOT LIKE 'a:%:{%';
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_event` AS
SELECT c.comment_post_ID AS order_key, c.comment_ID AS event_key,
       c.comment_date_gmt AS at, CAST(NULL AS CHAR(100)) AS status_name,
       c.comment_content AS note, IF(m.meta_value = '1', 1, 0) AS is_public
  FROM `@DB@`.`@PX@comments` c
  LEFT JOIN `@DB@`.`@PX@commentmeta` m
       ON m.comment_id = c.comment_ID AND m.meta_key = 'is_customer_note'
 WHERE c.comment_type = 'order_note';
-- WooCommerce 10.1 and later with order fulfilments switched on. The values
-- are JSON texts with escaped slashes.
-- @IF_TABLE@ wc_order_fulfillments
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@shipment` AS
SELECT f.entity_id AS order_key, f.fulfillment_id AS shipment_key,
       f.date_updated AS shipped_at, JSON_UNQUOTE(pr.meta_value) AS carrier,
       JSON_UNQUOTE(tn.meta_value) AS tracking_no,
       JSON_UNQUOTE(tu.meta_value) AS tracking_url
  FROM `@DB@`.`@PX@wc_order_fulfillments` f
  LEFT JOIN `@DB@`.`@PX@wc_order_fulfillment_meta` pr
       ON pr.fulfillment_id = f.fulfillment_id
      AND pr.meta_key = '_shipment_provider' AND pr.date_deleted IS NULL
  LEFT JOIN `@DB@`.`@PX@wc_order_fulfillment_meta` tn
       ON tn.fulfillment_id = f.fulfillment_id
      AND tn.meta_key = '_tracking_number' AND tn.date_deleted IS NULL
  LEFT JOIN `@DB@`.`@PX@wc_order_fulfillment_meta` tu
       ON tu.fulfillment_id = f.fulfillment_id
      AND tu.meta_key = '_tracking_url' AND tu.date_deleted IS NULL
 WHERE f.date_deleted IS NULL AND f.is_fulfilled = 1;
-- @END_IF@
