SET time_zone = '+00:00';
CREATE TABLE core_config_data (config_id INT PRIMARY KEY, scope VARCHAR(8), scope_id INT, path VARCHAR(255), value TEXT);
INSERT INTO core_config_data VALUES (1, 'default', 0, 'general/locale/code', 'en_US'), (2, 'stores', 2, 'general/locale/code', 'de_DE'), (3, 'default', 0, 'web/url', 'x');
CREATE TABLE customer_entity (entity_id INT PRIMARY KEY, email VARCHAR(255), firstname VARCHAR(255), lastname VARCHAR(255), default_billing INT, store_id INT, is_active SMALLINT, created_at TIMESTAMP NULL);
INSERT INTO customer_entity VALUES (7, 'ann@mail.example', 'Ann', 'Berg', 5, 2, 1, '2026-01-02 03:04:05');
CREATE TABLE customer_address_entity (entity_id INT PRIMARY KEY, telephone VARCHAR(255), company VARCHAR(255));
INSERT INTO customer_address_entity VALUES (5, '030 1', 'Berg & Co');
CREATE TABLE sales_order (entity_id INT PRIMARY KEY, increment_id VARCHAR(50), store_id INT, customer_id INT, customer_email VARCHAR(128),
	customer_firstname VARCHAR(128), customer_lastname VARCHAR(128), billing_address_id INT, state VARCHAR(32), status VARCHAR(32),
	order_currency_code VARCHAR(3), grand_total DECIMAL(20,4), created_at TIMESTAMP NULL, updated_at TIMESTAMP NULL, KEY (customer_id));
INSERT INTO sales_order VALUES
(101, '2000000001', 2, 7, 'ann@mail.example', 'Ann', 'Berg', 1, 'complete', 'complete', 'EUR', 29.75, '2026-03-01 10:00:00', '2026-03-02 11:00:00'),
(102, '1000000001', 1, NULL, 'gus@mail.example', NULL, NULL, 3, 'closed', 'gone', 'USD', 22, '2026-03-03 12:00:00', '2026-03-04 13:00:00');
CREATE TABLE sales_order_status (status VARCHAR(32) PRIMARY KEY, label VARCHAR(128));
INSERT INTO sales_order_status VALUES ('complete', 'Complete'), ('processing', 'Processing');
CREATE TABLE sales_order_status_label (status VARCHAR(32), store_id INT, label VARCHAR(128));
INSERT INTO sales_order_status_label VALUES ('complete', 2, 'Fertig');
CREATE TABLE sales_order_address (entity_id INT PRIMARY KEY, parent_id INT, address_type VARCHAR(32), firstname VARCHAR(255), lastname VARCHAR(255),
	company VARCHAR(255), street VARCHAR(255), city VARCHAR(255), region VARCHAR(255), postcode VARCHAR(255), country_id VARCHAR(2), telephone VARCHAR(255));
INSERT INTO sales_order_address VALUES
(1, 101, 'billing', 'Ann', 'Berg', 'Berg & Co', 'Allee 1', 'Bonn', 'NRW', '53111', 'DE', '030 1'),
(2, 101, 'shipping', 'Ann', 'Berg', NULL, 'Hof 2\nTor 3\nLeft', 'Bonn', 'NRW', '53111', 'DE', '030 1'),
(3, 102, 'billing', 'Gus', 'Öst', NULL, 'Road 5', 'Troy', 'New York', '12180', 'US', '040 2');
CREATE TABLE sales_order_item (item_id INT PRIMARY KEY, order_id INT, parent_item_id INT, product_id INT, sku VARCHAR(255), name VARCHAR(255),
	qty_ordered DECIMAL(12,4), price DECIMAL(20,4), price_incl_tax DECIMAL(20,4), row_total DECIMAL(20,4), row_total_incl_tax DECIMAL(20,4));
INSERT INTO sales_order_item VALUES
(1, 101, NULL, 31, 'TP-R', 'Teapot', 2, 10, 11.9, 20, 23.8), (2, 101, 1, 33, 'TP-R', 'Teapot-Red', 2, 0, NULL, 0, NULL),
(3, 101, NULL, 32, 'CU-1', 'Cup', 1, 5, 5.95, 5, 5.95), (4, 102, NULL, 32, 'CU-1', 'Cup', 4, 5.5, NULL, 22, NULL);
CREATE TABLE sales_shipment_track (entity_id INT PRIMARY KEY, order_id INT, track_number TEXT, title VARCHAR(255), carrier_code VARCHAR(32), created_at TIMESTAMP NULL);
INSERT INTO sales_shipment_track VALUES (1, 101, 'P-1', 'Pigeon', 'custom', '2026-03-02 11:00:00'), (2, 101, 'P-2', NULL, 'ups', '2026-03-02 11:00:00');
CREATE TABLE sales_creditmemo (entity_id INT PRIMARY KEY, order_id INT, grand_total DECIMAL(20,4), order_currency_code VARCHAR(3), created_at TIMESTAMP NULL);
INSERT INTO sales_creditmemo VALUES (1, 102, 22, 'USD', '2026-03-04 13:00:00');
CREATE TABLE sales_order_status_history (entity_id INT PRIMARY KEY, parent_id INT, is_visible_on_front SMALLINT, comment TEXT, status VARCHAR(32), created_at TIMESTAMP NULL);
INSERT INTO sales_order_status_history VALUES
(1, 101, 1, 'Thank you', 'processing', '2026-03-01 10:00:00'), (2, 101, 0, 'Packed by Eve', 'complete', '2026-03-02 11:00:00');
