CREATE TABLE `passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`officer` text NOT NULL,
	`label` text NOT NULL,
	`public_key` blob NOT NULL,
	`counter` integer NOT NULL,
	`added` integer NOT NULL,
	`used` integer
);
--> statement-breakpoint
ALTER TABLE `sessions` ADD `passkey` text;