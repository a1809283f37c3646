-- Which steps this database has walked, and secrets that never leave it.
-- Room: include/store/schema.h

CREATE TABLE IF NOT EXISTS as_schema (
	version    INT          NOT NULL PRIMARY KEY,
	name       VARCHAR(80)  NOT NULL,
	checksum   BINARY(32)   NOT NULL,              -- of the file as applied
	applied_at DATETIME(6)  NOT NULL,
	ms         INT          NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS as_secret (
	name       VARCHAR(32)    NOT NULL PRIMARY KEY, -- 'form': signs form tokens; 'mail': see desk/seal.h
	value      VARBINARY(64)  NOT NULL,
	created_at DATETIME(6)    NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Work that one process at a time may do ('migrate'), whoever it is. The
-- holder's connection tells whether he still lives.
CREATE TABLE IF NOT EXISTS as_lease (
	name       VARCHAR(32)  NOT NULL PRIMARY KEY,
	holder     VARCHAR(255) NOT NULL,              -- account and server; '': free
	link       BIGINT       NOT NULL,              -- CONNECTION_ID()
	taken_at   DATETIME(6)  NOT NULL               -- or renewed
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
