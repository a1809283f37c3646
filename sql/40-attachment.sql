-- Files: their bytes once (blob), before they belong to a message (upload),
-- and as part of one (attachment). Rooms: include/store/attachment.h, port/blob.h

CREATE TABLE IF NOT EXISTS as_blob (
	sha256      BINARY(32)   NOT NULL PRIMARY KEY,
	size        BIGINT       NOT NULL,
	created_at  DATETIME(6)  NOT NULL,             -- renewed when the same bytes come again
	KEY by_age (created_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Uploaded, not yet sent. Only who uploaded it may use it; gone after a day.
CREATE TABLE IF NOT EXISTS as_upload (
	public_id   CHAR(22)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
	holder      BINARY(32)   NOT NULL,             -- SHA-256 of the session or visitor cookie
	name        VARCHAR(255) NOT NULL,
	type        VARCHAR(100) COLLATE utf8mb4_bin NOT NULL, -- from the content
	size        BIGINT       NOT NULL,
	sha256      BINARY(32)   NOT NULL,
	thumb       BINARY(32)   NULL,
	width       INT          NULL,
	height      INT          NULL,
	guest_hash  BINARY(32)   NULL,                 -- kept for this as_guest_request
	created_at  DATETIME(6)  NOT NULL,
	KEY by_age (created_at),
	KEY by_guest (guest_hash)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS as_attachment (
	id          BIGINT       NOT NULL AUTO_INCREMENT,
	public_id   CHAR(22)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	message_id  BIGINT       NOT NULL,
	name        VARCHAR(255) NOT NULL,
	type        VARCHAR(100) COLLATE utf8mb4_bin NOT NULL,
	size        BIGINT       NOT NULL,
	sha256      BINARY(32)   NOT NULL,
	thumb       BINARY(32)   NULL,
	width       INT          NULL,
	height      INT          NULL,
	content_id  VARCHAR(255) COLLATE utf8mb4_bin NULL, -- the HTML of its message shows it by this name
	PRIMARY KEY (message_id, id),
	UNIQUE KEY by_id (id),
	UNIQUE KEY by_public (public_id),
	KEY by_blob (sha256),
	KEY by_thumb (thumb)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
