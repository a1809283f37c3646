-- Customers of the shop, guests among them, and how they are let in.
-- Rooms: include/store/customer.h, include/store/session.h, include/store/link.h

CREATE TABLE IF NOT EXISTS as_customer (
	id            BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
	shop_id       SMALLINT     NOT NULL DEFAULT 1,
	external_id   VARCHAR(64)  COLLATE utf8mb4_bin NULL,   -- the shop's key; NULL: a guest
	email         VARCHAR(254) COLLATE utf8mb4_bin NOT NULL, -- lower case
	name          VARCHAR(200) NOT NULL,
	phone         VARCHAR(40)  NULL,
	lang          VARCHAR(12)  COLLATE utf8mb4_bin NULL,
	zone          VARCHAR(64)  COLLATE utf8mb4_bin NULL,
	proven_at     DATETIME(6)  NULL,               -- the address is theirs: shop's word or a link
	version       INT          NOT NULL DEFAULT 1,
	created_at    DATETIME(6)  NOT NULL,
	updated_at    DATETIME(6)  NOT NULL,
	UNIQUE KEY by_external (shop_id, external_id),
	KEY by_email (shop_id, email)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS as_customer_session (
	hash        BINARY(32)   NOT NULL PRIMARY KEY, -- SHA-256 of the cookie
	shop_id     SMALLINT     NOT NULL,
	customer_id BIGINT       NOT NULL,
	ticket_id   BIGINT       NULL,                 -- by a mailed link: this ticket alone
	lang        VARCHAR(12)  COLLATE utf8mb4_bin NULL,
	orders      TEXT         COLLATE utf8mb4_unicode_ci NULL, -- what the shop's token told of orders: JSON
	created_at  DATETIME(6)  NOT NULL,
	seen_at     DATETIME(6)  NOT NULL,
	expires_at  DATETIME(6)  NOT NULL,
	KEY by_customer (customer_id),
	KEY by_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Ids of sign-in tokens that were used; a second use is refused.
CREATE TABLE IF NOT EXISTS as_sso_used (
	shop_id     SMALLINT     NOT NULL,
	hash        BINARY(32)   NOT NULL,             -- SHA-256 of the jti
	expires_at  DATETIME(6)  NOT NULL,
	PRIMARY KEY (shop_id, hash),
	KEY by_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- A link in a mail that opens one ticket without an account.
CREATE TABLE IF NOT EXISTS as_link (
	hash        BINARY(32)   NOT NULL PRIMARY KEY, -- SHA-256 of the token
	shop_id     SMALLINT     NOT NULL,
	ticket_id   BIGINT       NOT NULL,
	customer_id BIGINT       NOT NULL,
	created_at  DATETIME(6)  NOT NULL,
	expires_at  DATETIME(6)  NOT NULL,
	KEY by_ticket (ticket_id),
	KEY by_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What a guest wrote and has not yet confirmed by the mailed link.
CREATE TABLE IF NOT EXISTS as_guest_request (
	hash        BINARY(32)   NOT NULL PRIMARY KEY, -- SHA-256 of the token
	shop_id     SMALLINT     NOT NULL,
	email       VARCHAR(254) COLLATE utf8mb4_bin NOT NULL,
	name        VARCHAR(200) NOT NULL,
	order_no    VARCHAR(64)  COLLATE utf8mb4_bin NULL,
	type_id     BIGINT       NOT NULL,
	priority_id BIGINT       NULL,
	subject     VARCHAR(250) NOT NULL,
	body        MEDIUMTEXT   NOT NULL,
	lang        VARCHAR(12)  COLLATE utf8mb4_bin NOT NULL,
	zone        VARCHAR(64)  COLLATE utf8mb4_bin NULL,
	ticket_id   BIGINT       NULL,                 -- once confirmed
	created_at  DATETIME(6)  NOT NULL,
	expires_at  DATETIME(6)  NOT NULL,
	KEY by_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
