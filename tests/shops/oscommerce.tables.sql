CREATE TABLE orders_status (orders_status_id INT, language_id INT, orders_status_name VARCHAR(32));
INSERT INTO orders_status VALUES (1, 1, 'Pending'), (3, 1, 'Delivered'), (5, 1, 'Returned'), (1, 2, 'Offen'), (3, 2, 'Versendet');
CREATE TABLE customers (customers_id INT PRIMARY KEY, customers_firstname VARCHAR(32), customers_lastname VARCHAR(32), customers_email_address VARCHAR(96),
	customers_telephone VARCHAR(32), customers_default_address_id INT);
INSERT INTO customers VALUES (7, 'Ann', 'Berg', 'ann@mail.example', '030 1', 5);
CREATE TABLE customers_info (customers_info_id INT PRIMARY KEY, customers_info_date_account_created DATETIME);
INSERT INTO customers_info VALUES (7, '2026-01-02 03:04:05');
CREATE TABLE address_book (address_book_id INT PRIMARY KEY, entry_company VARCHAR(64));
INSERT INTO address_book VALUES (5, 'Berg & Co');
CREATE TABLE orders (orders_id INT PRIMARY KEY, customers_id INT, customers_name VARCHAR(64), customers_telephone VARCHAR(32), customers_email_address VARCHAR(96),
	billing_name VARCHAR(64), billing_company VARCHAR(64), billing_street_address VARCHAR(64), billing_suburb VARCHAR(32), billing_city VARCHAR(32),
	billing_postcode VARCHAR(10), billing_state VARCHAR(32), billing_country VARCHAR(32),
	delivery_name VARCHAR(64), delivery_company VARCHAR(64), delivery_street_address VARCHAR(64), delivery_suburb VARCHAR(32), delivery_city VARCHAR(32),
	delivery_postcode VARCHAR(10), delivery_state VARCHAR(32), delivery_country VARCHAR(32),
	date_purchased DATETIME, last_modified DATETIME, orders_status INT, currency CHAR(3), currency_value DECIMAL(14,6));
INSERT INTO orders VALUES
(101, 7, 'Ann Berg', '030 1', 'ann@mail.example',
	'Ann Berg', 'Berg & Co', 'Allee 1', '', 'Bonn', '53111', 'NRW', 'Germany',
	'Ann Berg', '', 'Hof 2', 'Tor 3', 'Bonn', '53111', 'NRW', 'Germany',
	'2026-03-01 10:00:00', '2026-03-02 11:00:00', 3, 'EUR', 1),
(102, 0, 'Gus Öst', '040 2', 'gus@mail.example',
	'Gus Öst', '', 'Road 5', '', 'Troy', '12180', 'NY', 'USA', '', '', '', '', '', '', '', '',
	'2026-03-03 12:00:00', NULL, 5, 'USD', 1.1);
CREATE TABLE orders_total (orders_total_id INT PRIMARY KEY, orders_id INT, value DECIMAL(15,4), class VARCHAR(32));
INSERT INTO orders_total VALUES (1, 101, 25, 'ot_subtotal'), (2, 101, 29.75, 'ot_total'), (3, 102, 20, 'ot_total');
CREATE TABLE orders_products (orders_products_id INT PRIMARY KEY, orders_id INT, products_id INT, products_model VARCHAR(32), products_name VARCHAR(64),
	final_price DECIMAL(15,4), products_tax DECIMAL(7,4), products_quantity INT);
INSERT INTO orders_products VALUES
(1, 101, 31, 'TP-R', 'Teapot', 10, 19, 2), (2, 101, 32, 'CU-1', 'Cup', 5, 19, 1), (3, 102, 32, 'CU-1', 'Cup', 5, 0, 4);
CREATE TABLE orders_products_attributes (orders_products_attributes_id INT PRIMARY KEY, orders_id INT, orders_products_id INT, products_options VARCHAR(32), products_options_values TEXT);
INSERT INTO orders_products_attributes VALUES (1, 101, 1, 'Colour', 'Red');
CREATE TABLE orders_status_history (orders_status_history_id INT PRIMARY KEY, orders_id INT, orders_status_id INT, date_added DATETIME, customer_notified INT, comments TEXT);
INSERT INTO orders_status_history VALUES
(1, 101, 1, '2026-03-01 10:00:00', 1, 'Thank you'), (2, 101, 1, '2026-03-01 11:00:00', 0, 'Parcel P-1'), (3, 101, 3, '2026-03-02 11:00:00', -1, 'Packed by Eve');
