-- The people who answer: who they are, what they may, how they sign in.
-- Rooms: include/store/agent.h, include/store/session.h, include/store/throttle.h

CREATE TABLE IF NOT EXISTS as_role (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
	code        VARCHAR(32)  COLLATE utf8mb4_bin NOT NULL, -- 'administrator', 'agent'
	name        VARCHAR(80)  NOT NULL,
	UNIQUE KEY by_code (code)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- A role is a set of rights: a verb and how far it reaches.
CREATE TABLE IF NOT EXISTS as_role_right (
	role_id     BIGINT       NOT NULL,
	verb        VARCHAR(32)  NOT NULL,             -- codes of enum right, include/desk/actor.h
	scope       ENUM('own', 'department', 'shop', 'all') NOT NULL,
	PRIMARY KEY (role_id, verb)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS as_agent (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
	email       VARCHAR(254) COLLATE utf8mb4_bin NOT NULL, -- lower case
	name        VARCHAR(120) NOT NULL,
	role_id     BIGINT       NOT NULL,
	lang        VARCHAR(12)  COLLATE utf8mb4_bin NULL,
	zone        VARCHAR(64)  COLLATE utf8mb4_bin NULL,
	notify      ENUM('all', 'mine', 'none') NOT NULL DEFAULT 'all', -- mail for customers' messages
	signature   VARCHAR(1000) NULL,                -- plain text, below their answers
	active      BOOLEAN      NOT NULL DEFAULT TRUE,
	version     INT          NOT NULL DEFAULT 1,
	created_at  DATETIME(6)  NOT NULL,
	seen_at     DATETIME(6)  NULL,
	UNIQUE KEY by_email (email)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS as_agent_secret (
	agent_id    BIGINT       NOT NULL PRIMARY KEY,
	password    VARCHAR(128) NULL,                 -- Argon2id; NULL: none chosen yet
	changed_at  DATETIME(6)  NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Invitations and password resets: mailed, single use, short lived.
CREATE TABLE IF NOT EXISTS as_agent_token (
	hash        BINARY(32)   NOT NULL PRIMARY KEY, -- SHA-256 of the token
	agent_id    BIGINT       NOT NULL,
	purpose     ENUM('invite', 'reset') NOT NULL,
	created_at  DATETIME(6)  NOT NULL,
	expires_at  DATETIME(6)  NOT NULL,
	KEY by_agent (agent_id),
	KEY by_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS as_agent_session (
	hash        BINARY(32)   NOT NULL PRIMARY KEY, -- SHA-256 of the cookie
	agent_id    BIGINT       NOT NULL,
	remote      VARCHAR(45)  NULL,                 -- network address, kept 30 days
	browser     VARCHAR(200) NULL,
	created_at  DATETIME(6)  NOT NULL,
	seen_at     DATETIME(6)  NOT NULL,
	expires_at  DATETIME(6)  NOT NULL,             -- at the latest
	KEY by_agent (agent_id),
	KEY by_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Tries of something that is limited: one row a key and window.
CREATE TABLE IF NOT EXISTS as_throttle (
	hash        BINARY(32)   NOT NULL PRIMARY KEY, -- SHA-256 of "signin:<address>" and the like
	window_at   DATETIME(6)  NOT NULL,             -- begin of the window
	tries       INT          NOT NULL,
	earlier     INT          NOT NULL DEFAULT 0,   -- tries of the window before
	expires_at  DATETIME(6)  NOT NULL,
	KEY by_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
