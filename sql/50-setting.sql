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
