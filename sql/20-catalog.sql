-- Types, statuses and priorities, their names and pictures, and which status
-- follows which event. Rooms: include/store/catalog.h, include/store/image.h

CREATE TABLE IF NOT EXISTS as_type (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
	shop_id     SMALLINT     NOT NULL DEFAULT 1,
	code        VARCHAR(40)  NOT NULL,
	place       INT          NOT NULL,             -- lists are sorted by it
	colour      VARCHAR(10)  NOT NULL DEFAULT 'grey', -- a name of the palette
	image       VARCHAR(80)  NULL,                 -- 'type-question.svg' or 64 hex digits of as_image
	is_default  BOOLEAN      NOT NULL DEFAULT FALSE,
	needs_order BOOLEAN      NOT NULL DEFAULT FALSE,
	archived    BOOLEAN      NOT NULL DEFAULT FALSE,
	UNIQUE KEY by_code (shop_id, code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS as_priority (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
	shop_id     SMALLINT     NOT NULL DEFAULT 1,
	code        VARCHAR(40)  NOT NULL,
	place       INT          NOT NULL,             -- 1 is the most urgent
	colour      VARCHAR(10)  NOT NULL DEFAULT 'grey',
	image       VARCHAR(80)  NULL,
	is_default  BOOLEAN      NOT NULL DEFAULT FALSE,
	for_customer BOOLEAN     NOT NULL DEFAULT TRUE, -- customers may choose it
	archived    BOOLEAN      NOT NULL DEFAULT FALSE,
	UNIQUE KEY by_code (shop_id, code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS as_status (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
	shop_id     SMALLINT     NOT NULL DEFAULT 1,
	code        VARCHAR(40)  NOT NULL,
	place       INT          NOT NULL,
	category    ENUM('new', 'open', 'waiting_customer', 'waiting_other', 'solved', 'closed', 'spam') NOT NULL,
	colour      VARCHAR(10)  NOT NULL DEFAULT 'grey',
	image       VARCHAR(80)  NULL,
	active      BOOLEAN      NOT NULL DEFAULT TRUE,  -- counts as open work
	needs_agent BOOLEAN      NOT NULL DEFAULT TRUE,  -- counts in "needs an answer"
	customer_may_enter BOOLEAN NOT NULL DEFAULT FALSE,
	customer_may_reply BOOLEAN NOT NULL DEFAULT TRUE,
	offer_rating BOOLEAN     NOT NULL DEFAULT FALSE,
	final       BOOLEAN      NOT NULL DEFAULT FALSE, -- no change but by reopening
	archived    BOOLEAN      NOT NULL DEFAULT FALSE,
	shown_as    BIGINT       NULL,                 -- of an archived status: the one it counts as
	turn        ENUM('store', 'customer', 'nobody', 'over') NULL, -- what its tickets' rows say
	UNIQUE KEY by_code (shop_id, code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Names by language. A missing language falls back to the shop's, then English.
CREATE TABLE IF NOT EXISTS as_label (
	kind          ENUM('type', 'status', 'priority') NOT NULL,
	row_id        BIGINT       NOT NULL,
	lang          VARCHAR(12)  COLLATE utf8mb4_bin NOT NULL,
	name          VARCHAR(80)  NOT NULL,
	customer_name VARCHAR(80)  NULL,               -- what the customer reads; NULL: the name
	hint          VARCHAR(200) NULL,               -- one line under a type in the form
	PRIMARY KEY (kind, row_id, lang)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Pictures an administrator uploaded: PNG or WebP of at most 64 KiB.
CREATE TABLE IF NOT EXISTS as_image (
	sha256      BINARY(32)   NOT NULL PRIMARY KEY,
	type        VARCHAR(40)  NOT NULL,
	content     MEDIUMBLOB   NOT NULL,
	created_at  DATETIME(6)  NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- event -> status, one table a preset; status NULL with outcome 'keep' or 'refuse'.
CREATE TABLE IF NOT EXISTS as_transition (
	shop_id     SMALLINT     NOT NULL DEFAULT 1,
	preset      VARCHAR(16)  NOT NULL,             -- codes of enum preset, include/desk/preset.h
	event       VARCHAR(32)  NOT NULL,             -- codes of enum happening, include/desk/catalog.h
	outcome     ENUM('set', 'keep', 'refuse') NOT NULL,
	status_id   BIGINT       NULL,
	PRIMARY KEY (shop_id, preset, event)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
