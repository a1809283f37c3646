CREATE TABLE oc_language (language_id INT PRIMARY KEY, code VARCHAR(5));
INSERT INTO oc_language VALUES (1, 'en-gb'), (2, 'de-de');
CREATE TABLE oc_customer (customer_id INT PRIMARY KEY, store_id INT, language_id INT,
	firstname VARCHAR(32), lastname VARCHAR(32), email VARCHAR(96), telephone VARCHAR(32),
	status TINYINT, date_added DATETIME);
INSERT INTO oc_customer VALUES (7, 0, 2, 'Ann', 'Berg', 'ann@mail.example', '030 1', 1, '2026-01-02 03:04:05');
CREATE TABLE oc_order (order_id INT PRIMARY KEY, store_id INT, customer_id INT, language_id INT,
	firstname VARCHAR(32), lastname VARCHAR(32), email VARCHAR(96), telephone VARCHAR(32),
	payment_firstname VARCHAR(32), payment_lastname VARCHAR(32), payment_company VARCHAR(60),
	payment_address_1 VARCHAR(128), payment_address_2 VARCHAR(128), payment_city VARCHAR(128),
	payment_zone VARCHAR(128), payment_postcode VARCHAR(10), payment_country VARCHAR(128),
	shipping_firstname VARCHAR(32), shipping_lastname VARCHAR(32), shipping_company VARCHAR(60),
	shipping_address_1 VARCHAR(128), shipping_address_2 VARCHAR(128), shipping_city VARCHAR(128),
	shipping_zone VARCHAR(128), shipping_postcode VARCHAR(10), shipping_country VARCHAR(128),
	total DECIMAL(15,4), order_status_id INT, currency_code CHAR(3), currency_value DECIMAL(15,8),
	date_added DATETIME, date_modified DATETIME);
INSERT INTO oc_order VALUES
(101, 0, 7, 2, 'Ann', 'Berg', 'ann@mail.example', '030 1',
	'Ann', 'Berg', 'Berg &amp; Co', 'Allee 1', '', 'Bonn', 'NRW', '53111', 'Germany',
	'Ann', 'Berg', '', 'Hof 2', 'Tor 3', 'Bonn', 'NRW', '53111', 'Germany',
	29.75, 3, 'EUR', 1, '2026-03-01 10:00:00', '2026-03-02 11:00:00'),
(102, 0, 0, 1, 'Gus', 'Öst', 'gus@mail.example', '040 2',
	'Gus', 'Öst', '', 'Road 5', '', 'Troy', 'NY', '12180', 'USA',
	'', '', '', '', '', '', '', '', '',
	20.00, 11, 'USD', 1.1, '2026-03-03 12:00:00', '2026-03-04 13:00:00'),
(103, 0, 7, 2, 'Ann', 'Berg', 'ann@mail.example', '030 1',
	'', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '',
	5.00, 0, 'EUR', 1, '2026-03-05 14:00:00', '2026-03-05 14:00:00');
CREATE TABLE oc_order_status (order_status_id INT, language_id INT, name VARCHAR(32));
INSERT INTO oc_order_status VALUES (3, 1, 'Shipped'), (3, 2, 'Versendet'), (11, 1, 'Refunded'), (1, 2, 'Ausstehend');
CREATE TABLE oc_order_product (order_product_id INT PRIMARY KEY, order_id INT, product_id INT,
	name VARCHAR(255), model VARCHAR(64), quantity INT, price DECIMAL(15,4), total DECIMAL(15,4), tax DECIMAL(15,4));
INSERT INTO oc_order_product VALUES
(1, 101, 31, 'Teapot 30&quot;', 'TP-30', 2, 10, 20, 1.9),
(2, 101, 32, 'Cup', 'CU-1', 1, 5, 5, 0.95),
(3, 102, 32, 'Cup', 'CU-1', 4, 5, 20, 0);
CREATE TABLE oc_order_option (order_option_id INT PRIMARY KEY, order_id INT, order_product_id INT, name VARCHAR(255), value TEXT);
INSERT INTO oc_order_option VALUES (1, 101, 1, 'Colour', 'Red &amp; blue');
CREATE TABLE oc_order_history (order_history_id INT PRIMARY KEY, order_id INT, order_status_id INT, notify TINYINT, comment TEXT, date_added DATETIME);
INSERT INTO oc_order_history VALUES
(1, 101, 1, 1, 'Thank you', '2026-03-01 10:00:00'),
(2, 101, 3, 0, 'Packed by Eve', '2026-03-02 11:00:00');
CREATE TABLE oc_order_shipment (order_shipment_id INT PRIMARY KEY, order_id INT, date_added DATETIME, shipping_courier_id VARCHAR(255), tracking_number VARCHAR(255));
INSERT INTO oc_order_shipment VALUES (1, 101, '2026-03-02 11:00:00', '4', 'P-1');
CREATE TABLE oc_shipping_courier (shipping_courier_id INT PRIMARY KEY, shipping_courier_name VARCHAR(255));
INSERT INTO oc_shipping_courier VALUES (4, 'Pigeon');
