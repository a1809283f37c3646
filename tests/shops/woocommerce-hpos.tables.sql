CREATE TABLE wp_wc_orders (id BIGINT UNSIGNED PRIMARY KEY, status VARCHAR(20), currency VARCHAR(10), type VARCHAR(20),
	total_amount DECIMAL(26,8), customer_id BIGINT UNSIGNED, billing_email VARCHAR(320),
	date_created_gmt DATETIME, date_updated_gmt DATETIME, parent_order_id BIGINT UNSIGNED);
INSERT INTO wp_wc_orders VALUES
(101, 'wc-completed', 'EUR', 'shop_order', 29.75, 7, 'ann@mail.example', '2026-03-01 10:00:00', '2026-03-02 11:00:00', 0),
(102, 'wc-refunded', 'USD', 'shop_order', 22, 0, 'gus@mail.example', '2026-03-03 12:00:00', '2026-03-04 13:00:00', 0),
(103, 'wc-checkout-draft', 'EUR', 'shop_order', 5, 7, 'ann@mail.example', '2026-03-05 14:00:00', '2026-03-05 14:00:00', 0),
(104, 'wc-completed', 'USD', 'shop_order_refund', -22, 0, NULL, '2026-03-04 13:00:00', '2026-03-04 13:00:00', 102);
CREATE TABLE wp_wc_orders_meta (id BIGINT UNSIGNED PRIMARY KEY, order_id BIGINT UNSIGNED, meta_key VARCHAR(255), meta_value TEXT);
INSERT INTO wp_wc_orders_meta VALUES (1, 104, '_refund_reason', 'Cracked');
CREATE TABLE wp_wc_order_addresses (id BIGINT UNSIGNED PRIMARY KEY, order_id BIGINT UNSIGNED, address_type VARCHAR(20),
	first_name TEXT, last_name TEXT, company TEXT, address_1 TEXT, address_2 TEXT, city TEXT, state TEXT, postcode TEXT, country TEXT, phone VARCHAR(100));
INSERT INTO wp_wc_order_addresses VALUES
(1, 101, 'billing', 'Ann', 'Berg', 'Berg & Co', 'Allee 1', NULL, 'Bonn', 'NRW', '53111', 'DE', '030 1'),
(2, 101, 'shipping', 'Ann', 'Berg', NULL, 'Hof 2', 'Tor 3', 'Bonn', 'NRW', '53111', 'DE', NULL),
(3, 102, 'billing', 'Gus', 'Öst', NULL, 'Road 5', NULL, 'Troy', 'NY', '12180', 'US', '040 2');
CREATE TABLE wp_wc_order_fulfillments (fulfillment_id BIGINT UNSIGNED PRIMARY KEY, entity_id VARCHAR(50), is_fulfilled TINYINT, date_updated DATETIME, date_deleted DATETIME);
INSERT INTO wp_wc_order_fulfillments VALUES
(1, '101', 1, '2026-03-02 11:00:00', NULL), (2, '101', 0, '2026-03-02 12:00:00', NULL), (3, '101', 1, '2026-03-02 13:00:00', '2026-03-02 14:00:00');
CREATE TABLE wp_wc_order_fulfillment_meta (fulfillment_id BIGINT UNSIGNED, meta_key VARCHAR(255), meta_value LONGTEXT, date_deleted DATETIME);
INSERT INTO wp_wc_order_fulfillment_meta VALUES
(1, '_shipment_provider', '"Pigeon"', NULL), (1, '_tracking_number', '"P-1"', NULL),
(1, '_tracking_number', '"P-0"', '2026-03-02 11:00:00'),
(1, '_tracking_url', '"https:\\/\\/pigeon.example\\/P-1"', NULL);
CREATE TABLE wp_users (ID BIGINT UNSIGNED PRIMARY KEY, user_email VARCHAR(100), user_registered DATETIME);
INSERT INTO wp_users VALUES (7, 'ann@mail.example', '2026-01-02 03:04:05');
CREATE TABLE wp_usermeta (user_id BIGINT UNSIGNED, meta_key VARCHAR(255), meta_value LONGTEXT, KEY (user_id));
INSERT INTO wp_usermeta VALUES (7, 'first_name', 'Ann'), (7, 'last_name', 'Berg'), (7, 'billing_phone', '030 1'), (7, 'locale', 'de_DE');
CREATE TABLE wp_postmeta (post_id BIGINT UNSIGNED, meta_key VARCHAR(255), meta_value LONGTEXT, KEY (post_id));
INSERT INTO wp_postmeta VALUES (33, '_sku', 'TP-R'), (32, '_sku', 'CU-1');
CREATE TABLE wp_woocommerce_order_items (order_item_id BIGINT UNSIGNED PRIMARY KEY, order_id BIGINT UNSIGNED, order_item_name TEXT, order_item_type VARCHAR(200));
INSERT INTO wp_woocommerce_order_items VALUES
(1, 101, 'Teapot', 'line_item'), (2, 101, 'Cup', 'line_item'),
(3, 101, 'Flat rate', 'shipping'), (4, 102, 'Cup', 'line_item');
CREATE TABLE wp_woocommerce_order_itemmeta (order_item_id BIGINT UNSIGNED, meta_key VARCHAR(255), meta_value LONGTEXT, KEY (order_item_id));
INSERT INTO wp_woocommerce_order_itemmeta VALUES
(1, '_product_id', '31'), (1, '_variation_id', '33'), (1, '_qty', '2'), (1, '_line_total', '20'), (1, '_line_tax', '3.8'),
(1, 'pa_colour', 'red'), (1, 'Engraving', 'For Eve'), (1, 'extras', 'a:1:{i:0;s:3:"lid";}'),
(2, '_product_id', '32'), (2, '_variation_id', '0'), (2, '_qty', '1'), (2, '_line_total', '5'), (2, '_line_tax', '0.95'),
(3, 'cost', '4'),
(4, '_product_id', '32'), (4, '_variation_id', '0'), (4, '_qty', '4'), (4, '_line_total', '22');
CREATE TABLE wp_comments (comment_ID BIGINT UNSIGNED PRIMARY KEY, comment_post_ID BIGINT UNSIGNED, comment_date_gmt DATETIME, comment_content TEXT, comment_type VARCHAR(20));
INSERT INTO wp_comments VALUES
(1, 101, '2026-03-01 10:00:00', 'Thank you', 'order_note'),
(2, 101, '2026-03-02 11:00:00', 'Packed by Eve', 'order_note'),
(3, 9, '2026-03-02 11:00:00', 'Nice post', 'comment');
CREATE TABLE wp_commentmeta (comment_id BIGINT UNSIGNED, meta_key VARCHAR(255), meta_value LONGTEXT, KEY (comment_id));
INSERT INTO wp_commentmeta VALUES (1, 'is_customer_note', '1');
