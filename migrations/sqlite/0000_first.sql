CREATE TABLE `blobs` (
	`election` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`election`, `sha256`),
	FOREIGN KEY (`election`) REFERENCES `elections`(`election`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `checkpoints` (
	`election` text NOT NULL,
	`size` integer NOT NULL,
	`note` blob NOT NULL,
	PRIMARY KEY(`election`, `size`),
	FOREIGN KEY (`election`) REFERENCES `elections`(`election`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `elections` (
	`election` text PRIMARY KEY NOT NULL,
	`published` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `entries` (
	`election` text NOT NULL,
	`index` integer NOT NULL,
	`leaf` text NOT NULL,
	`type` text NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`election`, `index`),
	FOREIGN KEY (`election`) REFERENCES `elections`(`election`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `entries_leaf` ON `entries` (`election`,`leaf`);--> statement-breakpoint
CREATE TABLE `mail` (
	`election` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`election`, `sha256`),
	FOREIGN KEY (`election`) REFERENCES `elections`(`election`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `officer_keys` (
	`sha256` text PRIMARY KEY NOT NULL
);
