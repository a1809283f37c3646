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
