CREATE TABLE `disputes` (
	`election` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` blob NOT NULL,
	`filed` integer NOT NULL,
	PRIMARY KEY(`election`, `sha256`),
	FOREIGN KEY (`election`) REFERENCES `elections`(`election`) ON UPDATE no action ON DELETE no action
);
