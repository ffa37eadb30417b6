/** What browsers send of a passkey (WebAuthn §5.1): members that nobody here reads are dropped. */
import { z } from '@hono/zod-openapi';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { base64urlOfMany, unixTime } from '../../codec/fields.ts';

const encoded = (most: number) => base64urlOfMany(1, most).min(1);
/** WebAuthn §4: at most 1023 bytes. */
export const credentialId = encoded(1023);

const credential = { id: credentialId, rawId: credentialId, type: z.literal('public-key') };

export const registrationResponse = z
  .object({
    ...credential,
    response: z.object({ clientDataJSON: encoded(4000), attestationObject: encoded(12_000) }),
  })
  .transform((sent): RegistrationResponseJSON => ({ ...sent, clientExtensionResults: {} }));

export const authenticationResponse = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: encoded(4000),
      authenticatorData: encoded(4000),
      signature: encoded(8000),
      userHandle: encoded(64),
    }),
  })
  .transform((sent): AuthenticationResponseJSON => ({ ...sent, clientExtensionResults: {} }));

/** What an officer calls a passkey. */
export const label = z.string().trim().min(1).max(60);

export const passkey = z
  .strictObject({ id: credentialId, label: z.string(), added: unixTime, used: unixTime.nullable() })
  .openapi('Passkey');
export const passkeyList = z.strictObject({ passkeys: z.array(passkey) }).openapi('Passkeys');

/** PublicKeyCredentialCreationOptionsJSON and PublicKeyCredentialRequestOptionsJSON, for the browser. */
export const browserOptions = z.looseObject({ challenge: z.string() }).openapi('PasskeyOptions');

/** The library's options without the members that are undefined. */
export const plain = (options: { readonly challenge: string }): z.infer<typeof browserOptions> =>
  JSON.parse(JSON.stringify(options)) as z.infer<typeof browserOptions>;
