-- What `aftersale shop apply` learned from a mapping file: how the nine
-- as_shop_ views of a shop are to be read. One row a [shop.<id>] section.
CREATE TABLE as_shop (
	id		VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	map		VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	meta_key	ENUM('int', 'bin16', 'text') NOT NULL,
	meta_time	ENUM('utc', 'local') NOT NULL,
	meta_text	ENUM('plain', 'html') NOT NULL,
	no_is_key	BOOLEAN NOT NULL,
	applied_at	DATETIME(6) NOT NULL,
	PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
