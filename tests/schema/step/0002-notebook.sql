-- A step of the tests: a table with its first rows, and a sequence.
CREATE TABLE IF NOT EXISTS as_notebook (
	id         BIGINT       NOT NULL PRIMARY KEY,
	text       VARCHAR(200) NOT NULL,
	written_at DATETIME(6)  NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
INSERT IGNORE INTO as_notebook (id, text, written_at)
	VALUES (1, 'first; second', NOW(6)), (2, 'third', NOW(6));
CREATE SEQUENCE IF NOT EXISTS as_notebook_seq START WITH 3 ENGINE = InnoDB;
