-- What `aftersale shop apply` did last: one row a [shop.<id>] section, with
-- how its as_shop_ views are to be read and what they were made from.
-- Room: include/store/shop.h

CREATE TABLE IF NOT EXISTS as_shop (
	id         VARCHAR(32)  NOT NULL PRIMARY KEY,
	map        VARCHAR(64)  NOT NULL,
	meta_key   ENUM('int', 'bin16', 'text') NOT NULL,
	meta_time  ENUM('utc', 'local')         NOT NULL,
	meta_text  ENUM('plain', 'html')        NOT NULL,
	no_is_key  BOOLEAN      NOT NULL,
	db_name    VARCHAR(64)  NOT NULL DEFAULT '',
	prefix     VARCHAR(64)  NOT NULL DEFAULT '',
	security   VARCHAR(8)   NOT NULL DEFAULT 'DEFINER',
	lang_id    VARCHAR(9)   NOT NULL DEFAULT '1',
	applied_at DATETIME(6)  NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
