CREATE TABLE ps_lang (id_lang INT PRIMARY KEY, language_code VARCHAR(5));
INSERT INTO ps_lang VALUES (1, 'en-us'), (2, 'de-de');
CREATE TABLE ps_currency (id_currency INT PRIMARY KEY, iso_code VARCHAR(3));
INSERT INTO ps_currency VALUES (1, 'EUR'), (2, 'USD');
CREATE TABLE ps_customer (id_customer INT PRIMARY KEY, id_shop INT, id_lang INT, company VARCHAR(255), firstname VARCHAR(255), lastname VARCHAR(255),
	email VARCHAR(255), active TINYINT, is_guest TINYINT, deleted TINYINT, date_add DATETIME);
INSERT INTO ps_customer VALUES
(7, 1, 2, 'Berg & Co', 'Ann', 'Berg', 'ann@mail.example', 1, 0, 0, '2026-01-02 03:04:05'),
(8, 1, 1, NULL, 'Gus', 'Öst', 'gus@mail.example', 1, 1, 0, '2026-03-03 12:00:00'),
(9, 1, 1, NULL, 'Old', 'One', 'old@mail.example', 1, 0, 1, '2020-01-01 00:00:00');
CREATE TABLE ps_country (id_country INT PRIMARY KEY, iso_code VARCHAR(3));
INSERT INTO ps_country VALUES (1, 'DE'), (2, 'US');
CREATE TABLE ps_state (id_state INT PRIMARY KEY, name VARCHAR(80));
INSERT INTO ps_state VALUES (3, 'New York');
CREATE TABLE ps_address (id_address INT PRIMARY KEY, id_country INT, id_state INT, company VARCHAR(255), firstname VARCHAR(255), lastname VARCHAR(255),
	address1 VARCHAR(128), address2 VARCHAR(128), postcode VARCHAR(12), city VARCHAR(64), phone VARCHAR(32), phone_mobile VARCHAR(32));
INSERT INTO ps_address VALUES
(1, 1, 0, 'Berg & Co', 'Ann', 'Berg', 'Allee 1', '', '53111', 'Bonn', '030 1', ''),
(2, 1, 0, '', 'Ann', 'Berg', 'Hof 2', 'Tor 3', '53111', 'Bonn', '030 1', '0170 9'),
(3, 2, 3, NULL, 'Gus', 'Öst', 'Road 5', '', '12180', 'Troy', '040 2', '');
CREATE TABLE ps_order_state (id_order_state INT PRIMARY KEY, send_email TINYINT, delivery TINYINT, shipped TINYINT, paid TINYINT, hidden TINYINT);
INSERT INTO ps_order_state VALUES (2, 1, 0, 0, 1, 0), (4, 1, 1, 1, 1, 0), (7, 1, 0, 0, 0, 0), (20, 0, 0, 0, 1, 1);
CREATE TABLE ps_order_state_lang (id_order_state INT, id_lang INT, name VARCHAR(64), template VARCHAR(64));
INSERT INTO ps_order_state_lang VALUES
(2, 2, 'Bezahlt', 'payment'), (4, 1, 'Shipped', 'shipped'), (4, 2, 'Versendet', 'shipped'), (7, 1, 'Refunded', 'refund'), (20, 2, 'Geprüft', '');
CREATE TABLE ps_orders (id_order INT PRIMARY KEY, reference VARCHAR(9), id_shop INT, id_lang INT, id_customer INT, id_currency INT,
	id_address_delivery INT, id_address_invoice INT, current_state INT, total_paid_tax_incl DECIMAL(20,6), date_add DATETIME, date_upd DATETIME);
INSERT INTO ps_orders VALUES
(101, 'ABCDEFGHI', 1, 2, 7, 1, 2, 1, 4, 29.75, '2026-03-01 10:00:00', '2026-03-02 11:00:00'),
(102, 'ABCDEFGHI', 1, 1, 8, 2, 3, 3, 7, 22, '2026-03-03 12:00:00', '0000-00-00 00:00:00');
CREATE TABLE ps_order_detail (id_order_detail INT PRIMARY KEY, id_order INT, product_id INT, product_name TEXT, product_reference VARCHAR(64),
	product_quantity INT, unit_price_tax_incl DECIMAL(20,6), total_price_tax_incl DECIMAL(20,6));
INSERT INTO ps_order_detail VALUES
(1, 101, 31, 'Teapot - Colour: Red', 'TP-R', 2, 11.9, 23.8), (2, 101, 32, 'Cup', 'CU-1', 1, 5.95, 5.95), (3, 102, 32, 'Cup', 'CU-1', 4, 5.5, 22);
CREATE TABLE ps_carrier (id_carrier INT PRIMARY KEY, name VARCHAR(64), url VARCHAR(255));
INSERT INTO ps_carrier VALUES (4, 'Pigeon', 'https://pigeon.example/@');
CREATE TABLE ps_order_carrier (id_order_carrier INT PRIMARY KEY, id_order INT, id_carrier INT, tracking_number VARCHAR(64), date_add DATETIME);
INSERT INTO ps_order_carrier VALUES (1, 101, 4, 'P-1', '2026-03-01 10:00:00'), (2, 102, 4, NULL, '2026-03-03 12:00:00');
CREATE TABLE ps_order_slip (id_order_slip INT PRIMARY KEY, id_order INT, total_products_tax_incl DECIMAL(20,6), total_shipping_tax_incl DECIMAL(20,6), date_add DATETIME);
INSERT INTO ps_order_slip VALUES (1, 102, 20, 2, '2026-03-04 13:00:00');
CREATE TABLE ps_order_history (id_order_history INT PRIMARY KEY, id_order INT, id_order_state INT, date_add DATETIME);
INSERT INTO ps_order_history VALUES (1, 101, 2, '2026-03-01 10:00:00'), (2, 101, 20, '2026-03-01 10:30:00'), (3, 101, 4, '2026-03-02 11:00:00');
