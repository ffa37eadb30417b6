/** Officers' passkeys (WebAuthn §7): what is kept, what signs in, and everything that does not (P3). */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CHALLENGE_SECONDS } from '../../src/api/officers/challenges.ts';
import { CHALLENGES } from '../../src/api/officers/officer-routes.ts';
import { openService } from '../../src/api/service.ts';
import { hashOfficerKey } from '../../src/api/service-keys.ts';
import { type Answer, sender, temporaryDirectory } from './api-elections.ts';
import { cookieOf, ORIGIN, secondOfficerKey, signInWithKey } from './desk-requests.ts';
import { fileService } from './file-service.ts';
import { type Options, PasskeyDevice, type Said } from './passkey-device.ts';

const api = fileService();
const second = secondOfficerKey(api);
beforeEach(() => {
  // A minute of its own for each test, as failures are counted by the minute.
  api.clock.now += 60;
});

const post = (path: string, body?: unknown, cookie = ''): Promise<Answer> =>
  api.send('POST', `/officers${path}`, body === undefined ? undefined : JSON.stringify(body), {
    origin: ORIGIN,
    ...(cookie === '' ? {} : { cookie }),
  });

const byKey = async (key = api.officerKey): Promise<string> => cookieOf(await signInWithKey(api, key));

const optionsOf = ({ status, json }: Answer): Options => {
  if (status !== 200) throw new Error(JSON.stringify(json));
  return json as unknown as Options;
};
const toRegister = async (cookie: string): Promise<Options> =>
  optionsOf(await post('/passkeys/challenge', undefined, cookie));
const toSignIn = async (): Promise<Options> => optionsOf(await post('/session/challenge'));

/** As a proxy on the same machine tells it. */
const askFrom = (address: string): Promise<Answer> =>
  api.send('POST', '/officers/session/challenge', undefined, { 'x-forwarded-for': address });

/** A device that this officer has registered. */
async function registered(cookie: string, label = 'telephone'): Promise<PasskeyDevice> {
  const device = new PasskeyDevice(ORIGIN);
  const response = device.create(await toRegister(cookie));
  expect((await post('/passkeys', { label, response }, cookie)).status).toBe(200);
  return device;
}

const signIn = (response: object): Promise<Answer> => post('/session/passkey', { response });
const whoIs = (cookie: string): Promise<Answer> =>
  api.send('GET', '/officers/session', undefined, { cookie });

describe('a passkey', () => {
  test('is asked for as one that names its user, and verifies them', async () => {
    expect(await toRegister(await byKey())).toMatchObject({
      rp: { id: 'service.test' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const options = await toSignIn();
    expect(options).toMatchObject({ rpId: 'service.test', userVerification: 'required' });
    // Nothing that tells which passkeys there are.
    expect(options).not.toHaveProperty('allowCredentials');
  });

  test('signs in the officer who made it, as the officer’s key does', async () => {
    for (const key of [api.officerKey, second]) {
      const device = await registered(await byKey(key));
      const answer = await signIn(device.get(await toSignIn()));
      expect(answer.json).toMatchObject({ officer: hashOfficerKey(key) });
      expect((await whoIs(cookieOf(answer))).json).toEqual({ officer: hashOfficerKey(key) });
    }
  });

  test('is listed to its officer alone, with its last use, and without its key', async () => {
    const [mine, other] = [await byKey(), await byKey(second)];
    const device = await registered(mine, '  <b>laptop</b>  ');
    const id = device.id.toString('base64url');
    const list = async (cookie: string): Promise<Record<string, unknown>[]> => {
      const { json } = await api.send('GET', '/officers/passkeys', undefined, { cookie });
      return json['passkeys'] as Record<string, unknown>[];
    };
    const added = api.clock.now;
    const found = (await list(mine)).find((passkey) => passkey['id'] === id);
    expect(found).toEqual({ id, label: '<b>laptop</b>', added, used: null });
    expect((await list(other)).some((passkey) => passkey['id'] === id)).toBe(false);
    api.clock.now += 30;
    await signIn(device.get(await toSignIn()));
    expect((await list(mine)).find((passkey) => passkey['id'] === id)?.['used']).toBe(added + 30);
  });

  test('that is removed signs nobody in, and takes its sessions with it, and no others', async () => {
    const cookie = await byKey();
    const device = await registered(cookie);
    const session = cookieOf(await signIn(device.get(await toSignIn())));
    const path = `/officers/passkeys/${device.id.toString('base64url')}`;
    const remove = async (by: string): Promise<Answer> =>
      api.send('DELETE', path, undefined, { cookie: by, origin: ORIGIN });
    expect((await remove(await byKey(second))).json['code']).toBe('unknown-passkey');
    expect((await whoIs(session)).status).toBe(200);
    expect((await remove(cookie)).status).toBe(200);
    expect((await whoIs(session)).status).toBe(401);
    expect((await whoIs(cookie)).status).toBe(200);
    expect((await signIn(device.get(await toSignIn()))).json['code']).toBe('sign-in-failed');
    expect((await remove(cookie)).json['code']).toBe('unknown-passkey');
  });
});

describe('making a passkey', () => {
  test('needs an officer who has just signed in', async () => {
    expect((await post('/passkeys/challenge')).json['code']).toBe('not-signed-in');
    const cookie = await byKey();
    const options = await toRegister(cookie);
    api.clock.now += 600;
    expect((await post('/passkeys/challenge', undefined, cookie)).json['code']).toBe('sign-in-again');
    const response = new PasskeyDevice(ORIGIN).create(options);
    expect((await post('/passkeys', { label: 'late', response }, cookie)).json['code']).toBe('sign-in-again');
  });

  test.each<[string, Partial<Said>]>([
    ['a page elsewhere', { origin: 'https://evil.example' }],
    ['another port', { origin: `${ORIGIN}:8443` }],
    ['another relying party', { rpId: 'evil.example' }],
    ['no check of the user', { userVerified: false }],
    ['a signature for signing in', { type: 'webauthn.get' }],
  ])('is refused from %s', async (_, said) => {
    const cookie = await byKey();
    const response = new PasskeyDevice(ORIGIN).create(await toRegister(cookie), said);
    expect((await post('/passkeys', { label: 'x', response }, cookie)).json['code']).toBe('bad-passkey');
  });

  test('takes a challenge once, of its own officer and its own purpose, and not a late one', async () => {
    const [mine, other] = [await byKey(), await byKey(second)];
    const attempt = async (options: Options, cookie = mine): Promise<unknown> => {
      const response = new PasskeyDevice(ORIGIN).create(options);
      return (await post('/passkeys', { label: 'x', response }, cookie)).json['code'];
    };
    const options = await toRegister(mine);
    expect(await attempt(options)).toBeUndefined();
    expect(await attempt(options)).toBe('bad-passkey');
    expect(await attempt(await toRegister(mine), other)).toBe('bad-passkey');
    expect(await attempt({ ...(await toSignIn()), rp: { id: 'service.test' } })).toBe('bad-passkey');
    expect(await attempt({ ...options, challenge: 'A'.repeat(43) })).toBe('bad-passkey');
    const late = await toRegister(mine);
    api.clock.now += CHALLENGE_SECONDS;
    expect(await attempt(late)).toBe('bad-passkey');
  });

  test('takes no passkey twice, not even for another officer', async () => {
    const [mine, other] = [await byKey(), await byKey(second)];
    const device = await registered(mine);
    for (const cookie of [mine, other]) {
      const response = device.create(await toRegister(cookie));
      expect((await post('/passkeys', { label: 'x', response }, cookie)).json['code']).toBe('bad-passkey');
    }
  });

  test('names the field of what is no passkey', async () => {
    const cookie = await byKey();
    const response = new PasskeyDevice(ORIGIN).create(await toRegister(cookie));
    const answer = await post('/passkeys', { label: ' ', response }, cookie);
    expect(answer.json).toMatchObject({ code: 'bad-field', field: 'label' });
    const broken = { ...response, id: 'a b' };
    expect((await post('/passkeys', { label: 'x', response: broken }, cookie)).json).toMatchObject({
      code: 'bad-field',
      field: 'response.id',
    });
  });
});

describe('signing in', () => {
  let device: PasskeyDevice;
  beforeAll(async () => {
    device = await registered(await byKey());
  });

  test.each<[string, Partial<Said & { user: string }>]>([
    ['a page elsewhere', { origin: 'https://evil.example' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['a device that did not check its user', { userVerified: false }],
    ['a copy of the device that is behind', { counter: 1 }],
    ['a signature for making a passkey', { type: 'webauthn.create' }],
    ['another user’s handle', { user: hashOfficerKey('other') }],
  ])('is refused to %s, all alike', async (_, said) => {
    expect((await signIn(device.get(await toSignIn()))).status).toBe(200);
    const answer = await signIn(device.get(await toSignIn(), said));
    expect(answer.json).toEqual(
      (await signIn(new PasskeyDevice(ORIGIN).get(await toSignIn(), { user: 'AAAA' }))).json,
    );
    expect(answer.json['code']).toBe('sign-in-failed');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test('is refused to a signature of another key', async () => {
    const [thief, options] = [new PasskeyDevice(ORIGIN), await toSignIn()];
    const stolen = {
      ...thief.get(options, { user: hashOfficerKey(api.officerKey) }),
      id: device.id.toString('base64url'),
    };
    expect((await signIn({ ...stolen, rawId: stolen.id })).json['code']).toBe('sign-in-failed');
  });

  test('takes a challenge once, and not a late one, and none that it did not make', async () => {
    const options = await toSignIn();
    const response = device.get(options);
    expect((await signIn(response)).status).toBe(200);
    expect((await signIn(response)).json['code']).toBe('sign-in-failed');
    // Nor with a fresh signature.
    expect((await signIn(device.get(options))).json['code']).toBe('sign-in-failed');
    expect((await signIn(device.get({ ...options, challenge: 'A'.repeat(43) }))).json['code']).toBe(
      'sign-in-failed',
    );
    const late = await toSignIn();
    api.clock.now += CHALLENGE_SECONDS;
    expect((await signIn(device.get(late))).json['code']).toBe('sign-in-failed');
  });

  test('takes a challenge once from two who send the same at once', async () => {
    // As synchronised passkeys, it does not count how often it signs.
    const [cookie, uncounted] = [await byKey(), new PasskeyDevice(ORIGIN)];
    const made = uncounted.create(await toRegister(cookie), { counter: 0 });
    expect((await post('/passkeys', { label: 'synchronised', response: made }, cookie)).status).toBe(200);
    const response = uncounted.get(await toSignIn(), { counter: 0 });
    const answers = await Promise.all([signIn(response), signIn(response)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401]);
  });

  test('has time for a challenge while a stranger asks for more than anybody keeps', async () => {
    const options = await toSignIn();
    let refused = 0;
    for (let n = 0; n < 2 * CHALLENGES.most; n++) {
      const { status } = await askFrom('192.0.2.1');
      if (status !== 200) refused += 1;
    }
    expect(refused).toBe(CHALLENGES.most);
    expect((await signIn(device.get(options))).status).toBe(200);
  });

  test('a challenge for making a passkey signs nobody in', async () => {
    const options = await toRegister(await byKey());
    expect((await signIn(device.get(options))).json['code']).toBe('sign-in-failed');
  });

  test('an address that fails too often waits, with passkeys too', async () => {
    api.clock.now += 60 - (api.clock.now % 60);
    const stranger = new PasskeyDevice(ORIGIN);
    for (let n = 0; n < 10; n++) await signIn(stranger.get(await toSignIn(), { user: 'AAAA' }));
    expect((await signIn(device.get(await toSignIn()))).json['code']).toBe('too-many-failures');
  });
});

test('an address that asks for challenges too often waits for the next minute, and no other does', async () => {
  api.clock.now += 60 - (api.clock.now % 60);
  for (let n = 0; n < CHALLENGES.most; n++) expect((await askFrom('192.0.2.1')).status).toBe(200);
  const refused = await askFrom('192.0.2.1');
  expect(refused.json['code']).toBe('too-many-challenges');
  expect(refused.headers.get('retry-after')).toBe('60');
  expect((await askFrom('192.0.2.2')).status).toBe(200);
  api.clock.now += 60;
  expect((await askFrom('192.0.2.1')).status).toBe(200);
});

test('an address that is a number has no passkeys', async () => {
  const other = temporaryDirectory();
  for (const url of ['http://127.0.0.1:8080', 'http://[::1]:8080']) {
    const service = openService({ dataDir: other.path }, () => url);
    const answer = await sender(service.app)('POST', '/officers/session/challenge');
    expect(answer.json['code']).toBe('no-passkeys');
    await service.stop();
  }
  other.remove();
});

test('no report has a secret, an id or a name in it', () => {
  expect(api.reports).toEqual([]);
});
