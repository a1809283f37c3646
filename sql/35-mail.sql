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
