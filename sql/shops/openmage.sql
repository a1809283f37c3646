-- OpenMage LTS and Magento 1.9.
-- meta: key=int time=utc text=plain no_is_key=0
-- A number (increment_id) is unique only together with its store.
-- Names are attributes of the entity, found by their code.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@customer` AS
SELECT c.entity_id AS customer_key, c.email AS email,
       fn.value AS first_name, ln.value AS last_name,
       CAST(NULL AS CHAR(64)) AS phone, CAST(NULL AS CHAR(255)) AS company,
       COALESCE(cs.value, cd.value) AS lang, c.is_active AS is_active,
       0 AS is_guest, c.created_at AS created_at, c.store_id AS store_key
  FROM `@DB@`.`@PX@customer_entity` c
  LEFT JOIN `@DB@`.`@PX@eav_attribute` fa
       ON fa.entity_type_id = c.entity_type_id AND fa.attribute_code = 'firstname'
  LEFT JOIN `@DB@`.`@PX@customer_entity_varchar` fn
       ON fn.entity_id = c.entity_id AND fn.attribute_id = fa.attribute_id
  LEFT JOIN `@DB@`.`@PX@eav_attribute` la
       ON la.entity_type_id = c.entity_type_id AND la.attribute_code = 'lastname'
  LEFT JOIN `@DB@`.`@PX@customer_entity_varchar` ln
       ON ln.entity_id = c.entity_id AND ln.attribute_id = la.attribute_id
  LEFT JOIN `@DB@`.`@PX@core_config_data` cs
       ON cs.path = 'general/locale/code' AND cs.scope = 'stores'
      AND cs.scope_id = c.store_id
  LEFT JOIN `@DB@`.`@PX@core_config_data` cd
       ON cd.path = 'general/locale/code' AND cd.scope = 'default'
      AND cd.scope_id = 0;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order` AS
SELECT o.entity_id AS order_key, o.increment_id AS order_no,
       o.customer_id AS customer_key, o.customer_email AS email,
       TRIM(CONCAT_WS(' ', COALESCE(o.customer_firstname, a.firstname),
                      COALESCE(o.customer_lastname, a.lastname))) AS customer_name,
       a.telephone AS phone, o.created_at AS placed_at,
       o.updated_at AS updated_at, o.status AS status_key,
       COALESCE(sl.label, s.label, o.status) AS status_name,
       CASE o.state
            WHEN 'new' THEN 'new' WHEN 'pending_payment' THEN 'new'
            WHEN 'payment_review' THEN 'new' WHEN 'holded' THEN 'new'
            WHEN 'processing' THEN 'paid'
            WHEN 'complete' THEN 'done'
            WHEN 'closed' THEN 'refunded'
            WHEN 'canceled' THEN 'cancelled'
            ELSE 'other' END AS status_group,
       o.order_currency_code AS currency, o.grand_total AS total,
       COALESCE(cs.value, cd.value) AS lang, o.store_id AS store_key
  FROM `@DB@`.`@PX@sales_flat_order` o
  LEFT JOIN `@DB@`.`@PX@sales_flat_order_address` a
       ON a.entity_id = o.billing_address_id
  LEFT JOIN `@DB@`.`@PX@sales_order_status` s ON s.status = o.status
  LEFT JOIN `@DB@`.`@PX@sales_order_status_label` sl
       ON sl.status = o.status AND sl.store_id = o.store_id
  LEFT JOIN `@DB@`.`@PX@core_config_data` cs
       ON cs.path = 'general/locale/code' AND cs.scope = 'stores'
      AND cs.scope_id = o.store_id
  LEFT JOIN `@DB@`.`@PX@core_config_data` cd
       ON cd.path = 'general/locale/code' AND cd.scope = 'default'
      AND cd.scope_id = 0;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_index` AS
SELECT order_key, customer_key, email, placed_at FROM `@VP@order`;
-- A configurable product is followed by a child line that repeats it.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_line` AS
SELECT i.order_id AS order_key, i.item_id AS line_key, i.item_id AS line_no,
       i.product_id AS product_key, i.name AS name, i.sku AS sku,
       i.qty_ordered AS qty, COALESCE(i.price_incl_tax, i.price) AS unit_price,
       COALESCE(i.row_total_incl_tax, i.row_total) AS line_total
  FROM `@DB@`.`@PX@sales_flat_order_item` i
 WHERE i.parent_item_id IS NULL;
-- The street is one text, its lines parted by newlines.
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_address` AS
SELECT a.parent_id AS order_key, a.address_type AS kind,
       TRIM(CONCAT_WS(' ', a.firstname, a.lastname)) AS name,
       a.company AS company, SUBSTRING_INDEX(a.street, '\n', 1) AS line1,
       IF(LOCATE('\n', a.street) > 0,
          REPLACE(SUBSTRING(a.street, LOCATE('\n', a.street) + 1), '\n', ', '),
          NULL) AS line2,
       a.city AS city, a.region AS region, a.postcode AS postcode,
       a.country_id AS country, a.telephone AS phone
  FROM `@DB@`.`@PX@sales_flat_order_address` a
 WHERE a.address_type IN ('billing', 'shipping');
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@shipment` AS
SELECT t.order_id AS order_key, t.entity_id AS shipment_key,
       t.created_at AS shipped_at, COALESCE(t.title, t.carrier_code) AS carrier,
       t.track_number AS tracking_no, CAST(NULL AS CHAR(500)) AS tracking_url
  FROM `@DB@`.`@PX@sales_flat_shipment_track` t;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@refund` AS
SELECT r.order_id AS order_key, r.entity_id AS refund_key,
       r.created_at AS refunded_at, r.grand_total AS amount,
       r.order_currency_code AS currency, CAST(NULL AS CHAR(500)) AS reason
  FROM `@DB@`.`@PX@sales_flat_creditmemo` r;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_event` AS
SELECT h.parent_id AS order_key, h.entity_id AS event_key, h.created_at AS at,
       COALESCE(sl.label, s.label, h.status) AS status_name, h.comment AS note,
       h.is_visible_on_front AS is_public
  FROM `@DB@`.`@PX@sales_flat_order_status_history` h
  JOIN `@DB@`.`@PX@sales_flat_order` o ON o.entity_id = h.parent_id
  LEFT JOIN `@DB@`.`@PX@sales_order_status` s ON s.status = h.status
  LEFT JOIN `@DB@`.`@PX@sales_order_status_label` sl
       ON sl.status = h.status AND sl.store_id = o.store_id;
