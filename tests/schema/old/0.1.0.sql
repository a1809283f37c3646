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
-- Customers of the shop, guests among them, and how they are let in.
-- Rooms: include/store/customer.h, include/store/session.h, include/store/link.h

CREATE TABLE IF NOT EXISTS as_customer (
	id            BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
	shop_id       SMALLINT     NOT NULL DEFAULT 1,
	external_id   VARCHAR(64)  COLLATE utf8mb4_bin NULL,   -- the shop's key; NULL: a guest
	email         VARCHAR(254) COLLATE utf8mb4_bin NOT NULL, -- lower case
	name          VARCHAR(200) NOT NULL,
	phone         VARCHAR(40)  NULL,
	lang          VARCHAR(12)  COLLATE utf8mb4_bin NULL,
	zone          VARCHAR(64)  COLLATE utf8mb4_bin NULL,
	proven_at     DATETIME(6)  NULL,               -- the address is theirs: shop's word or a link
	version       INT          NOT NULL DEFAULT 1,
	created_at    DATETIME(6)  NOT NULL,
	updated_at    DATETIME(6)  NOT NULL,
	UNIQUE KEY by_external (shop_id, external_id),
	KEY by_email (shop_id, email)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS as_customer_session (
	hash        BINARY(32)   NOT NULL PRIMARY KEY, -- SHA-256 of the cookie
	shop_id     SMALLINT     NOT NULL,
	customer_id BIGINT       NOT NULL,
	ticket_id   BIGINT       NULL,                 -- by a mailed link: this ticket alone
	lang        VARCHAR(12)  COLLATE utf8mb4_bin NULL,
	orders      TEXT         COLLATE utf8mb4_unicode_ci NULL, -- what the shop's token told of orders: JSON
	created_at  DATETIME(6)  NOT NULL,
	seen_at     DATETIME(6)  NOT NULL,
	expires_at  DATETIME(6)  NOT NULL,
	KEY by_customer (customer_id),
	KEY by_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Ids of sign-in tokens that were used; a second use is refused.
CREATE TABLE IF NOT EXISTS as_sso_used (
	shop_id     SMALLINT     NOT NULL,
	hash        BINARY(32)   NOT NULL,             -- SHA-256 of the jti
	expires_at  DATETIME(6)  NOT NULL,
	PRIMARY KEY (shop_id, hash),
	KEY by_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- A link in a mail that opens one ticket without an account.
CREATE TABLE IF NOT EXISTS as_link (
	hash        BINARY(32)   NOT NULL PRIMARY KEY, -- SHA-256 of the token
	shop_id     SMALLINT     NOT NULL,
	ticket_id   BIGINT       NOT NULL,
	customer_id BIGINT       NOT NULL,
	created_at  DATETIME(6)  NOT NULL,
	expires_at  DATETIME(6)  NOT NULL,
	KEY by_ticket (ticket_id),
	KEY by_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What a guest wrote and has not yet confirmed by the mailed link.
CREATE TABLE IF NOT EXISTS as_guest_request (
	hash        BINARY(32)   NOT NULL PRIMARY KEY, -- SHA-256 of the token
	shop_id     SMALLINT     NOT NULL,
	email       VARCHAR(254) COLLATE utf8mb4_bin NOT NULL,
	name        VARCHAR(200) NOT NULL,
	order_no    VARCHAR(64)  COLLATE utf8mb4_bin NULL,
	type_id     BIGINT       NOT NULL,
	priority_id BIGINT       NULL,
	subject     VARCHAR(250) NOT NULL,
	body        MEDIUMTEXT   NOT NULL,
	lang        VARCHAR(12)  COLLATE utf8mb4_bin NOT NULL,
	zone        VARCHAR(64)  COLLATE utf8mb4_bin NULL,
	ticket_id   BIGINT       NULL,                 -- once confirmed
	created_at  DATETIME(6)  NOT NULL,
	expires_at  DATETIME(6)  NOT NULL,
	KEY by_expiry (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
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
-- Letters that came in, what was decided about each, and what is known of
-- addresses. The raw letter is a blob (as_blob), untouched; everything here
-- but who decided what by hand can be made from it again.
-- Rooms: include/store/mail.h, include/store/mailbox.h, include/store/address.h,
-- include/store/participant.h

CREATE TABLE IF NOT EXISTS as_mail (
	id            BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
	shop_id       SMALLINT     NOT NULL DEFAULT 1,
	sha256        BINARY(32)   NOT NULL,           -- of the raw letter: its blob
	size          BIGINT       NOT NULL,
	full_size     BIGINT       NULL,               -- over the limit: only the head of so many bytes was kept
	way           ENUM('pipe', 'imap', 'pop3') NOT NULL,
	mailbox_id    BIGINT       NULL,               -- fetched from there
	envelope_from VARCHAR(254) COLLATE utf8mb4_bin NULL, -- '' is the empty return path; NULL: not told
	envelope_to   VARCHAR(254) COLLATE utf8mb4_bin NULL,
	copies        INT          NOT NULL DEFAULT 1, -- how often these very bytes came
	-- new: to be read and decided; done; held: for a person; bad: nothing can read it
	state         ENUM('new', 'done', 'held', 'bad') NOT NULL DEFAULT 'new',
	due_at        DATETIME(6)  NOT NULL,           -- new: not tried before then
	lease_until   DATETIME(6)  NULL,
	attempts      INT          NOT NULL DEFAULT 0,
	last_error    VARCHAR(500) NULL,
	-- what it says
	mail_id       VARCHAR(255) COLLATE utf8mb4_bin NULL, -- its Message-ID
	content       BINARY(32)   NULL,               -- hash of what it says, whichever way it came
	standing      TINYINT      NOT NULL DEFAULT 0, -- 0 no person wrote it, 1 said to be forged, 2 unproven, 3 proven
	from_address  VARCHAR(254) COLLATE utf8mb4_bin NULL,
	from_name     VARCHAR(200) NULL,
	subject       VARCHAR(250) NULL,
	-- what was decided: codes of include/desk/incoming.h
	class         ENUM('human', 'auto', 'bounce', 'list', 'own') NULL,
	outcome       VARCHAR(24)  COLLATE utf8mb4_bin NULL,
	reason        VARCHAR(40)  COLLATE utf8mb4_bin NULL, -- why it is held
	trace         MEDIUMTEXT   NULL,               -- JSON: each step and what it rests on
	ticket_id     BIGINT       NULL,
	message_id    BIGINT       NULL,
	-- a person wants it sorted so, whatever was decided; ticket_id: where to
	wish          ENUM('ticket', 'join', 'note') NULL,
	wish_by_id    BIGINT       NULL,               -- the agent
	received_at   DATETIME(6)  NOT NULL,
	decided_at    DATETIME(6)  NULL,
	UNIQUE KEY by_raw (shop_id, sha256),
	UNIQUE KEY by_content (shop_id, content, standing),
	KEY by_blob (sha256),
	KEY due (state, due_at, id),
	KEY by_state (shop_id, state, id),
	KEY by_mail_id (shop_id, mail_id),
	KEY by_from (shop_id, from_address),
	KEY by_message (message_id),
	KEY by_outcome (shop_id, outcome, decided_at, standing, wish_by_id),
	KEY by_age (received_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- What a message that came by mail has beside its words.
CREATE TABLE IF NOT EXISTS as_message_mail (
	message_id    BIGINT       NOT NULL PRIMARY KEY,
	as_mail_id    BIGINT       NOT NULL,
	html          MEDIUMTEXT   NULL,               -- cleaned, for its frame; NULL: plain text
	folded        MEDIUMTEXT   NULL,               -- quoted text and signature, taken off the words
	pictures      INT          NOT NULL DEFAULT 0, -- from elsewhere: not loaded until asked for
	automatic     BOOLEAN      NOT NULL DEFAULT FALSE, -- no person wrote it
	from_outside  BOOLEAN      NOT NULL DEFAULT FALSE, -- a stranger's, until somebody accepts it
	KEY by_mail (as_mail_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Who takes part in a ticket beside its customer: gets answers, may write.
CREATE TABLE IF NOT EXISTS as_participant (
	ticket_id     BIGINT       NOT NULL,
	address       VARCHAR(254) COLLATE utf8mb4_bin NOT NULL, -- lower case
	name          VARCHAR(200) NULL,
	added_by_id   BIGINT       NULL,               -- the agent
	created_at    DATETIME(6)  NOT NULL,
	PRIMARY KEY (ticket_id, address),
	KEY by_address (address)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- How tickets belong together.
CREATE TABLE IF NOT EXISTS as_relation (
	ticket_id     BIGINT       NOT NULL,
	kind          ENUM('follow_up_of', 'split_from', 'maybe_of') NOT NULL,
	other_id      BIGINT       NOT NULL,
	created_at    DATETIME(6)  NOT NULL,
	PRIMARY KEY (ticket_id, kind, other_id),
	KEY by_other (other_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What became of a letter of ours after the mail host had taken it.
CREATE TABLE IF NOT EXISTS as_delivery (
	id            BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
	shop_id       SMALLINT     NOT NULL DEFAULT 1,
	outbox_id     BIGINT       NOT NULL,
	ticket_id     BIGINT       NULL,               -- the letter's, as are these
	message_id    BIGINT       NULL,
	address       VARCHAR(254) COLLATE utf8mb4_bin NOT NULL,
	kind          ENUM('failed', 'delayed', 'delivered') NOT NULL,
	status        VARCHAR(16)  COLLATE utf8mb4_bin NULL, -- "5.1.1" (RFC 3463)
	diagnostic    VARCHAR(500) NULL,
	as_mail_id    BIGINT       NULL,               -- the report
	at            DATETIME(6)  NOT NULL,
	KEY by_ticket (ticket_id, id),
	KEY by_outbox (outbox_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- What we know of an address. No row: nothing.
CREATE TABLE IF NOT EXISTS as_address (
	shop_id       SMALLINT     NOT NULL DEFAULT 1,
	address       VARCHAR(254) COLLATE utf8mb4_bin NOT NULL, -- lower case
	undeliverable_at DATETIME(6) NULL,             -- a permanent failure; mail that gets through clears it
	delayed_at    DATETIME(6)  NULL,
	status        VARCHAR(16)  NULL,
	diagnostic    VARCHAR(500) NULL,
	quiet_until   DATETIME(6)  NULL,               -- no automatic mail before then
	verified_at   DATETIME(6)  NULL,               -- a person wrote from there, and DMARC passed
	blocked_at    DATETIME(6)  NULL,               -- by an agent: all its mail is held
	PRIMARY KEY (shop_id, address)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- The test of mail that comes back: the one that was started last.
CREATE TABLE IF NOT EXISTS as_mail_loop (
	shop_id       SMALLINT     NOT NULL PRIMARY KEY,
	started_at    DATETIME(6)  NOT NULL,
	plain_id      BIGINT       NOT NULL,           -- as_outbox: to the address for answers
	plus_id       BIGINT       NULL,               -- to one with a signed tail; NULL: it has no room
	plain_at      DATETIME(6)  NULL,               -- when each came back
	plus_at       DATETIME(6)  NULL,
	path_kept     BOOLEAN      NULL,               -- the return path; NULL: not told
	forged        BOOLEAN      NULL,               -- is a forged word of that host believed? NULL: not told
	authserv      VARCHAR(200) NULL,               -- who vouches for senders
	spf           VARCHAR(20)  NULL,
	dkim          VARCHAR(20)  NULL,
	dmarc         VARCHAR(20)  NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Mailboxes that are fetched.
CREATE TABLE IF NOT EXISTS as_mailbox (
	id            BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
	shop_id       SMALLINT     NOT NULL DEFAULT 1,
	name          VARCHAR(80)  NOT NULL,
	kind          ENUM('imap', 'pop3') NOT NULL,
	host          VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
	port          INT          NOT NULL,
	tls           ENUM('tls', 'starttls', 'none') NOT NULL, -- none: on this machine alone
	user          VARCHAR(254) COLLATE utf8mb4_bin NOT NULL,
	password      VARBINARY(1024) NOT NULL,        -- sealed: port/secret.h
	folder        VARCHAR(255) NOT NULL DEFAULT 'INBOX',
	afterwards    ENUM('leave', 'delete', 'move') NOT NULL DEFAULT 'leave',
	move_to       VARCHAR(255) NULL,
	active        BOOLEAN      NOT NULL DEFAULT TRUE,
	old_too       BOOLEAN      NOT NULL DEFAULT FALSE, -- also what lay there before we came
	begun_at      DATETIME(6)  NULL,               -- we were there: from then on letters are new
	old_uid       BIGINT       NULL,               -- IMAP: up to this one, letters since begun_at alone
	uidvalidity   BIGINT       NULL,               -- IMAP: of the folder as we know it
	last_uid      BIGINT       NULL,               -- IMAP: everything up to here is stored
	failures      INT          NOT NULL DEFAULT 0, -- one after another
	last_error    VARCHAR(500) NULL,
	last_ok_at    DATETIME(6)  NULL,
	next_at       DATETIME(6)  NOT NULL,
	lease_until   DATETIME(6)  NULL,
	-- a test somebody asked for in config, and its answer: JSON
	test_asked_at DATETIME(6)  NULL,
	test_taken_at DATETIME(6)  NULL,               -- by a mailroom
	test_answer   TEXT         NULL,
	version       INT          NOT NULL DEFAULT 1,
	created_at    DATETIME(6)  NOT NULL,
	KEY due (active, next_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Letters of a mailbox that are stored: POP3 has no order of its own, and an
-- IMAP folder may get a new one. And those that the host keeps from us.
CREATE TABLE IF NOT EXISTS as_mailbox_seen (
	mailbox_id    BIGINT       NOT NULL,
	uid           VARBINARY(128) NOT NULL,         -- UIDL, or a hash of it
	seen_at       DATETIME(6)  NOT NULL,
	refused       INT          NOT NULL DEFAULT 0, -- so often; 0: it is stored
	again_at      DATETIME(6)  NULL,               -- refused: not asked for before then
	said          VARCHAR(200) NULL,               -- refused: by the host
	PRIMARY KEY (mailbox_id, uid)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
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
-- What the owner may change. A key without a row has its fallback from
-- src/desk/setting.c; a row without a key there is ignored. 'revision' grows
-- with every change of settings or catalogue: every program reads it with the
-- session and loads again what it kept. Room: include/store/setting.h

CREATE TABLE IF NOT EXISTS as_setting (
	shop_id     SMALLINT      NOT NULL DEFAULT 1,
	name        VARCHAR(64)   COLLATE utf8mb4_bin NOT NULL,
	value       VARCHAR(2000) NOT NULL,
	PRIMARY KEY (shop_id, name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Who changed what in settings, catalogue and staff; append only.
CREATE TABLE IF NOT EXISTS as_audit (
	id          BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
	shop_id     SMALLINT     NOT NULL DEFAULT 1,
	at          DATETIME(6)  NOT NULL,
	agent_id    BIGINT       NULL,                 -- NULL: the command line
	what        VARCHAR(64)  COLLATE utf8mb4_bin NOT NULL, -- 'setting.shop_name', 'status.12', 'agent.3'
	old_value   TEXT         NULL,
	new_value   TEXT         NULL,
	KEY by_date (shop_id, at, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
-- What the search of the panel looks in; filled by the courier a moment later.
-- Room: include/store/search.h. How texts become words: include/desk/document.h

-- One row a message, and one a ticket (message_id 0: subject and summary).
-- `words` holds all words; `rare` those that stood in fewer documents than
-- SEARCH_RARE when the row was made, in a form the server's own list of stop
-- words and least length never touch. The key's name is the server's: the
-- full-text index needs no other row number then, and a higher one is newer.
CREATE TABLE IF NOT EXISTS as_search (
	FTS_DOC_ID  BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	shop_id     SMALLINT     NOT NULL,
	ticket_id   BIGINT       NOT NULL,
	message_id  BIGINT       NOT NULL,
	words       MEDIUMTEXT   NOT NULL,             -- " handle broken ", a blank at both ends
	rare        MEDIUMTEXT   NOT NULL,             -- "handle_ broken_"
	UNIQUE KEY by_message (ticket_id, message_id),
	FULLTEXT KEY by_rare (rare)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- All words of a ticket, subject, messages and the customer's name, as bits
-- (document_mark() in include/desk/document.h): tickets without two words that
-- are everywhere are passed over, some thousand in a millisecond.
CREATE TABLE IF NOT EXISTS as_search_ticket (
	ticket_id   BIGINT       NOT NULL PRIMARY KEY,
	shop_id     SMALLINT     NOT NULL,
	w0  BIGINT NOT NULL, w1  BIGINT NOT NULL, w2  BIGINT NOT NULL, w3  BIGINT NOT NULL,
	w4  BIGINT NOT NULL, w5  BIGINT NOT NULL, w6  BIGINT NOT NULL, w7  BIGINT NOT NULL,
	w8  BIGINT NOT NULL, w9  BIGINT NOT NULL, w10 BIGINT NOT NULL, w11 BIGINT NOT NULL,
	w12 BIGINT NOT NULL, w13 BIGINT NOT NULL, w14 BIGINT NOT NULL, w15 BIGINT NOT NULL,
	w16 BIGINT NOT NULL, w17 BIGINT NOT NULL, w18 BIGINT NOT NULL, w19 BIGINT NOT NULL,
	w20 BIGINT NOT NULL, w21 BIGINT NOT NULL, w22 BIGINT NOT NULL, w23 BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- In how many documents a word stood; counted up to SEARCH_RARE, and never less.
CREATE TABLE IF NOT EXISTS as_word (
	word        VARCHAR(40)  NOT NULL PRIMARY KEY,
	docs        BIGINT       NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The words of customers' names, of those who have tickets.
CREATE TABLE IF NOT EXISTS as_customer_word (
	shop_id     SMALLINT     NOT NULL,
	word        VARCHAR(40)  NOT NULL,
	customer_id BIGINT       NOT NULL,
	PRIMARY KEY (shop_id, word, customer_id),
	KEY by_customer (customer_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- How far the courier has read the tickets, by (updated_at, id).
CREATE TABLE IF NOT EXISTS as_search_mark (
	shop_id     SMALLINT     NOT NULL PRIMARY KEY,
	updated_at  DATETIME(6)  NOT NULL,
	ticket_id   BIGINT       NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
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
-- Housekeeping of the courier: when each chore is next to be done, so that
-- several couriers and couriers of one minute (cron) do it once.
CREATE TABLE IF NOT EXISTS as_chore (
	name    VARCHAR(64) NOT NULL,
	next_at DATETIME(6) NOT NULL,
	PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
