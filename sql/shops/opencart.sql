-- OpenCart 3.0.x and 4.x.
-- meta: key=int time=local text=html no_is_key=1
-- Amounts are stored in the base currency with the rate of the day beside
-- them. Status 0 is an order that was never finished.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@customer` AS
SELECT c.customer_id AS customer_key, c.email AS email,
       c.firstname AS first_name, c.lastname AS last_name,
       c.telephone AS phone, CAST(NULL AS CHAR(255)) AS company, l.code AS lang,
       c.status AS is_active, 0 AS is_guest, c.date_added AS created_at,
       c.store_id AS store_key
  FROM `@DB@`.`@PX@customer` c
  LEFT JOIN `@DB@`.`@PX@language` l ON l.language_id = c.language_id;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order` AS
SELECT o.order_id AS order_key, o.order_id AS order_no,
       o.customer_id AS customer_key, o.email AS email,
       TRIM(CONCAT_WS(' ', o.firstname, o.lastname)) AS customer_name,
       o.telephone AS phone, o.date_added AS placed_at,
       o.date_modified AS updated_at,
       o.order_status_id AS status_key, s.name AS status_name,
       CASE o.order_status_id
            WHEN 1 THEN 'new'
            WHEN 2 THEN 'paid' WHEN 15 THEN 'paid'
            WHEN 3 THEN 'shipped'
            WHEN 5 THEN 'done'
            WHEN 7 THEN 'cancelled' WHEN 9 THEN 'cancelled'
            WHEN 14 THEN 'cancelled' WHEN 16 THEN 'cancelled'
            WHEN 11 THEN 'refunded' WHEN 12 THEN 'refunded'
            WHEN 13 THEN 'refunded'
            WHEN 8 THEN 'failed' WHEN 10 THEN 'failed'
            ELSE 'other' END AS status_group,
       o.currency_code AS currency, o.total * o.currency_value AS total,
       l.code AS lang, o.store_id AS store_key
  FROM `@DB@`.`@PX@order` o
  LEFT JOIN `@DB@`.`@PX@order_status` s
       ON s.order_status_id = o.order_status_id AND s.language_id = o.language_id
  LEFT JOIN `@DB@`.`@PX@language` l ON l.language_id = o.language_id
 WHERE o.order_status_id > 0;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_index` AS
SELECT order_key, customer_key, email, placed_at FROM `@VP@order`;
-- price and total are net, tax is the tax on one piece.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_line` AS
SELECT p.order_id AS order_key, p.order_product_id AS line_key,
       p.order_product_id AS line_no, p.product_id AS product_key,
       p.name AS name, p.model AS sku, p.quantity AS qty,
       (p.price + p.tax) * o.currency_value AS unit_price,
       (p.total + p.tax * p.quantity) * o.currency_value AS line_total
  FROM `@DB@`.`@PX@order_product` p
  JOIN `@DB@`.`@PX@order` o ON o.order_id = p.order_id;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_line_option` AS
SELECT x.order_id AS order_key, x.order_product_id AS line_key,
       x.name AS name, x.value AS value
  FROM `@DB@`.`@PX@order_option` x;
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@order_address` AS
SELECT o.order_id AS order_key, 'billing' AS kind,
       TRIM(CONCAT_WS(' ', o.payment_firstname, o.payment_lastname)) AS name,
       o.payment_company AS company, o.payment_address_1 AS line1,
       o.payment_address_2 AS line2, o.payment_city AS city,
       o.payment_zone AS region, o.payment_postcode AS postcode,
       o.payment_country AS country, o.telephone AS phone
  FROM `@DB@`.`@PX@order` o
UNION ALL
SELECT o.order_id, 'shipping',
       TRIM(CONCAT_WS(' ', o.shipping_firstname, o.shipping_lastname)),
       o.shipping_company, o.shipping_address_1, o.shipping_address_2,
       o.shipping_city, o.shipping_zone, o.shipping_postcode,
       o.shipping_country, o.telephone
  FROM `@DB@`.`@PX@order` o;
-- The shop shows a comment to its customer only where notify is set.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_event` AS
SELECT h.order_id AS order_key, h.order_history_id AS event_key,
       h.date_added AS at, s.name AS status_name, h.comment AS note,
       h.notify AS is_public
  FROM `@DB@`.`@PX@order_history` h
  JOIN `@DB@`.`@PX@order` o ON o.order_id = h.order_id
  LEFT JOIN `@DB@`.`@PX@order_status` s
       ON s.order_status_id = h.order_status_id AND s.language_id = o.language_id;
-- Releases 3.0.2 and 3.0.3 only. order.tracking is a marketing code, no parcel.
-- @IF_TABLE@ order_shipment
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@shipment` AS
SELECT s.order_id AS order_key, s.order_shipment_id AS shipment_key,
       s.date_added AS shipped_at,
       COALESCE(c.shipping_courier_name, s.shipping_courier_id) AS carrier,
       s.tracking_number AS tracking_no, CAST(NULL AS CHAR(500)) AS tracking_url
  FROM `@DB@`.`@PX@order_shipment` s
  LEFT JOIN `@DB@`.`@PX@shipping_courier` c
       ON c.shipping_courier_id = s.shipping_courier_id;
-- @END_IF@
