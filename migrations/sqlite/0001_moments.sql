CREATE TABLE `moments` (
	`election` text NOT NULL,
	`size` integer NOT NULL,
	`time` integer NOT NULL,
	PRIMARY KEY(`election`, `size`, `time`),
	FOREIGN KEY (`election`) REFERENCES `elections`(`election`) ON UPDATE no action ON DELETE no action
);
