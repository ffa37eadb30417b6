CREATE TABLE `proposed_entries` (
	`election` text NOT NULL,
	`proposal` text NOT NULL,
	`proposed` integer NOT NULL,
	`sent` blob NOT NULL,
	PRIMARY KEY(`election`, `proposal`)
);
