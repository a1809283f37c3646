-- Letters that are due, and those that went: written by desk/letter in the
-- transaction that is their cause, sent by the courier, kept for bounces.
CREATE SEQUENCE IF NOT EXISTS as_outbox_seq START WITH 1 INCREMENT BY 1 CACHE 1000 ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS as_outbox (
	id                BIGINT NOT NULL AUTO_INCREMENT,
	shop_id           SMALLINT NOT NULL DEFAULT 1,
	ticket_id         BIGINT NULL,
	message_id        BIGINT NULL,
	seq               BIGINT NOT NULL DEFAULT 0,   -- order within its ticket
	letter            VARCHAR(64) NOT NULL,        -- templates/mail/<letter>
	recipient_kind    VARCHAR(16) NOT NULL,        -- agent, customer, address
	recipient_id      BIGINT NULL,
	to_address        VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	to_name           VARCHAR(200) NULL,
	lang              VARCHAR(20) NOT NULL,
	zone              VARCHAR(64) NOT NULL,
	message_id_header VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	facts             MEDIUMTEXT NOT NULL,         -- what was true when it was written
	state             VARCHAR(16) NOT NULL DEFAULT 'due',  -- due, sent, failed, cancelled
	due_at            DATETIME(6) NOT NULL,
	lease_until       DATETIME(6) NULL,            -- a courier has it until then
	attempts          INT NOT NULL DEFAULT 0,      -- answers of a host to this letter
	last_code         INT NOT NULL DEFAULT 0,
	last_error        VARCHAR(500) NULL,
	created_at        DATETIME(6) NOT NULL,
	sent_at           DATETIME(6) NULL,
	PRIMARY KEY (id),
	KEY due (state, due_at, id),
	KEY by_ticket (ticket_id, seq),
	KEY by_turn (ticket_id, to_address, state, seq), -- is there an earlier one to the same address?
	UNIQUE KEY by_header (message_id_header)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- A mail host that does not answer: nothing goes there but one probe a minute.
CREATE TABLE IF NOT EXISTS as_mail_host (
	host       VARCHAR(255) NOT NULL,
	away_since DATETIME(6) NULL,                   -- NULL: it answers
	probe_at   DATETIME(6) NULL,
	last_error VARCHAR(500) NULL,
	PRIMARY KEY (host)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
