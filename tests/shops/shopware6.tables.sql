SET @live = UNHEX('0FA91CE3E96A4BC2BE4BD9CE752C3425');
SET @draft = UNHEX('00000000000000000000000000000001');
SET @system = UNHEX('2FBB5FE2E29A4D70AA5854CE7CE3E20B');
SET @german = UNHEX('DE000000000000000000000000000000');
SET @channel = UNHEX('CA000000000000000000000000000000');
SET @ann = UNHEX('A0000000000000000000000000000007');
SET @gus = UNHEX('A0000000000000000000000000000008');
SET @o101 = UNHEX('01000000000000000000000000000101');
SET @o102 = UNHEX('01000000000000000000000000000102');
CREATE TABLE locale (id BINARY(16) PRIMARY KEY, code VARCHAR(255));
INSERT INTO locale VALUES (@system, 'en-GB'), (@german, 'de-DE');
CREATE TABLE language (id BINARY(16) PRIMARY KEY, locale_id BINARY(16));
INSERT INTO language VALUES (@system, @system), (@german, @german);
CREATE TABLE currency (id BINARY(16) PRIMARY KEY, iso_code CHAR(3));
INSERT INTO currency VALUES (1, 'EUR'), (2, 'USD');
CREATE TABLE country (id BINARY(16) PRIMARY KEY, iso VARCHAR(255));
INSERT INTO country VALUES (1, 'DE'), (2, 'US');
CREATE TABLE customer_address (id BINARY(16) PRIMARY KEY, phone_number VARCHAR(40));
INSERT INTO customer_address VALUES (1, '030 1');
CREATE TABLE customer (id BINARY(16) PRIMARY KEY, email VARCHAR(254), first_name VARCHAR(255), last_name VARCHAR(255), company VARCHAR(255),
	active TINYINT, guest TINYINT, language_id BINARY(16), default_billing_address_id BINARY(16), sales_channel_id BINARY(16), created_at DATETIME(3));
INSERT INTO customer VALUES
(@ann, 'ann@mail.example', 'Ann', 'Berg', 'Berg & Co', 1, 0, @german, 1, @channel, '2026-01-02 03:04:05.006'),
(@gus, 'gus@mail.example', 'Gus', 'Öst', NULL, 1, 1, @system, NULL, @channel, '2026-03-03 12:00:00');
CREATE TABLE state_machine_state (id BINARY(16) PRIMARY KEY, technical_name VARCHAR(255));
INSERT INTO state_machine_state VALUES (1, 'open'), (2, 'completed'), (3, 'in_progress');
CREATE TABLE state_machine_state_translation (state_machine_state_id BINARY(16), language_id BINARY(16), name VARCHAR(255));
INSERT INTO state_machine_state_translation VALUES (1, @system, 'Open'), (2, @system, 'Done'), (2, @german, 'Abgeschlossen');
CREATE TABLE `order` (id BINARY(16), version_id BINARY(16), order_number VARCHAR(64), state_id BINARY(16), currency_id BINARY(16), language_id BINARY(16),
	billing_address_id BINARY(16), billing_address_version_id BINARY(16), sales_channel_id BINARY(16), amount_total DOUBLE,
	order_date_time DATETIME(3), created_at DATETIME(3), updated_at DATETIME(3), PRIMARY KEY (id, version_id));
INSERT INTO `order` VALUES
(@o101, @live, '10001', 2, 1, @german, 1, @live, @channel, 29.75, '2026-03-01 10:00:00', '2026-03-01 10:00:00', '2026-03-02 11:00:00'),
(@o101, @draft, '10001', 1, 1, @german, 1, @draft, @channel, 99, '2026-03-01 10:00:00', '2026-03-01 10:00:00', NULL),
(@o102, @live, '10002', 1, 2, @system, 3, @live, @channel, 22, '2026-03-03 12:00:00', '2026-03-03 12:00:00', NULL);
CREATE TABLE order_customer (id BINARY(16), version_id BINARY(16), order_id BINARY(16), order_version_id BINARY(16), customer_id BINARY(16),
	email VARCHAR(254), first_name VARCHAR(255), last_name VARCHAR(255), PRIMARY KEY (id, version_id));
INSERT INTO order_customer VALUES
(1, @live, @o101, @live, @ann, 'ann@mail.example', 'Ann', 'Berg'), (1, @draft, @o101, @draft, @ann, 'ann@mail.example', 'Ann', 'Berg'),
(2, @live, @o102, @live, NULL, 'gus@mail.example', 'Gus', 'Öst');
CREATE TABLE order_address (id BINARY(16), version_id BINARY(16), order_id BINARY(16), order_version_id BINARY(16), country_id BINARY(16),
	company VARCHAR(255), first_name VARCHAR(255), last_name VARCHAR(255), street VARCHAR(255), additional_address_line1 VARCHAR(255),
	zipcode VARCHAR(50), city VARCHAR(70), phone_number VARCHAR(40), PRIMARY KEY (id, version_id));
INSERT INTO order_address VALUES
(1, @live, @o101, @live, 1, 'Berg & Co', 'Ann', 'Berg', 'Allee 1', NULL, '53111', 'Bonn', '030 1'),
(2, @live, @o101, @live, 1, NULL, 'Ann', 'Berg', 'Hof 2', 'Tor 3', '53111', 'Bonn', NULL),
(1, @draft, @o101, @draft, 1, NULL, 'Ann', 'Berg', 'Moved', NULL, '53111', 'Bonn', NULL),
(3, @live, @o102, @live, 2, NULL, 'Gus', 'Öst', 'Road 5', NULL, '12180', 'Troy', '040 2');
CREATE TABLE order_line_item (id BINARY(16), version_id BINARY(16), order_id BINARY(16), parent_id BINARY(16), product_id BINARY(16), position INT,
	label VARCHAR(255), type VARCHAR(255), quantity INT, unit_price DOUBLE, total_price DOUBLE, payload LONGTEXT, PRIMARY KEY (id, version_id));
INSERT INTO order_line_item VALUES
(1, @live, @o101, NULL, 31, 1, 'Teapot', 'product', 2, 11.9, 23.8, '{"productNumber":"TP-R","options":[{"group":"Colour","option":"Red"},{"group":"Lid","option":"Yes"}]}'),
(2, @live, @o101, NULL, 32, 2, 'Cup', NULL, 1, 5.95, 5.95, '{"productNumber":"CU-1","options":[]}'),
(3, @live, @o101, NULL, NULL, 3, 'Spring', 'promotion', 1, -1, -1, '{}'),
(4, @live, @o102, NULL, 32, 1, 'Cup', 'product', 4, 5.5, 22, NULL);
CREATE TABLE shipping_method_translation (shipping_method_id BINARY(16), language_id BINARY(16), name VARCHAR(255), tracking_url LONGTEXT) COLLATE utf8mb4_unicode_ci;
INSERT INTO shipping_method_translation VALUES (1, @system, 'Pigeon', 'https://pigeon.example/%s');
CREATE TABLE order_delivery (id BINARY(16), version_id BINARY(16), order_id BINARY(16), order_version_id BINARY(16), shipping_method_id BINARY(16),
	tracking_codes LONGTEXT, created_at DATETIME(3), updated_at DATETIME(3), PRIMARY KEY (id, version_id));
INSERT INTO order_delivery VALUES
(1, @live, @o101, @live, 1, '["P-1","P-2"]', '2026-03-01 10:00:00', '2026-03-02 11:00:00'), (2, @live, @o102, @live, 1, '[]', '2026-03-03 12:00:00', NULL);
CREATE TABLE order_transaction (id BINARY(16), version_id BINARY(16), order_id BINARY(16), order_version_id BINARY(16), PRIMARY KEY (id, version_id));
INSERT INTO order_transaction VALUES (1, @live, @o102, @live);
CREATE TABLE order_transaction_capture (id BINARY(16), version_id BINARY(16), order_transaction_id BINARY(16), PRIMARY KEY (id, version_id));
INSERT INTO order_transaction_capture VALUES (1, @live, 1);
CREATE TABLE order_transaction_capture_refund (id BINARY(16), version_id BINARY(16), capture_id BINARY(16), state_id BINARY(16), reason VARCHAR(255), amount LONGTEXT, created_at DATETIME(3), PRIMARY KEY (id, version_id));
INSERT INTO order_transaction_capture_refund VALUES
(1, @live, 1, 2, 'Cracked', '{"unitPrice":22,"totalPrice":22}', '2026-03-04 13:00:00'),
(2, @live, 1, 3, 'Asked twice', '{"unitPrice":22,"totalPrice":22}', '2026-03-04 14:00:00');
