-- Which steps this database has walked, and secrets that never leave it.
-- Room: include/store/schema.h

CREATE TABLE as_schema (
	version    INT          NOT NULL PRIMARY KEY,
	name       VARCHAR(80)  NOT NULL,
	checksum   BINARY(32)   NOT NULL,              -- of the file as applied
	applied_at DATETIME(6)  NOT NULL,
	ms         INT          NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE as_secret (
	name       VARCHAR(32)    NOT NULL PRIMARY KEY, -- 'form': signs form tokens
	value      VARBINARY(64)  NOT NULL,
	created_at DATETIME(6)    NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
