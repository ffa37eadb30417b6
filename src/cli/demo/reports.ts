/** What the voters' processes tell the one that started them: JSON, one line each. */
import { z } from 'zod';
import { count, hash, positive } from '../../codec/fields.ts';
import { receipt } from '../../record/receipt.ts';

const keptReceipt = z.object({
  voter: positive,
  college: z.string(),
  leaf: hash,
  /** The published bytes of the ballot, base64url. */
  ballot: z.string(),
  receipt,
});
export type KeptReceipt = z.infer<typeof keptReceipt>;

const progress = z.object({ kind: z.literal('progress'), cast: count });

const membersReport = z.object({
  kind: z.literal('done'),
  cast: count,
  twice: count,
  checked: count,
  /** One of them; null if nobody voted. */
  kept: keptReceipt.nullable(),
});
export type MembersReport = z.infer<typeof membersReport>;

const intruderReport = z.object({
  kind: z.literal('refused'),
  /** By what was tried: how often it was refused. */
  refused: z.record(z.string(), count),
});
export type IntruderReport = z.infer<typeof intruderReport>;

const anyReport = z.discriminatedUnion('kind', [progress, membersReport, intruderReport]);
export type Report = z.infer<typeof anyReport>;

export function report(told: Report): void {
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

export function parseReport(line: string): Report {
  return anyReport.parse(JSON.parse(line));
}
