CREATE TABLE `sessions` (
	`sha256` text PRIMARY KEY NOT NULL,
	`officer` text NOT NULL,
	`started` integer NOT NULL,
	`used` integer NOT NULL
);
