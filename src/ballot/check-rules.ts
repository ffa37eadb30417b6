/**
 * The decisions of a manifest (docs/protocol.md §4.1, §10): what each counts exists, and nothing that it asks for is
 * impossible, reached by itself or left open. The manifest has passed its schema and is otherwise hostile.
 */
import type { Contest, ManifestBody, MotionRule, SeatsRule, Threshold } from './manifest.ts';
import { checkDistinct, idsOf, type Problems } from './manifest-problem.ts';

function* checkThreshold({ compare, p, q }: Threshold, field: string): Problems {
  if (p > q) yield { field, code: 'impossible', why: `${p}/${q} is more than all` };
  else if (p === q && compare === 'more-than') yield { field, code: 'impossible', why: 'more than all' };
  if (p === 0 && compare === 'at-least')
    yield { field, code: 'impossible', why: 'at least nothing is always reached' };
}

function* checkCollegeOf(contest: Contest | undefined, college: string, field: string): Problems {
  if (contest && !contest.colleges.includes(college))
    yield { field, code: 'unknown', why: `${college} does not vote in ${contest.id}` };
}

function* checkMotion(rule: MotionRule, contest: Contest | undefined, field: string): Problems {
  for (const answer of ['for', 'against'] as const) {
    if (contest && !contest.options.includes(rule[answer]))
      yield {
        field: `${field}.${answer}`,
        code: 'unknown',
        why: `${rule[answer]} is no option of ${contest.id}`,
      };
  }
  if (rule.for === rule.against)
    yield { field: `${field}.against`, code: 'contradiction', why: 'the same as for' };
  const isOneOf = contest?.shape.kind === 'choose' && contest.shape.min === 1 && contest.shape.max === 1;
  if (contest && !isOneOf)
    yield {
      field: `${field}.contest`,
      code: 'contradiction',
      why: `${contest.id} does not ask for exactly one option`,
    };
  yield* checkDistinct(
    (j) => `${field}.colleges[${j}].college`,
    rule.colleges.map(({ college }) => college),
  );
  for (const [j, { college, threshold, quorum }] of rule.colleges.entries()) {
    yield* checkCollegeOf(contest, college, `${field}.colleges[${j}].college`);
    yield* checkThreshold(threshold, `${field}.colleges[${j}].threshold`);
    if (quorum.p > quorum.q)
      yield {
        field: `${field}.colleges[${j}].quorum`,
        code: 'impossible',
        why: `${quorum.p}/${quorum.q} is more than all`,
      };
  }
  const { divided } = rule;
  if (divided.kind === 'prevails' && !rule.colleges.some(({ college }) => college === divided.college))
    yield {
      field: `${field}.divided.college`,
      code: 'unknown',
      why: `${divided.college} is no college of this rule`,
    };
}

function* checkSeats(
  rule: SeatsRule,
  contest: Contest | undefined,
  secret: boolean,
  field: string,
): Problems {
  yield* checkCollegeOf(contest, rule.college, `${field}.college`);
  if (contest && rule.seats > contest.options.length)
    yield {
      field: `${field}.seats`,
      code: 'impossible',
      why: `${rule.seats} for ${contest.options.length} options`,
    };
  if (rule.ties === 'lot' && !secret)
    yield {
      field: `${field}.ties`,
      code: 'impossible',
      why: 'a lot is drawn by trustees, whom only a secret college has',
    };
}

/** Every problem of the rules. */
export function* checkRules({ rules, contests, colleges }: ManifestBody): Problems {
  const secret = colleges.some(({ mode }) => mode === 'secret');
  yield* checkDistinct((i) => `rules[${i}].id`, idsOf(rules));
  for (const [i, rule] of rules.entries()) {
    const field = `rules[${i}]`;
    const contest = contests.find(({ id }) => id === rule.contest);
    if (!contest) yield { field: `${field}.contest`, code: 'unknown', why: `no contest ${rule.contest}` };
    if (rule.kind === 'motion') yield* checkMotion(rule, contest, field);
    else yield* checkSeats(rule, contest, secret, field);
  }
}
