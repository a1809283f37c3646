-- Drupal Commerce 2 and 3.
-- meta: key=int time=utc text=plain no_is_key=0
-- Times are seconds since 1970; adding them to that day in UTC keeps the
-- session's time zone out of it. User 0 is everybody without an account.
-- Labels of states live in YAML, so the state's own name is shown.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@customer` AS
SELECT u.uid AS customer_key, u.mail AS email,
       CAST(NULL AS CHAR(255)) AS first_name, u.name AS last_name,
       CAST(NULL AS CHAR(64)) AS phone, CAST(NULL AS CHAR(255)) AS company,
       u.preferred_langcode AS lang, u.status AS is_active, 0 AS is_guest,
       TIMESTAMP '1970-01-01 00:00:00' + INTERVAL u.created SECOND AS created_at,
       0 AS store_key
  FROM `@DB@`.`@PX@users_field_data` u
 WHERE u.uid > 0 AND u.default_langcode = 1;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order` AS
SELECT o.order_id AS order_key, o.order_number AS order_no,
       o.uid AS customer_key, o.mail AS email,
       TRIM(CONCAT_WS(' ', a.address_given_name, a.address_family_name)) AS customer_name,
       CAST(NULL AS CHAR(64)) AS phone,
       TIMESTAMP '1970-01-01 00:00:00' + INTERVAL o.placed SECOND AS placed_at,
       TIMESTAMP '1970-01-01 00:00:00' + INTERVAL o.changed SECOND AS updated_at,
       o.state AS status_key,
       CONCAT(UPPER(LEFT(o.state, 1)), SUBSTRING(o.state, 2)) AS status_name,
       CASE o.state
            WHEN 'validation' THEN 'new'
            WHEN 'fulfillment' THEN 'paid'
            WHEN 'completed' THEN 'done'
            WHEN 'canceled' THEN 'cancelled'
            ELSE 'other' END AS status_group,
       o.total_price__currency_code AS currency, o.total_price__number AS total,
       u.preferred_langcode AS lang, o.store_id AS store_key
  FROM `@DB@`.`@PX@commerce_order` o
  LEFT JOIN `@DB@`.`@PX@users_field_data` u
       ON u.uid = o.uid AND u.default_langcode = 1
  LEFT JOIN `@DB@`.`@PX@profile_revision__address` a
       ON a.entity_id = o.billing_profile__target_id
      AND a.revision_id = o.billing_profile__target_revision_id AND a.delta = 0
 WHERE o.placed IS NOT NULL AND o.state <> 'draft';
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_index` AS
SELECT order_key, customer_key, email, placed_at FROM `@VP@order`;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_line` AS
SELECT i.order_id AS order_key, i.order_item_id AS line_key,
       i.order_item_id AS line_no, i.purchased_entity AS product_key,
       i.title AS name, v.sku AS sku, i.quantity AS qty,
       i.unit_price__number AS unit_price, i.total_price__number AS line_total
  FROM `@DB@`.`@PX@commerce_order_item` i
  LEFT JOIN `@DB@`.`@PX@commerce_product_variation_field_data` v
       ON v.variation_id = i.purchased_entity AND v.default_langcode = 1;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_address` AS
SELECT o.order_id AS order_key, 'billing' AS kind,
       TRIM(CONCAT_WS(' ', a.address_given_name, a.address_family_name)) AS name,
       a.address_organization AS company, a.address_address_line1 AS line1,
       a.address_address_line2 AS line2, a.address_locality AS city,
       a.address_administrative_area AS region,
       a.address_postal_code AS postcode, a.address_country_code AS country,
       CAST(NULL AS CHAR(64)) AS phone
  FROM `@DB@`.`@PX@commerce_order` o
  JOIN `@DB@`.`@PX@profile_revision__address` a
       ON a.entity_id = o.billing_profile__target_id
      AND a.revision_id = o.billing_profile__target_revision_id AND a.delta = 0;
-- With the module commerce_shipping there are parcels, and the address of
-- each parcel is one more profile.
-- @IF_TABLE@ commerce_shipment
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@shipment` AS
SELECT s.order_id AS order_key, s.shipment_id AS shipment_key,
       TIMESTAMP '1970-01-01 00:00:00' + INTERVAL s.changed SECOND AS shipped_at,
       s.title AS carrier, s.tracking_code AS tracking_no,
       CAST(NULL AS CHAR(500)) AS tracking_url
  FROM `@DB@`.`@PX@commerce_shipment` s
 WHERE s.tracking_code IS NOT NULL AND s.tracking_code <> '';
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@order_address` AS
SELECT o.order_id AS order_key, 'billing' AS kind,
       TRIM(CONCAT_WS(' ', a.address_given_name, a.address_family_name)) AS name,
       a.address_organization AS company, a.address_address_line1 AS line1,
       a.address_address_line2 AS line2, a.address_locality AS city,
       a.address_administrative_area AS region,
       a.address_postal_code AS postcode, a.address_country_code AS country,
       CAST(NULL AS CHAR(64)) AS phone
  FROM `@DB@`.`@PX@commerce_order` o
  JOIN `@DB@`.`@PX@profile_revision__address` a
       ON a.entity_id = o.billing_profile__target_id
      AND a.revision_id = o.billing_profile__target_revision_id AND a.delta = 0
UNION ALL
SELECT s.order_id, 'shipping',
       TRIM(CONCAT_WS(' ', a.address_given_name, a.address_family_name)),
       a.address_organization, a.address_address_line1, a.address_address_line2,
       a.address_locality, a.address_administrative_area, a.address_postal_code,
       a.address_country_code, CAST(NULL AS CHAR(64))
  FROM `@DB@`.`@PX@commerce_shipment` s
  JOIN `@DB@`.`@PX@profile_revision__address` a
       ON a.entity_id = s.shipping_profile__target_id
      AND a.revision_id = s.shipping_profile__target_revision_id AND a.delta = 0;
-- @END_IF@
-- Module commerce_payment. The day of a refund is not kept; the payment's is.
-- @IF_TABLE@ commerce_payment
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@refund` AS
SELECT p.order_id AS order_key, p.payment_id AS refund_key,
       TIMESTAMP '1970-01-01 00:00:00' + INTERVAL p.completed SECOND AS refunded_at,
       p.refunded_amount__number AS amount,
       p.refunded_amount__currency_code AS currency,
       CAST(NULL AS CHAR(500)) AS reason
  FROM `@DB@`.`@PX@commerce_payment` p
 WHERE p.refunded_amount__number > 0;
-- @END_IF@
