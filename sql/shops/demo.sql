-- The demo's own shop, made by tests/demo/world.py: "Mokka & Mehl".
-- meta: key=int time=utc text=plain no_is_key=0
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@customer` AS
SELECT s.id AS customer_key, s.mail AS email, s.given AS first_name,
       s.family AS last_name, s.phone AS phone,
       s.firm AS company, s.tongue AS lang, s.open_account AS is_active,
       0 AS is_guest, s.since AS created_at, 0 AS store_key
  FROM `@DB@`.`@PX@shopper` s;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_index` AS
SELECT p.id AS order_key, p.shopper_id AS customer_key, p.mail AS email,
       p.placed AS placed_at
  FROM `@DB@`.`@PX@purchase` p;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order` AS
SELECT p.id AS order_key, p.number AS order_no, p.shopper_id AS customer_key,
       p.mail AS email,
       p.full_name AS customer_name, p.phone AS phone, p.placed AS placed_at,
       p.touched AS updated_at,
       p.stage AS status_key, g.label AS status_name, g.kind AS status_group,
       p.currency AS currency, p.total AS total, p.tongue AS lang,
       0 AS store_key
  FROM `@DB@`.`@PX@purchase` p
  LEFT JOIN `@DB@`.`@PX@stage` g ON g.code = p.stage;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_line` AS
SELECT l.purchase_id AS order_key, l.id AS line_key, l.place AS line_no,
       l.article AS product_key, l.name AS name,
       l.sku AS sku, l.pieces AS qty, l.each_price AS unit_price,
       l.each_price * l.pieces AS line_total
  FROM `@DB@`.`@PX@purchase_line` l;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_line_option` AS
SELECT c.purchase_id AS order_key, c.line_id AS line_key, c.question AS name,
       c.answer AS value
  FROM `@DB@`.`@PX@line_choice` c;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_address` AS
SELECT a.purchase_id AS order_key, a.role AS kind, a.name AS name,
       a.firm AS company, a.street AS line1, a.extra AS line2,
       a.town AS city, a.region AS region, a.code AS postcode,
       a.country AS country, p.phone AS phone
  FROM `@DB@`.`@PX@purchase_address` a
  JOIN `@DB@`.`@PX@purchase` p ON p.id = a.purchase_id;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@shipment` AS
SELECT b.purchase_id AS order_key, b.id AS shipment_key, b.sent AS shipped_at,
       b.carrier AS carrier,
       b.code AS tracking_no, b.follow AS tracking_url
  FROM `@DB@`.`@PX@parcel` b;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@refund` AS
SELECT m.purchase_id AS order_key, m.id AS refund_key, m.at AS refunded_at,
       m.amount AS amount,
       p.currency AS currency, m.why AS reason
  FROM `@DB@`.`@PX@money_back` m
  JOIN `@DB@`.`@PX@purchase` p ON p.id = m.purchase_id;
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY @SEC@ VIEW `@VP@order_event` AS
SELECT d.purchase_id AS order_key, d.id AS event_key, d.at AS at,
       g.label AS status_name, d.words AS note, d.told AS is_public
  FROM `@DB@`.`@PX@diary` d
  LEFT JOIN `@DB@`.`@PX@stage` g ON g.code = d.stage;
