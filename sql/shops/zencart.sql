-- Zen Cart 1.5.7 and later, and 2.x.
-- meta: key=int time=local text=plain no_is_key=1
-- Amounts are stored in the base currency with the rate of the day beside
-- them. @LANG_ID@ is the language of statuses where an order names none.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@customer` AS
SELECT c.customers_id AS customer_key, c.customers_email_address AS email,
       c.customers_firstname AS first_name, c.customers_lastname AS last_name,
       c.customers_telephone AS phone, b.entry_company AS company,
       CAST(NULL AS CHAR(10)) AS lang,
       IF(c.customers_authorization = 4, 0, 1) AS is_active, 0 AS is_guest,
       i.customers_info_date_account_created AS created_at, 0 AS store_key
  FROM `@DB@`.`@PX@customers` c
  LEFT JOIN `@DB@`.`@PX@customers_info` i ON i.customers_info_id = c.customers_id
  LEFT JOIN `@DB@`.`@PX@address_book` b
       ON b.address_book_id = c.customers_default_address_id;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order` AS
SELECT o.orders_id AS order_key, o.orders_id AS order_no,
       o.customers_id AS customer_key, o.customers_email_address AS email,
       o.customers_name AS customer_name, o.customers_telephone AS phone,
       o.date_purchased AS placed_at,
       COALESCE(o.last_modified, o.date_purchased) AS updated_at,
       o.orders_status AS status_key, s.orders_status_name AS status_name,
       CASE o.orders_status
            WHEN 1 THEN 'new'
            WHEN 2 THEN 'paid'
            WHEN 3 THEN 'shipped'
            ELSE 'other' END AS status_group,
       o.currency AS currency, o.order_total * COALESCE(o.currency_value, 1) AS total,
       o.language_code AS lang, 0 AS store_key
  FROM `@DB@`.`@PX@orders` o
  LEFT JOIN `@DB@`.`@PX@languages` l ON l.code = o.language_code
  LEFT JOIN `@DB@`.`@PX@orders_status` s
       ON s.orders_status_id = o.orders_status
      AND s.language_id = COALESCE(l.languages_id, @LANG_ID@);
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_index` AS
SELECT order_key, customer_key, email, placed_at FROM `@VP@order`;
-- products_tax is a percentage, and a charge made once is taxed like the line.
-- A quantity is stored as FLOAT, which would blur the sum.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_line` AS
SELECT p.orders_id AS order_key, p.orders_products_id AS line_key,
       p.orders_products_id AS line_no, p.products_id AS product_key,
       p.products_name AS name, p.products_model AS sku,
       p.products_quantity AS qty,
       p.final_price * (1 + p.products_tax / 100)
         * COALESCE(o.currency_value, 1) AS unit_price,
       (p.final_price * CAST(p.products_quantity AS DECIMAL(20,4)) + p.onetime_charges)
         * (1 + p.products_tax / 100)
         * COALESCE(o.currency_value, 1) AS line_total
  FROM `@DB@`.`@PX@orders_products` p
  JOIN `@DB@`.`@PX@orders` o ON o.orders_id = p.orders_id;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_line_option` AS
SELECT a.orders_id AS order_key, a.orders_products_id AS line_key,
       a.products_options AS name, a.products_options_values AS value
  FROM `@DB@`.`@PX@orders_products_attributes` a;
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@order_address` AS
SELECT o.orders_id AS order_key, 'billing' AS kind, o.billing_name AS name,
       o.billing_company AS company, o.billing_street_address AS line1,
       o.billing_suburb AS line2, o.billing_city AS city,
       o.billing_state AS region, o.billing_postcode AS postcode,
       o.billing_country AS country, o.customers_telephone AS phone
  FROM `@DB@`.`@PX@orders` o
UNION ALL
SELECT o.orders_id, 'shipping', o.delivery_name, o.delivery_company,
       o.delivery_street_address, o.delivery_suburb, o.delivery_city,
       o.delivery_state, o.delivery_postcode, o.delivery_country,
       o.customers_telephone
  FROM `@DB@`.`@PX@orders` o;
-- customer_notified: 1 mailed, 0 shown but not mailed, -1 hidden.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_event` AS
SELECT h.orders_id AS order_key, h.orders_status_history_id AS event_key,
       h.date_added AS at, s.orders_status_name AS status_name,
       h.comments AS note, IF(h.customer_notified >= 0, 1, 0) AS is_public
  FROM `@DB@`.`@PX@orders_status_history` h
  JOIN `@DB@`.`@PX@orders` o ON o.orders_id = h.orders_id
  LEFT JOIN `@DB@`.`@PX@languages` l ON l.code = o.language_code
  LEFT JOIN `@DB@`.`@PX@orders_status` s
       ON s.orders_status_id = h.orders_status_id
      AND s.language_id = COALESCE(l.languages_id, @LANG_ID@);
