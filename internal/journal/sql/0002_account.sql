-- What happened in a session that somebody led, and who did it: '[{"after":0,…}]', or ''.
ALTER TABLE entries ADD COLUMN account TEXT NOT NULL DEFAULT '';
