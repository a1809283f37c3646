-- PrestaShop 1.7, 8 and 9.
-- meta: key=int time=local text=plain no_is_key=0
-- A reference is not unique: one cart split over carriers gives several
-- orders that share it. A guest has a row in customer with is_guest = 1.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@customer` AS
SELECT c.id_customer AS customer_key, c.email AS email,
       c.firstname AS first_name, c.lastname AS last_name,
       CAST(NULL AS CHAR(64)) AS phone, c.company AS company,
       l.language_code AS lang, c.active AS is_active, c.is_guest AS is_guest,
       c.date_add AS created_at, c.id_shop AS store_key
  FROM `@DB@`.`@PX@customer` c
  LEFT JOIN `@DB@`.`@PX@lang` l ON l.id_lang = c.id_lang
 WHERE c.deleted = 0;
-- Statuses are the merchant's own; the mail that belongs to one and its marks
-- tell the group.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order` AS
SELECT o.id_order AS order_key, o.reference AS order_no,
       o.id_customer AS customer_key, c.email AS email,
       TRIM(CONCAT_WS(' ', c.firstname, c.lastname)) AS customer_name,
       COALESCE(NULLIF(a.phone_mobile, ''), a.phone) AS phone,
       o.date_add AS placed_at, o.date_upd AS updated_at,
       o.current_state AS status_key, sl.name AS status_name,
       CASE WHEN s.id_order_state IS NULL THEN 'other'
            WHEN sl.template = 'order_canceled' THEN 'cancelled'
            WHEN sl.template = 'refund' THEN 'refunded'
            WHEN sl.template = 'payment_error' THEN 'failed'
            WHEN s.shipped = 1 AND s.send_email = 0 THEN 'done'
            WHEN s.shipped = 1 THEN 'shipped'
            WHEN s.delivery = 1 OR s.paid = 1 THEN 'paid'
            ELSE 'new' END AS status_group,
       cu.iso_code AS currency, o.total_paid_tax_incl AS total,
       l.language_code AS lang, o.id_shop AS store_key
  FROM `@DB@`.`@PX@orders` o
  LEFT JOIN `@DB@`.`@PX@customer` c ON c.id_customer = o.id_customer
  LEFT JOIN `@DB@`.`@PX@address` a ON a.id_address = o.id_address_invoice
  LEFT JOIN `@DB@`.`@PX@order_state` s ON s.id_order_state = o.current_state
  LEFT JOIN `@DB@`.`@PX@order_state_lang` sl
       ON sl.id_order_state = o.current_state AND sl.id_lang = o.id_lang
  LEFT JOIN `@DB@`.`@PX@currency` cu ON cu.id_currency = o.id_currency
  LEFT JOIN `@DB@`.`@PX@lang` l ON l.id_lang = o.id_lang;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_index` AS
SELECT order_key, customer_key, email, placed_at FROM `@VP@order`;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_line` AS
SELECT d.id_order AS order_key, d.id_order_detail AS line_key,
       d.id_order_detail AS line_no, d.product_id AS product_key,
       d.product_name AS name, d.product_reference AS sku,
       d.product_quantity AS qty, d.unit_price_tax_incl AS unit_price,
       d.total_price_tax_incl AS line_total
  FROM `@DB@`.`@PX@order_detail` d;
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@order_address` AS
SELECT o.id_order AS order_key, 'billing' AS kind,
       TRIM(CONCAT_WS(' ', a.firstname, a.lastname)) AS name,
       a.company AS company, a.address1 AS line1, a.address2 AS line2,
       a.city AS city, st.name AS region, a.postcode AS postcode,
       co.iso_code AS country,
       COALESCE(NULLIF(a.phone_mobile, ''), a.phone) AS phone
  FROM `@DB@`.`@PX@orders` o
  JOIN `@DB@`.`@PX@address` a ON a.id_address = o.id_address_invoice
  LEFT JOIN `@DB@`.`@PX@country` co ON co.id_country = a.id_country
  LEFT JOIN `@DB@`.`@PX@state` st ON st.id_state = a.id_state
UNION ALL
SELECT o.id_order, 'shipping', TRIM(CONCAT_WS(' ', a.firstname, a.lastname)),
       a.company, a.address1, a.address2, a.city, st.name, a.postcode,
       co.iso_code, COALESCE(NULLIF(a.phone_mobile, ''), a.phone)
  FROM `@DB@`.`@PX@orders` o
  JOIN `@DB@`.`@PX@address` a ON a.id_address = o.id_address_delivery
  LEFT JOIN `@DB@`.`@PX@country` co ON co.id_country = a.id_country
  LEFT JOIN `@DB@`.`@PX@state` st ON st.id_state = a.id_state;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@shipment` AS
SELECT x.id_order AS order_key, x.id_order_carrier AS shipment_key,
       x.date_add AS shipped_at, k.name AS carrier,
       x.tracking_number AS tracking_no,
       REPLACE(NULLIF(k.url, ''), '@', x.tracking_number) AS tracking_url
  FROM `@DB@`.`@PX@order_carrier` x
  LEFT JOIN `@DB@`.`@PX@carrier` k ON k.id_carrier = x.id_carrier
 WHERE x.tracking_number <> '';
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@refund` AS
SELECT r.id_order AS order_key, r.id_order_slip AS refund_key,
       r.date_add AS refunded_at,
       r.total_products_tax_incl + r.total_shipping_tax_incl AS amount,
       cu.iso_code AS currency, CAST(NULL AS CHAR(500)) AS reason
  FROM `@DB@`.`@PX@order_slip` r
  JOIN `@DB@`.`@PX@orders` o ON o.id_order = r.id_order
  LEFT JOIN `@DB@`.`@PX@currency` cu ON cu.id_currency = o.id_currency;
-- The shop keeps hidden statuses from its customers; so do we.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_event` AS
SELECT h.id_order AS order_key, h.id_order_history AS event_key,
       h.date_add AS at, sl.name AS status_name,
       CAST(NULL AS CHAR(2000)) AS note, IF(s.hidden = 1, 0, 1) AS is_public
  FROM `@DB@`.`@PX@order_history` h
  JOIN `@DB@`.`@PX@orders` o ON o.id_order = h.id_order
  LEFT JOIN `@DB@`.`@PX@order_state` s ON s.id_order_state = h.id_order_state
  LEFT JOIN `@DB@`.`@PX@order_state_lang` sl
       ON sl.id_order_state = h.id_order_state AND sl.id_lang = o.id_lang;
