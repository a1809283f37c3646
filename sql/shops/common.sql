-- Applied before every mapping: the nine views, empty, so that every name
-- always exists. A mapping replaces those its shop can fill.
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@customer` AS
SELECT CAST(0 AS SIGNED) AS customer_key, CAST('' AS CHAR(255)) AS email,
       CAST('' AS CHAR(255)) AS first_name, CAST('' AS CHAR(255)) AS last_name,
       CAST('' AS CHAR(64)) AS phone, CAST('' AS CHAR(255)) AS company,
       CAST('' AS CHAR(20)) AS lang, 0 AS is_active, 0 AS is_guest,
       CAST(NULL AS DATETIME) AS created_at, CAST(0 AS SIGNED) AS store_key
  FROM DUAL WHERE 1 = 0;
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@order_index` AS
SELECT CAST(0 AS SIGNED) AS order_key, CAST(0 AS SIGNED) AS customer_key,
       CAST('' AS CHAR(255)) AS email, CAST(NULL AS DATETIME) AS placed_at
  FROM DUAL WHERE 1 = 0;
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@order` AS
SELECT CAST(0 AS SIGNED) AS order_key, CAST('' AS CHAR(64)) AS order_no,
       CAST(0 AS SIGNED) AS customer_key, CAST('' AS CHAR(255)) AS email,
       CAST('' AS CHAR(255)) AS customer_name, CAST('' AS CHAR(64)) AS phone,
       CAST(NULL AS DATETIME) AS placed_at, CAST(NULL AS DATETIME) AS updated_at,
       CAST('' AS CHAR(64)) AS status_key, CAST('' AS CHAR(255)) AS status_name,
       CAST('' AS CHAR(20)) AS status_group, CAST('' AS CHAR(3)) AS currency,
       CAST(0 AS DECIMAL(26,8)) AS total, CAST('' AS CHAR(20)) AS lang,
       CAST(0 AS SIGNED) AS store_key
  FROM DUAL WHERE 1 = 0;
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@order_line` AS
SELECT CAST(0 AS SIGNED) AS order_key, CAST(0 AS SIGNED) AS line_key,
       CAST(0 AS SIGNED) AS line_no, CAST(0 AS SIGNED) AS product_key,
       CAST('' AS CHAR(255)) AS name, CAST('' AS CHAR(255)) AS sku,
       CAST(0 AS DECIMAL(20,4)) AS qty, CAST(0 AS DECIMAL(26,8)) AS unit_price,
       CAST(0 AS DECIMAL(26,8)) AS line_total
  FROM DUAL WHERE 1 = 0;
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@order_line_option` AS
SELECT CAST(0 AS SIGNED) AS order_key, CAST(0 AS SIGNED) AS line_key,
       CAST('' AS CHAR(255)) AS name, CAST('' AS CHAR(1000)) AS value
  FROM DUAL WHERE 1 = 0;
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@order_address` AS
SELECT CAST(0 AS SIGNED) AS order_key, CAST('' AS CHAR(8)) AS kind,
       CAST('' AS CHAR(255)) AS name, CAST('' AS CHAR(255)) AS company,
       CAST('' AS CHAR(255)) AS line1, CAST('' AS CHAR(255)) AS line2,
       CAST('' AS CHAR(255)) AS city, CAST('' AS CHAR(255)) AS region,
       CAST('' AS CHAR(64)) AS postcode, CAST('' AS CHAR(255)) AS country,
       CAST('' AS CHAR(64)) AS phone
  FROM DUAL WHERE 1 = 0;
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@shipment` AS
SELECT CAST(0 AS SIGNED) AS order_key, CAST(0 AS SIGNED) AS shipment_key,
       CAST(NULL AS DATETIME) AS shipped_at, CAST('' AS CHAR(255)) AS carrier,
       CAST('' AS CHAR(255)) AS tracking_no, CAST('' AS CHAR(500)) AS tracking_url
  FROM DUAL WHERE 1 = 0;
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@refund` AS
SELECT CAST(0 AS SIGNED) AS order_key, CAST(0 AS SIGNED) AS refund_key,
       CAST(NULL AS DATETIME) AS refunded_at, CAST(0 AS DECIMAL(26,8)) AS amount,
       CAST('' AS CHAR(3)) AS currency, CAST('' AS CHAR(500)) AS reason
  FROM DUAL WHERE 1 = 0;
CREATE OR REPLACE SQL SECURITY @SEC@ VIEW `@VP@order_event` AS
SELECT CAST(0 AS SIGNED) AS order_key, CAST(0 AS SIGNED) AS event_key,
       CAST(NULL AS DATETIME) AS at, CAST('' AS CHAR(255)) AS status_name,
       CAST('' AS CHAR(2000)) AS note, 0 AS is_public
  FROM DUAL WHERE 1 = 0;
