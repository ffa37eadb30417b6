/** What holds for a replacement: while voting is open, of a voter, by a credential that is nobody's (docs/protocol.md §5.4). */
import { fromBase64Url } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/errors.ts';
import { verifyReplacement } from '../crypto/proofs/replacement-proof.ts';
import { type ElectionState, phaseOf } from './election-state.ts';
import type { EntryOf } from './entries.ts';
import { type Problem, problem } from './problem.ts';
import { holderOf, keyOf } from './replacements.ts';

type Body = EntryOf<'replacement'>['body'];

const wrong = (field: keyof Body, why: string): Problem =>
  problem('roll', 'bad-replacement', `body.${field}`, why);

export function examineReplacement(state: ElectionState, { body }: EntryOf<'replacement'>): Problem[] {
  const phase = phaseOf(state);
  if (phase === 'setup') return [problem('grammar', 'too-early', 'type', 'the election is not open')];
  if (phase !== 'open') return [problem('grammar', 'too-late', 'type', 'the election is closed')];
  const { manifest, replacements, opening } = state;
  const problems: Problem[] = [];
  if (body.ctx !== opening?.leaf)
    problems.push(problem('context', 'wrong-context', 'body.ctx', 'not the leaf of the opening'));
  const most = manifest.caps.replacements;
  if (replacements.size >= most)
    problems.push(problem('roll', 'too-many-replacements', 'type', `the manifest allows ${most}`));
  const key = keyOf(state, body.voter);
  if (key === undefined) return [...problems, wrong('voter', 'not on the roll')];
  if (key !== body.old) problems.push(wrong('old', 'not the credential of this voter now'));
  return [...problems, ...examineNew(state, body), ...examinePossession(body)];
}

/** A new credential of the same voter is on no roll; a substitute is one whom the roll names for this voter. */
function examineNew(state: ElectionState, body: Body): Problem[] {
  if (holderOf(state, body.new) !== undefined) return [wrong('new', 'it was a credential before')];
  const listed = state.voters?.substitute(body.new);
  if (body.reason === 'lost') {
    if (listed !== undefined) return [wrong('new', `it is that of a substitute for voter ${listed.voter}`)];
    return body.name === null ? [] : [wrong('name', 'the voter is the same')];
  }
  if (listed?.voter !== body.voter) return [wrong('new', 'the roll names no such substitute')];
  return body.name === listed.name ? [] : [wrong('name', 'not as the roll has it')];
}

function examinePossession({ ctx, voter, old, new: after, proof }: Body): Problem[] {
  const bytes = (text: string) => fromBase64Url(text);
  const statement = { ctx: bytes(ctx), voter, before: bytes(old), after: bytes(after) };
  try {
    verifyReplacement(statement, bytes(proof));
    return [];
  } catch (error) {
    if (error instanceof CryptoError)
      return [
        problem('roll', 'bad-possession', `body.${error.where === 'P' ? 'new' : 'proof'}`, error.message),
      ];
    throw error;
  }
}
