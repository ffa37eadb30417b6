/** Choices as they are typed on a command line, for every shape of contest. */
import type { Choice, Choices } from '../ballot/choices.ts';
import type { Contest } from '../ballot/manifest.ts';
import { CannotRun } from './exit.ts';

export const CHOICE_HELP =
  'what you choose, once for each contest: option,option; in order, where options are ranked; option:3,option:1 where they get numbers';

function numbered(items: readonly string[], where: string): Record<string, number> {
  return Object.fromEntries(
    items.map((item) => {
      const { option, n } = /^(?<option>[^:]+):(?<n>[0-9]{1,10})$/.exec(item)?.groups ?? {};
      if (option === undefined) throw new CannotRun(`${where}: ${item} is not OPTION:NUMBER`);
      return [option, Number(n)];
    }),
  );
}

/** `contest=option,option` or `contest=option:3,option:1`; `contest=` chooses none. */
export function parseChoice(text: string, before: Choices = {}): Choices {
  const { contest, options = '' } = /^(?<contest>[^=]+)=(?<options>.*)$/.exec(text)?.groups ?? {};
  if (contest === undefined) throw new CannotRun(`--choice ${text}: it is CONTEST=OPTION,OPTION`);
  const where = `--choice ${contest}`;
  if (Object.hasOwn(before, contest)) throw new CannotRun(`${where}: given twice`);
  const items = options === '' ? [] : options.split(',');
  const choice: Choice = options.includes(':') ? numbered(items, where) : items;
  if (!Array.isArray(choice) && Object.keys(choice).length < items.length) {
    throw new CannotRun(`${where}: an option given twice`);
  }
  return { ...before, [contest]: choice };
}

const hasNumbers = ({ shape }: Contest): boolean => shape.kind === 'score' || shape.kind === 'split';

/** All that was typed; nothing at all is nothing for each option, where options get numbers. */
export function choicesFor(
  contests: readonly Contest[],
  { choice = {}, blank = [] }: { readonly choice?: Choices; readonly blank?: readonly string[] },
): Choices {
  const both = blank.find((contest) => Object.hasOwn(choice, contest));
  if (both !== undefined) throw new CannotRun(`--blank ${both}: but there is a --choice too`);
  const typed = Object.entries(choice).map(([id, own]): [string, Choice] => {
    const contest = contests.find((one) => one.id === id);
    const isNothing = Array.isArray(own) && own.length === 0;
    return [id, isNothing && contest !== undefined && hasNumbers(contest) ? {} : own];
  });
  return Object.fromEntries([...typed, ...blank.map((id) => [id, 'blank'] as const)]);
}
