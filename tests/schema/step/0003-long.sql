-- A step of the tests that takes long enough to be killed in its middle.
ALTER TABLE as_notebook
	ADD COLUMN IF NOT EXISTS colour VARCHAR(20) COLLATE utf8mb4_bin NULL;
DO SLEEP(1);
ALTER TABLE as_notebook
	MODIFY text VARCHAR(400) NOT NULL;
