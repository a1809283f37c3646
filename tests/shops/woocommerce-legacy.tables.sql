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
CREATE TABLE wp_posts (ID BIGINT UNSIGNED PRIMARY KEY, post_type VARCHAR(20), post_status VARCHAR(20), post_parent BIGINT UNSIGNED, post_date_gmt DATETIME, post_modified_gmt DATETIME);
INSERT INTO wp_posts VALUES
(101, 'shop_order', 'wc-completed', 0, '2026-03-01 10:00:00', '2026-03-02 11:00:00'),
(102, 'shop_order', 'wc-refunded', 0, '2026-03-03 12:00:00', '2026-03-04 13:00:00'),
(103, 'shop_order', 'wc-checkout-draft', 0, '2026-03-05 14:00:00', '2026-03-05 14:00:00'),
(104, 'shop_order_refund', 'wc-completed', 102, '2026-03-04 13:00:00', '2026-03-04 13:00:00');
INSERT INTO wp_postmeta VALUES
(101, '_customer_user', '7'), (101, '_billing_email', 'ann@mail.example'), (101, '_order_currency', 'EUR'), (101, '_order_total', '29.75'),
(101, '_billing_first_name', 'Ann'), (101, '_billing_last_name', 'Berg'), (101, '_billing_company', 'Berg & Co'),
(101, '_billing_address_1', 'Allee 1'), (101, '_billing_city', 'Bonn'), (101, '_billing_state', 'NRW'),
(101, '_billing_postcode', '53111'), (101, '_billing_country', 'DE'), (101, '_billing_phone', '030 1'),
(101, '_shipping_first_name', 'Ann'), (101, '_shipping_last_name', 'Berg'), (101, '_shipping_address_1', 'Hof 2'),
(101, '_shipping_address_2', 'Tor 3'), (101, '_shipping_city', 'Bonn'), (101, '_shipping_state', 'NRW'),
(101, '_shipping_postcode', '53111'), (101, '_shipping_country', 'DE'),
(102, '_customer_user', '0'), (102, '_billing_email', 'gus@mail.example'), (102, '_order_currency', 'USD'), (102, '_order_total', '22.00'),
(102, '_billing_first_name', 'Gus'), (102, '_billing_last_name', 'Öst'), (102, '_billing_address_1', 'Road 5'),
(102, '_billing_city', 'Troy'), (102, '_billing_state', 'NY'), (102, '_billing_postcode', '12180'), (102, '_billing_country', 'US'), (102, '_billing_phone', '040 2'),
(103, '_customer_user', '7'), (103, '_billing_email', 'ann@mail.example'),
(104, '_refund_amount', '22.00'), (104, '_order_currency', 'USD'), (104, '_refund_reason', 'Cracked');
CREATE TABLE wp_wc_customer_lookup (customer_id BIGINT UNSIGNED PRIMARY KEY, user_id BIGINT UNSIGNED UNIQUE, email VARCHAR(100), KEY (email));
INSERT INTO wp_wc_customer_lookup VALUES (1, 7, 'ann@mail.example'), (2, NULL, 'gus@mail.example');
CREATE TABLE wp_wc_order_stats (order_id BIGINT UNSIGNED PRIMARY KEY, parent_id BIGINT UNSIGNED, customer_id BIGINT UNSIGNED, date_created_gmt DATETIME, KEY (customer_id));
INSERT INTO wp_wc_order_stats VALUES (101, 0, 1, '2026-03-01 10:00:00'), (102, 0, 2, '2026-03-03 12:00:00'), (104, 102, 2, '2026-03-04 13:00:00');
