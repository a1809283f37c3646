-- Tickets, what was said in them, and what happened to them.
-- Rooms: include/store/ticket.h, include/store/message.h, include/store/event.h,
-- include/store/count.h, include/store/turn.h

CREATE SEQUENCE IF NOT EXISTS as_ticket_number START WITH 1001 INCREMENT BY 1 CACHE 1 ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS as_ticket (
	id              BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
	shop_id         SMALLINT     NOT NULL DEFAULT 1,
	number          VARCHAR(32)  COLLATE utf8mb4_bin NOT NULL,
	customer_id     BIGINT       NOT NULL,
	subject         VARCHAR(250) NOT NULL,
	summary         VARCHAR(250) NULL,
	type_id         BIGINT       NOT NULL,
	status_id       BIGINT       NOT NULL,
	turn            ENUM('store', 'customer', 'nobody', 'over') NOT NULL, -- as its status says
	is_open         BOOLEAN      AS (turn <> 'over') PERSISTENT,
	priority_id     BIGINT       NOT NULL,
	owner_id        BIGINT       NULL,             -- the agent who has it
	source          ENUM('shop', 'panel', 'mail', 'api') NOT NULL,
	lang            VARCHAR(12)  COLLATE utf8mb4_bin NOT NULL,
	opened_by_kind  ENUM('customer', 'agent', 'system') NOT NULL,
	opened_by_id    BIGINT       NULL,
	opened_by_name  VARCHAR(200) NOT NULL,
	-- The order it is about, as it was then: readable when the shop is away.
	order_key       VARCHAR(64)  COLLATE utf8mb4_bin NULL,
	order_no        VARCHAR(64)  COLLATE utf8mb4_bin NULL,
	order_placed_at DATETIME(6)  NULL,
	order_status    VARCHAR(80)  NULL,
	order_group     VARCHAR(12)  COLLATE utf8mb4_bin NULL,
	order_currency  CHAR(3)      COLLATE utf8mb4_bin NULL,
	order_total     DECIMAL(20,4) NULL,
	version         INT          NOT NULL DEFAULT 1, -- grows when a field is edited
	messages        INT          NOT NULL DEFAULT 0,
	last_message_id BIGINT       NULL,
	last_public_id  BIGINT       NULL,             -- the newest message a customer may see
	last_words      VARCHAR(200) NULL,             -- of the newest, for agents' lists
	last_files      INT          NOT NULL DEFAULT 0,
	customer_seen_id BIGINT      NULL,             -- the newest message the customer has seen
	created_at      DATETIME(6)  NOT NULL,
	updated_at      DATETIME(6)  NOT NULL,
	first_reply_at  DATETIME(6)  NULL,
	waiting_since   DATETIME(6)  NOT NULL,         -- since when it is as it is: oldest unanswered message
	last_customer_at DATETIME(6) NULL,
	last_agent_at   DATETIME(6)  NULL,
	closed_at       DATETIME(6)  NULL,
	-- Is it worth a look there? Once true it stays: rows may go again.
	has_people      BOOLEAN      NOT NULL DEFAULT FALSE, -- as_participant
	has_related     BOOLEAN      NOT NULL DEFAULT FALSE, -- as_relation, either side
	has_undelivered BOOLEAN      NOT NULL DEFAULT FALSE, -- as_delivery, or a letter that failed
	UNIQUE KEY by_number (shop_id, number),
	-- One for each way a list can be asked for: what is fixed, then the order.
	-- Those with updated_at are written anew with each message; so what can
	-- be merged from a few ranges of another one has none of its own, and a
	-- customer's tickets, which lie anywhere in theirs, are in order of id: a
	-- page of it would be read and written back for each answer.
	KEY by_turn_wait (shop_id, turn, waiting_since, id),
	KEY by_turn_type (shop_id, turn, type_id, waiting_since, id),
	KEY by_turn_priority (shop_id, turn, priority_id, waiting_since, id),
	KEY by_status_wait (shop_id, status_id, waiting_since, id),
	KEY by_owner_wait (shop_id, owner_id, is_open, waiting_since, id),
	KEY by_update (shop_id, updated_at, id),
	KEY by_status (shop_id, status_id, updated_at, id),
	KEY by_status_type (shop_id, status_id, type_id, updated_at, id),
	KEY by_status_priority (shop_id, status_id, priority_id, updated_at, id),
	KEY by_type (shop_id, type_id, updated_at, id),
	KEY by_priority (shop_id, priority_id, updated_at, id),
	KEY by_owner (shop_id, owner_id, updated_at, id),
	KEY by_customer_open (shop_id, customer_id, is_open, id),
	KEY by_order (shop_id, order_key, id),
	KEY by_order_no (shop_id, order_no)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- The lines of that order, as they were; `chosen` marks those it is about.
CREATE TABLE IF NOT EXISTS as_ticket_line (
	ticket_id   BIGINT        NOT NULL,
	line_no     INT           NOT NULL,
	line_key    VARCHAR(64)   COLLATE utf8mb4_bin NULL,
	name        VARCHAR(250)  NOT NULL,
	sku         VARCHAR(100)  NULL,
	detail      VARCHAR(250)  NULL,                -- "Size: M, Colour: blue"
	qty         DECIMAL(18,4) NOT NULL,
	unit_price  DECIMAL(20,4) NULL,
	chosen      BOOLEAN       NOT NULL DEFAULT FALSE,
	PRIMARY KEY (ticket_id, line_no),
	KEY by_sku (sku)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- status_id and priority_id repeat the ticket's, so that all postings can be
-- sorted by them from an index; store_ticket_change() is the one writer.
-- The messages of a ticket lie side by side: a page reads one place, not one
-- for each of them.
CREATE TABLE IF NOT EXISTS as_message (
	id               BIGINT       NOT NULL AUTO_INCREMENT,
	shop_id          SMALLINT     NOT NULL DEFAULT 1,
	ticket_id        BIGINT       NOT NULL,        -- where it is shown
	origin_ticket_id BIGINT       NOT NULL,        -- where it was written
	kind             ENUM('customer', 'reply', 'note', 'system') NOT NULL,
	author_kind      ENUM('customer', 'agent', 'system', 'address') NOT NULL,
	author_id        BIGINT       NULL,
	author_name      VARCHAR(200) NOT NULL,
	source           ENUM('web', 'mail', 'api') NOT NULL DEFAULT 'web',
	type_id          BIGINT       NOT NULL,
	status_id        BIGINT       NOT NULL,
	priority_id      BIGINT       NOT NULL,
	body             MEDIUMTEXT   NOT NULL,        -- plain text as written, at most 20,000 characters
	files            INT          NOT NULL DEFAULT 0,
	state            ENUM('released', 'queued', 'held') NOT NULL DEFAULT 'released',
	released_at      DATETIME(6)  NULL,
	mail_id          VARCHAR(255) COLLATE utf8mb4_bin NULL, -- Message-ID of the mail it came from or went out with
	created_at       DATETIME(6)  NOT NULL,
	PRIMARY KEY (ticket_id, id),
	UNIQUE KEY by_id (id),
	UNIQUE KEY by_mail (shop_id, mail_id),
	KEY by_date (shop_id, created_at, id),
	KEY by_type (type_id, created_at, id),
	KEY by_status (status_id, created_at, id),
	KEY by_priority (priority_id, created_at, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- What happened, append only, a ticket's side by side. Texts of persons stand
-- in as_event_text alone, which erasure may drop.
CREATE TABLE IF NOT EXISTS as_event (
	id          BIGINT       NOT NULL AUTO_INCREMENT,
	shop_id     SMALLINT     NOT NULL DEFAULT 1,
	ticket_id   BIGINT       NOT NULL,
	at          DATETIME(6)  NOT NULL,
	actor_kind  ENUM('customer', 'agent', 'system') NOT NULL,
	actor_id    BIGINT       NULL,
	cause       ENUM('person', 'automaton', 'timer', 'rule', 'mail', 'import') NOT NULL,
	cause_id    BIGINT       NULL,                 -- the message that set the automaton off
	field       VARCHAR(32)  NOT NULL,             -- 'created', 'status', 'subject', …
	old_id      BIGINT       NULL,
	new_id      BIGINT       NULL,
	PRIMARY KEY (ticket_id, id),
	UNIQUE KEY by_id (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS as_event_text (
	event_id    BIGINT       NOT NULL PRIMARY KEY,
	old_text    VARCHAR(500) NULL,
	new_text    VARCHAR(500) NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- One row a form that was sent: a second sending finds the first one's result.
CREATE TABLE IF NOT EXISTS as_form_token (
	hash        BINARY(32)   NOT NULL PRIMARY KEY, -- SHA-256 of the token
	ticket_id   BIGINT       NOT NULL,
	message_id  BIGINT       NULL,
	created_at  DATETIME(6)  NOT NULL,
	KEY by_age (created_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Counters: a number is its folded row plus the deltas not yet folded. Every
-- ticket counts twice: for its owner (0: nobody) and for everybody (-1), so
-- that a menu of views reads a few rows however many agents there are.
CREATE TABLE IF NOT EXISTS as_count (
	shop_id     SMALLINT     NOT NULL,
	owner_id    BIGINT       NOT NULL,
	status_id   BIGINT       NOT NULL,
	n           BIGINT       NOT NULL,
	PRIMARY KEY (shop_id, owner_id, status_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS as_count_delta (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
	shop_id     SMALLINT     NOT NULL,
	owner_id    BIGINT       NOT NULL,
	status_id   BIGINT       NOT NULL,
	n           INT          NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
