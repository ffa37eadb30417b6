/** The browser's authenticators (WebAuthn) and the service of this page. What the service answers is hostile. */
import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { z } from 'zod';
import type { Json } from '../../../codec/canonical-json.ts';
import { ask } from './requests.ts';

const passkeyList = z.object({
  passkeys: z.array(
    z.object({ id: z.string(), label: z.string(), added: z.int(), used: z.int().nullable() }),
  ),
});
export type Passkey = z.infer<typeof passkeyList>['passkeys'][number];

/** A JSON document without what is undefined, which has no canonical form. */
const plain = (document: unknown): Json => JSON.parse(JSON.stringify(document)) as Json;

/** What a person does with an authenticator; null where that came to nothing. */
async function gesture<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch {
    // Turned away, timed out, or no such passkey: browsers do not tell which (WebAuthn §14.5).
    return null;
  }
}

/** @returns whether a passkey was used. @throws as `ask` does. */
export async function signInWithPasskey(): Promise<boolean> {
  // The browser checks what it is given.
  const optionsJSON = (await ask(
    'POST',
    '/officers/session/challenge',
  )) as PublicKeyCredentialRequestOptionsJSON;
  const response = await gesture(() => startAuthentication({ optionsJSON }));
  if (response === null) return false;
  await ask('POST', '/officers/session/passkey', { response: plain(response) });
  return true;
}

/** @returns whether a passkey was made. @throws as `ask` does. */
export async function makePasskey(label: string): Promise<boolean> {
  const optionsJSON = (await ask(
    'POST',
    '/officers/passkeys/challenge',
  )) as PublicKeyCredentialCreationOptionsJSON;
  const response = await gesture(() => startRegistration({ optionsJSON }));
  if (response === null) return false;
  await ask('POST', '/officers/passkeys', { label, response: plain(response) });
  return true;
}

/** @throws as `ask` does, ZodError. */
export const listPasskeys = async (): Promise<readonly Passkey[]> =>
  passkeyList.parse(await ask('GET', '/officers/passkeys')).passkeys;

/** With the sessions that it started: this one may be among them. @throws as `ask` does. */
export async function removePasskey(id: string): Promise<void> {
  await ask('DELETE', `/officers/passkeys/${id}`);
}
