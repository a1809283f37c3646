CREATE TABLE users_field_data (uid INT, langcode VARCHAR(12), preferred_langcode VARCHAR(12), name VARCHAR(60), mail VARCHAR(254), status TINYINT, created INT, default_langcode TINYINT);
INSERT INTO users_field_data VALUES (0, 'en', NULL, '', NULL, 0, 1767323045, 1), (7, 'de', 'de', 'ann', 'ann@mail.example', 1, 1767323045, 1), (7, 'en', 'de', 'ann', 'ann@mail.example', 1, 1767323045, 0);
CREATE TABLE commerce_order (order_id INT PRIMARY KEY, order_number VARCHAR(255), store_id INT, uid INT, mail VARCHAR(254), state VARCHAR(255),
	billing_profile__target_id INT, billing_profile__target_revision_id INT, total_price__number DECIMAL(19,6), total_price__currency_code VARCHAR(3), placed INT, changed INT);
INSERT INTO commerce_order VALUES
(101, 'A-101', 1, 7, 'ann@mail.example', 'completed', 5, 51, 29.75, 'EUR', 1772359200, 1772449200),
(102, 'A-102', 1, 0, 'gus@mail.example', 'fulfillment', 6, 61, 22, 'USD', 1772539200, 1772629200),
(103, NULL, 1, 7, 'ann@mail.example', 'draft', NULL, NULL, 5, 'EUR', NULL, 1772719200);
CREATE TABLE profile_revision__address (entity_id INT, revision_id INT, delta INT, address_given_name VARCHAR(255), address_family_name VARCHAR(255),
	address_organization VARCHAR(255), address_address_line1 VARCHAR(255), address_address_line2 VARCHAR(255), address_locality VARCHAR(255),
	address_administrative_area VARCHAR(255), address_postal_code VARCHAR(255), address_country_code VARCHAR(2));
INSERT INTO profile_revision__address VALUES
(5, 50, 0, 'Ann', 'Berg', NULL, 'Old 9', NULL, 'Bonn', NULL, '53111', 'DE'),
(5, 51, 0, 'Ann', 'Berg', 'Berg & Co', 'Allee 1', NULL, 'Bonn', 'NRW', '53111', 'DE'),
(5, 52, 0, 'Ann', 'Berg', NULL, 'Hof 2', 'Tor 3', 'Bonn', 'NRW', '53111', 'DE'),
(6, 61, 0, 'Gus', 'Öst', NULL, 'Road 5', NULL, 'Troy', 'NY', '12180', 'US');
CREATE TABLE commerce_order_item (order_item_id INT PRIMARY KEY, order_id INT, purchased_entity INT, title VARCHAR(512), quantity DECIMAL(17,2), unit_price__number DECIMAL(19,6), total_price__number DECIMAL(19,6));
INSERT INTO commerce_order_item VALUES (1, 101, 31, 'Teapot', 2, 11.9, 23.8), (2, 101, 32, 'Cup', 1, 5.95, 5.95), (3, 102, NULL, 'Cup', 4, 5.5, 22);
CREATE TABLE commerce_product_variation_field_data (variation_id INT, langcode VARCHAR(12), sku VARCHAR(255), default_langcode TINYINT);
INSERT INTO commerce_product_variation_field_data VALUES (31, 'en', 'TP-R', 1), (31, 'de', 'TP-R', 0), (32, 'en', 'CU-1', 1);
CREATE TABLE commerce_shipment (shipment_id INT PRIMARY KEY, order_id INT, title VARCHAR(255), tracking_code VARCHAR(255), changed INT, shipping_profile__target_id INT, shipping_profile__target_revision_id INT);
INSERT INTO commerce_shipment VALUES (1, 101, 'Pigeon', 'P-1', 1772449200, 5, 52), (2, 102, 'Later', NULL, 1772539200, NULL, NULL);
CREATE TABLE commerce_payment (payment_id INT PRIMARY KEY, order_id INT, completed INT, refunded_amount__number DECIMAL(19,6), refunded_amount__currency_code VARCHAR(3));
INSERT INTO commerce_payment VALUES (1, 101, 1772359200, 0, 'EUR'), (2, 102, 1772539200, 22, 'USD');
