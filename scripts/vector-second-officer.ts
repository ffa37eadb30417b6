/** What the worked election of two officers shows: who signed which bytes, and forgeries by one of them (docs/protocol.md §12). */
import { encodeCanonical } from '../src/codec/canonical-json.ts';
import { concat, fromBase64Url, toHex, toUtf8 } from '../src/crypto/bytes.ts';
import { parsePublicKey, verify } from '../src/crypto/ed25519.ts';
import { TAGS } from '../src/crypto/tags.ts';
import type { Role } from '../src/record/entries.ts';
import { parseEntry } from '../src/record/envelope.ts';
import { SECOND_OFFICER_ATTACKS } from '../test/attacks/second-officer-attacks.ts';
import type { BuiltElection } from '../test/elections/built-election.ts';
import { publishedFiles } from '../test/elections/publish.ts';
import type { Forgery } from './vector-forgeries.ts';

/** The entries that more than one signs: the bytes that each of them signs, and the signatures in their order. */
export function signedTwice({ record, manifest: { body } }: BuiltElection): object[] {
  const keysOf = (role: Role): readonly string[] =>
    role === 'officer' ? body.roles.officers : body.roles.registrars;
  return record.entries.flatMap((published, index) => {
    const entry = parseEntry(published);
    if (!('sigs' in entry) || entry.sigs.length === 1) return [];
    const { sigs, ...unsigned } = entry;
    const bytes = concat(toUtf8(TAGS.entrySignature), encodeCanonical(unsigned));
    const signers = sigs.map(({ role, i, sig }) => {
      const key = keysOf(role)[i - 1] ?? '';
      if (!verify(parsePublicKey(fromBase64Url(key)), bytes, fromBase64Url(sig)))
        throw new Error('a signature');
      return { role, i, key, sig };
    });
    const kind = entry.type === 'act' ? entry.body.act.kind : entry.type;
    return [{ index, kind, bytes: toHex(bytes), signers }];
  });
}

/** Those of test/attacks: each is a record of its own. */
export const SECOND_OFFICER_FORGERIES: readonly Forgery[] = SECOND_OFFICER_ATTACKS.map(
  ({ fails, name, make }) => [fails, name, async () => await publishedFiles(await make())],
);
