-- The shop of the scenes: plain tables under the nine names of the views.
-- Zoë (101) has two orders, Max (102) one, Gwen ordered twice without an account.
CREATE OR REPLACE DATABASE scene_shop CHARACTER SET utf8mb4;
CREATE TABLE scene_shop.as_shop_customer (
	customer_key BIGINT, email VARCHAR(254), first_name TEXT, last_name TEXT,
	phone TEXT, company TEXT, lang TEXT, is_active INT, is_guest INT,
	created_at DATETIME, store_key BIGINT);
CREATE TABLE scene_shop.as_shop_order_index (
	order_key BIGINT, customer_key BIGINT, email VARCHAR(254),
	placed_at DATETIME(3));
CREATE TABLE scene_shop.as_shop_order (
	order_key BIGINT, order_no VARCHAR(20), customer_key BIGINT,
	email VARCHAR(254), customer_name TEXT, phone TEXT, placed_at DATETIME(3),
	updated_at DATETIME, status_key TEXT, status_name TEXT, status_group TEXT,
	currency CHAR(3), total DECIMAL(26,8), lang TEXT, store_key BIGINT);
CREATE TABLE scene_shop.as_shop_order_line (
	order_key BIGINT, line_key BIGINT, line_no INT, product_key BIGINT,
	name TEXT, sku TEXT, qty DECIMAL(20,4), unit_price DECIMAL(26,8),
	line_total DECIMAL(26,8));
CREATE TABLE scene_shop.as_shop_order_line_option (
	order_key BIGINT, line_key BIGINT, name TEXT, value TEXT);
CREATE TABLE scene_shop.as_shop_order_address (
	order_key BIGINT, kind TEXT, name TEXT, company TEXT, line1 TEXT,
	line2 TEXT, city TEXT, region TEXT, postcode TEXT, country TEXT, phone TEXT);
CREATE TABLE scene_shop.as_shop_shipment (
	order_key BIGINT, shipment_key BIGINT, shipped_at DATETIME, carrier TEXT,
	tracking_no TEXT, tracking_url TEXT);
CREATE TABLE scene_shop.as_shop_refund (
	order_key BIGINT, refund_key BIGINT, refunded_at DATETIME,
	amount DECIMAL(26,8), currency CHAR(3), reason TEXT);
CREATE TABLE scene_shop.as_shop_order_event (
	order_key BIGINT, event_key BIGINT, at DATETIME, status_name TEXT,
	note TEXT, is_public INT);

INSERT INTO scene_shop.as_shop_customer VALUES
	(101, 'zoe@mail.example', 'Zoë', 'Fuchs', NULL, NULL, 'en', 1, 0, '2025-01-01', 0),
	(102, 'max@mail.example', 'Max', 'Muster', NULL, NULL, 'de', 1, 0, '2025-01-01', 0);
INSERT INTO scene_shop.as_shop_order VALUES
	(5001, 'MM-5001', 101, 'zoe@mail.example', 'Zoë Fuchs', NULL,
		'2026-03-02 10:00:00', '2026-03-03 10:00:00', 'sent', 'On its way',
		'shipped', 'EUR', 29.75, 'en', 0),
	(5002, 'MM-5002', 101, 'zoe@mail.example', 'Zoë Fuchs', NULL,
		'2026-03-04 10:00:00', NULL, 'new', 'Received', 'new', 'EUR', 12.50, 'en', 0),
	(6001, 'MM-6001', 102, 'max@mail.example', 'Max Muster', NULL,
		'2026-03-01 10:00:00', NULL, 'new', 'Received', 'new', 'EUR', 8.90, 'de', 0),
	(7001, 'MM-7001', NULL, 'gwen@mail.example', 'Gwen Guest', NULL,
		'2026-03-05 10:00:00', NULL, 'new', 'Received', 'new', 'EUR', 34.00, 'en', 0),
	(7002, 'MM-7002', NULL, 'gwen@mail.example', 'Gwen Guest', NULL,
		'2026-03-06 10:00:00', NULL, 'new', 'Received', 'new', 'EUR', 5.00, 'en', 0);
INSERT INTO scene_shop.as_shop_order_index
	SELECT order_key, customer_key, email, placed_at FROM scene_shop.as_shop_order;
INSERT INTO scene_shop.as_shop_order_line VALUES
	(5001, 1, 1, 11, 'Moka pot <6 cups> & lid', 'MK-011', 1, 23.80, 23.80),
	(5001, 2, 2, 12, 'Cup', 'MK-012', 1, 5.95, 5.95),
	(5002, 3, 1, 13, 'Rye flour', 'ME-001', 2, 6.25, 12.50),
	(6001, 4, 1, 14, 'House blend', 'MK-001', 1, 8.90, 8.90),
	(7001, 5, 1, 11, 'Moka pot', 'MK-011', 1, 34.00, 34.00);
INSERT INTO scene_shop.as_shop_order_event VALUES
	(5001, 1, '2026-03-02 10:00:00', 'Received', 'Thank you!', 1),
	(5001, 2, '2026-03-03 10:00:00', 'Packed', 'Staff-only words', 0);
REPLACE INTO as_shop (id, map, meta_key, meta_time, meta_text, no_is_key, applied_at)
	VALUES ('main', 'scene', 'int', 'utc', 'plain', 0, NOW(6));
