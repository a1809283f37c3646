-- A step of the tests: a column, filled from what is there, and an index.
ALTER TABLE as_customer
	ADD COLUMN IF NOT EXISTS phone VARCHAR(40) COLLATE utf8mb4_bin NULL;
UPDATE as_customer SET phone = CONCAT('+', id)
	WHERE phone IS NULL;
ALTER TABLE as_customer
	ADD INDEX IF NOT EXISTS by_phone (phone);
