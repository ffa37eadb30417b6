/** Makes, opens or restores one signing key off the page's thread, and answers with the open key: see key-work.ts. */
// oxlint-disable-next-line no-unassigned-import
import '../trustee/island/no-eval.ts';
import { TrusteeError } from '../../trustee/errors.ts';
import { filesOf, type KeyAnswer, type KeyWork } from './key-work.ts';
import { type OpenKey, SigningKeys } from './signing-keys.ts';

function open(asked: KeyWork): Promise<OpenKey> {
  const keys = new SigningKeys(filesOf(asked.role), asked.role);
  if (asked.kind === 'make') return keys.make({ passphrase: asked.passphrase });
  if (asked.kind === 'open') return keys.open(asked.name, asked.passphrase);
  return keys.restore(asked.bytes, asked.passphrase);
}

async function answer(asked: KeyWork): Promise<KeyAnswer> {
  try {
    return { kind: 'opened', key: await open(asked) };
  } catch (error) {
    if (error instanceof TrusteeError) return { kind: 'refused', code: error.code, where: error.where };
    return { kind: 'failed', why: String(error) };
  }
}

addEventListener(
  'message',
  ({ data }: MessageEvent<KeyWork>) => void answer(data).then((said) => postMessage(said)),
);
