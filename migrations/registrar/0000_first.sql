CREATE TABLE `bodies` (
	`roll` integer NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`region` text,
	`size` integer,
	PRIMARY KEY(`roll`, `id`),
	FOREIGN KEY (`roll`) REFERENCES `rolls`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `changes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`what` text NOT NULL,
	`subject` text NOT NULL,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `credentials` (
	`election` text NOT NULL,
	`person` text NOT NULL,
	`college` text NOT NULL,
	`P` text NOT NULL,
	`token` text,
	PRIMARY KEY(`election`, `college`, `person`),
	FOREIGN KEY (`election`) REFERENCES `elections`(`election`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_key` ON `credentials` (`election`,`P`);--> statement-breakpoint
CREATE TABLE `elections` (
	`election` text PRIMARY KEY NOT NULL,
	`roll` integer NOT NULL,
	`manifest` blob NOT NULL,
	`sources` text NOT NULL,
	`issued` integer NOT NULL,
	`exported` integer,
	`deleted` integer,
	FOREIGN KEY (`roll`) REFERENCES `rolls`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `people` (
	`roll` integer NOT NULL,
	`place` integer NOT NULL,
	`person` text NOT NULL,
	`name` text NOT NULL,
	`contact` text NOT NULL,
	`member` integer NOT NULL,
	`region` text,
	`branch` text,
	`strands` text NOT NULL,
	`represents` text,
	`weight` integer NOT NULL,
	`chosen` text,
	`mandates` text,
	`substitute_for` text,
	PRIMARY KEY(`roll`, `place`),
	FOREIGN KEY (`roll`) REFERENCES `rolls`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_person` ON `people` (`roll`,`person`);--> statement-breakpoint
CREATE TABLE `proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`base` integer NOT NULL,
	`frozen` integer NOT NULL,
	`file` blob NOT NULL,
	`sha256` text NOT NULL,
	`officer` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`base`) REFERENCES `rolls`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rolls` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`imported` integer NOT NULL,
	`frozen` integer NOT NULL,
	`sha256` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `signing_keys` (
	`id` integer PRIMARY KEY NOT NULL,
	`seed` blob NOT NULL
);
