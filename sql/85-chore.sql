-- Housekeeping of the courier: when each chore is next to be done, so that
-- several couriers and couriers of one minute (cron) do it once.
CREATE TABLE IF NOT EXISTS as_chore (
	name    VARCHAR(64) NOT NULL,
	next_at DATETIME(6) NOT NULL,
	PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
