/** How a command ends: 0 for yes, 1 for "checked and false", 2 for "could not run". */
import { CommanderError } from 'commander';
import { OfficerError, type OfficerErrorCode } from '../officer/errors.ts';

export const EXIT = { yes: 0, no: 1, couldNotRun: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command could not do what was asked; the message is for the person who asked. */
export class CannotRun extends Error {
  override readonly name: string = 'CannotRun';
}

/** The command looked, and what it looked at does not hold. */
export class CheckedFalse extends Error {
  override readonly name = 'CheckedFalse';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What an officer's client looked at, and what does not hold. */
const FALSE: readonly OfficerErrorCode[] = ['false-receipt', 'false-linked-record'];

/** The exit code that an error of a command means. Asking for help or the version is no error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.yes : EXIT.couldNotRun;
  if (error instanceof OfficerError && FALSE.includes(error.code)) return EXIT.no;
  return error instanceof CheckedFalse ? EXIT.no : EXIT.couldNotRun;
}
