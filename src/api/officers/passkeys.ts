/**
 * Officers' passkeys (W3C Web Authentication Level 3, §7): made by an officer who is signed in, and enough to sign in
 * from then on. They are bound to the host of the service's address, are discoverable, and verify their user, so that
 * one gesture says who it is and proves it. What browsers send is hostile.
 */
import { isIP } from 'node:net';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { fromBase64Url } from '../../crypto/bytes.ts';
import { Problem } from '../problem.ts';
import { CHALLENGE_SECONDS, Challenges } from './challenges.ts';
import type { OfficerStore, Passkey } from './store/officer-store.ts';

/** How many passkeys an officer may have. */
const MOST_PASSKEYS = 20;
/** EdDSA, ES256, RS256 (IANA COSE Algorithms): what authenticators have, and Node verifies. */
const ALGORITHMS = [-8, -7, -257];
const SIGN_IN = 'sign-in';
const registrationOf = (officer: string): string => `register ${officer}`;

/** Its decoders of attestations take a while to load, which no start should wait for. */
const webauthn = () => import('@simplewebauthn/server');

export class Passkeys {
  readonly #store: OfficerStore;
  readonly #challenges: Challenges;
  /** Unix seconds. */
  readonly #clock: () => number;
  /** The address that clients see. */
  readonly #url: () => string;

  constructor(store: OfficerStore, clock: () => number, url: () => string) {
    this.#store = store;
    this.#challenges = new Challenges(clock);
    this.#clock = clock;
    this.#url = url;
  }

  /** @throws Problem `no-passkeys`: a relying party is a domain (WebAuthn §5.1.2), never a number. */
  #party(): { readonly origin: string; readonly id: string } {
    const { origin, hostname } = new URL(this.#url());
    if (isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0) throw new Problem('no-passkeys');
    return { origin, id: hostname };
  }

  /** The challenge of one response: it is taken once its signature is verified, so that nobody else's noise takes any. */
  #signed(purpose: string): {
    readonly isOpen: (challenge: string) => boolean;
    readonly take: () => boolean;
  } {
    let sent = '';
    return {
      isOpen: (challenge) => {
        sent = challenge;
        return this.#challenges.isOpen(challenge, purpose);
      },
      take: () => this.#challenges.take(sent, purpose),
    };
  }

  /** What a browser needs to make a passkey. @throws Problem `no-passkeys`, `too-many-passkeys`. */
  async registrationOptions(officer: string) {
    const { id } = this.#party();
    const known = this.#store.passkeysOf(officer);
    if (known.length >= MOST_PASSKEYS) throw new Problem('too-many-passkeys');
    const { generateRegistrationOptions } = await webauthn();
    return await generateRegistrationOptions({
      rpName: 'Teller',
      rpID: id,
      userID: Uint8Array.from(fromBase64Url(officer)),
      userName: `Officer ${officer.slice(0, 8)}`,
      challenge: Uint8Array.from(fromBase64Url(this.#challenges.make(registrationOf(officer)))),
      timeout: CHALLENGE_SECONDS * 1000,
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: known.map((passkey) => ({ id: passkey.id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  /** Keeps a passkey that a browser has made. @throws Problem `bad-passkey`, `no-passkeys`. */
  async register(officer: string, label: string, response: RegistrationResponseJSON): Promise<Passkey> {
    const { origin, id: rpID } = this.#party();
    const { verifyRegistrationResponse } = await webauthn();
    const signed = this.#signed(registrationOf(officer));
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: signed.isOpen,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }).catch(refuse);
    if (!verified || !signed.take()) throw new Problem('bad-passkey');
    const { id, publicKey, counter } = registrationInfo.credential;
    const added = this.#clock();
    const passkey = { id, officer, label, publicKey: Buffer.from(publicKey), counter, added, used: null };
    if (!this.#store.addPasskey(passkey)) throw new Problem('bad-passkey');
    return passkey;
  }

  /** What a browser needs to sign in; the same for everybody. @throws Problem `no-passkeys`. */
  async signInOptions() {
    const { id } = this.#party();
    const { generateAuthenticationOptions } = await webauthn();
    return await generateAuthenticationOptions({
      rpID: id,
      challenge: Uint8Array.from(fromBase64Url(this.#challenges.make(SIGN_IN))),
      timeout: CHALLENGE_SECONDS * 1000,
      userVerification: 'required',
    });
  }

  /** The passkey that signed; null where none did. @throws Problem `no-passkeys`. */
  async signIn(response: AuthenticationResponseJSON): Promise<Passkey | null> {
    const { origin, id: rpID } = this.#party();
    const passkey = this.#store.passkey(response.id);
    // §7.2 step 6: a discoverable passkey says whose it is.
    if (passkey === undefined || response.response.userHandle !== passkey.officer) return null;
    const { id, publicKey, counter } = passkey;
    const { verifyAuthenticationResponse } = await webauthn();
    const signed = this.#signed(SIGN_IN);
    const found = await verifyAuthenticationResponse({
      response,
      expectedChallenge: signed.isOpen,
      expectedOrigin: origin,
      expectedRPID: rpID,
      credential: { id, publicKey: Uint8Array.from(publicKey), counter },
      requireUserVerification: true,
    }).catch(() => null);
    if (!found?.verified || !signed.take()) return null;
    // It may have been removed, or have signed elsewhere, while this one was verified.
    return this.#store.usePasskey(passkey, found.authenticationInfo.newCounter, this.#clock())
      ? passkey
      : null;
  }

  of(officer: string): Passkey[] {
    return this.#store.passkeysOf(officer);
  }

  /** Also ends the sessions that it started. @throws Problem `unknown-passkey`. */
  remove(officer: string, id: string): void {
    if (!this.#store.removePasskey(officer, id)) throw new Problem('unknown-passkey');
  }
}

/** The library throws for every check of §7.1 that fails, with words that help nobody but an attacker. */
function refuse(): never {
  throw new Problem('bad-passkey');
}
