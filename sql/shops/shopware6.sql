-- Shopware 6.4 to 6.7.
-- meta: key=bin16 time=utc text=plain no_is_key=0
-- Keys are BINARY(16). Orders have versions; the live one carries the
-- constant 0FA9.... Names fall back to the system language, 2FBB....
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@customer` AS
SELECT c.id AS customer_key, c.email AS email, c.first_name AS first_name,
       c.last_name AS last_name, a.phone_number AS phone, c.company AS company,
       lc.code AS lang, c.active AS is_active, c.guest AS is_guest,
       c.created_at AS created_at, c.sales_channel_id AS store_key
  FROM `@DB@`.`@PX@customer` c
  LEFT JOIN `@DB@`.`@PX@customer_address` a ON a.id = c.default_billing_address_id
  LEFT JOIN `@DB@`.`@PX@language` l ON l.id = c.language_id
  LEFT JOIN `@DB@`.`@PX@locale` lc ON lc.id = l.locale_id;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order` AS
SELECT o.id AS order_key, o.order_number AS order_no,
       k.customer_id AS customer_key, k.email AS email,
       TRIM(CONCAT_WS(' ', k.first_name, k.last_name)) AS customer_name,
       a.phone_number AS phone, o.order_date_time AS placed_at,
       COALESCE(o.updated_at, o.created_at) AS updated_at,
       s.technical_name AS status_key,
       COALESCE(st.name, sy.name, s.technical_name) AS status_name,
       CASE s.technical_name
            WHEN 'open' THEN 'new'
            WHEN 'in_progress' THEN 'paid'
            WHEN 'completed' THEN 'done'
            WHEN 'cancelled' THEN 'cancelled'
            ELSE 'other' END AS status_group,
       cu.iso_code AS currency, CAST(o.amount_total AS DECIMAL(26,8)) AS total,
       lc.code AS lang, o.sales_channel_id AS store_key
  FROM `@DB@`.`@PX@order` o
  LEFT JOIN `@DB@`.`@PX@order_customer` k
       ON k.order_id = o.id AND k.order_version_id = o.version_id
      AND k.version_id = o.version_id
  LEFT JOIN `@DB@`.`@PX@order_address` a
       ON a.id = o.billing_address_id AND a.version_id = o.billing_address_version_id
  LEFT JOIN `@DB@`.`@PX@state_machine_state` s ON s.id = o.state_id
  LEFT JOIN `@DB@`.`@PX@state_machine_state_translation` st
       ON st.state_machine_state_id = s.id AND st.language_id = o.language_id
  LEFT JOIN `@DB@`.`@PX@state_machine_state_translation` sy
       ON sy.state_machine_state_id = s.id
      AND sy.language_id = UNHEX('2FBB5FE2E29A4D70AA5854CE7CE3E20B')
  LEFT JOIN `@DB@`.`@PX@currency` cu ON cu.id = o.currency_id
  LEFT JOIN `@DB@`.`@PX@language` l ON l.id = o.language_id
  LEFT JOIN `@DB@`.`@PX@locale` lc ON lc.id = l.locale_id
 WHERE o.version_id = UNHEX('0FA91CE3E96A4BC2BE4BD9CE752C3425');
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_index` AS
SELECT order_key, customer_key, email, placed_at FROM `@VP@order`;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_line` AS
SELECT i.order_id AS order_key, i.id AS line_key, i.position AS line_no,
       i.product_id AS product_key, i.label AS name,
       JSON_UNQUOTE(JSON_EXTRACT(i.payload, '$.productNumber')) AS sku,
       i.quantity AS qty, CAST(i.unit_price AS DECIMAL(26,8)) AS unit_price,
       CAST(i.total_price AS DECIMAL(26,8)) AS line_total
  FROM `@DB@`.`@PX@order_line_item` i
 WHERE i.version_id = UNHEX('0FA91CE3E96A4BC2BE4BD9CE752C3425')
   AND i.parent_id IS NULL
   AND COALESCE(i.type, 'product') NOT IN ('promotion', 'discount', 'credit');
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@order_line_option` AS
SELECT i.order_id AS order_key, i.id AS line_key, j.name AS name, j.value AS value
  FROM `@DB@`.`@PX@order_line_item` i
  JOIN JSON_TABLE(i.payload, '$.options[*]' COLUMNS (
         name VARCHAR(255) PATH '$.group', value VARCHAR(255) PATH '$.option')) j
 WHERE i.version_id = UNHEX('0FA91CE3E96A4BC2BE4BD9CE752C3425')
   AND i.parent_id IS NULL;
-- Where both addresses are one row, only billing has it.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_address` AS
SELECT a.order_id AS order_key,
       IF(a.id = o.billing_address_id, 'billing', 'shipping') AS kind,
       TRIM(CONCAT_WS(' ', a.first_name, a.last_name)) AS name,
       a.company AS company, a.street AS line1,
       a.additional_address_line1 AS line2, a.city AS city,
       CAST(NULL AS CHAR(255)) AS region, a.zipcode AS postcode,
       c.iso AS country, a.phone_number AS phone
  FROM `@DB@`.`@PX@order_address` a
  JOIN `@DB@`.`@PX@order` o ON o.id = a.order_id AND o.version_id = a.order_version_id
  LEFT JOIN `@DB@`.`@PX@country` c ON c.id = a.country_id
 WHERE a.version_id = UNHEX('0FA91CE3E96A4BC2BE4BD9CE752C3425');
-- One delivery may carry several parcel numbers, which then share its key.
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@shipment` AS
SELECT d.order_id AS order_key, d.id AS shipment_key,
       COALESCE(d.updated_at, d.created_at) AS shipped_at,
       COALESCE(mt.name, my.name) AS carrier, j.code AS tracking_no,
       REPLACE(COALESCE(mt.tracking_url, my.tracking_url), '%s',
               CONVERT(j.code USING utf8mb4) COLLATE utf8mb4_unicode_ci) AS tracking_url
  FROM `@DB@`.`@PX@order_delivery` d
  JOIN `@DB@`.`@PX@order` o ON o.id = d.order_id AND o.version_id = d.order_version_id
  JOIN JSON_TABLE(d.tracking_codes, '$[*]' COLUMNS (code VARCHAR(255) PATH '$')) j
  LEFT JOIN `@DB@`.`@PX@shipping_method_translation` mt
       ON mt.shipping_method_id = d.shipping_method_id
      AND mt.language_id = o.language_id
  LEFT JOIN `@DB@`.`@PX@shipping_method_translation` my
       ON my.shipping_method_id = d.shipping_method_id
      AND my.language_id = UNHEX('2FBB5FE2E29A4D70AA5854CE7CE3E20B')
 WHERE d.version_id = UNHEX('0FA91CE3E96A4BC2BE4BD9CE752C3425');
-- 6.4.12 and later, for payment methods that report their refunds.
-- @IF_TABLE@ order_transaction_capture_refund
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@refund` AS
SELECT t.order_id AS order_key, r.id AS refund_key, r.created_at AS refunded_at,
       CAST(JSON_VALUE(r.amount, '$.totalPrice') AS DECIMAL(26,8)) AS amount,
       cu.iso_code AS currency, r.reason AS reason
  FROM `@DB@`.`@PX@order_transaction` t
  JOIN `@DB@`.`@PX@order_transaction_capture` c
       ON c.order_transaction_id = t.id AND c.version_id = t.version_id
  JOIN `@DB@`.`@PX@order_transaction_capture_refund` r
       ON r.capture_id = c.id AND r.version_id = c.version_id
  JOIN `@DB@`.`@PX@state_machine_state` s ON s.id = r.state_id
  JOIN `@DB@`.`@PX@order` o ON o.id = t.order_id AND o.version_id = t.order_version_id
  LEFT JOIN `@DB@`.`@PX@currency` cu ON cu.id = o.currency_id
 WHERE t.version_id = UNHEX('0FA91CE3E96A4BC2BE4BD9CE752C3425')
   AND s.technical_name = 'completed';
-- @END_IF@
