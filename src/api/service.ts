/**
 * The whole service of one data directory, without a socket: databases, keys, ballot box, registrar, and the
 * application that answers requests.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { createRoute } from '@hono/zod-openapi';
import { methodNotAllowed } from 'hono/method-not-allowed';
import packageJson from '../../package.json' with { type: 'json' };
import { toBase64Url } from '../crypto/bytes.ts';
import { publicPages } from '../web/public-pages.ts';
import { newApplication, newRouter, type Report } from './application.ts';
import { AutomaticTrustee } from './automatic-trustee.ts';
import { BallotBox } from './ballot-box.ts';
import { VOTES_PER_MINUTE } from './config.ts';
import * as documents from './documents.ts';
import type { Clock } from './election.ts';
import { officerRoutes } from './officers/officer-routes.ts';
import { Passkeys } from './officers/passkeys.ts';
import { proposalRoutes } from './officers/proposal-routes.ts';
import { Proposals } from './officers/proposals.ts';
import { Sessions } from './officers/sessions.ts';
import { OfficerStore } from './officers/store/officer-store.ts';
import { Problem, problemResponse } from './problem.ts';
import { mountReference } from './reference.ts';
import { Registrar } from './registrar/registrar.ts';
import { registrarRoutes } from './registrar/registrar-routes.ts';
import { answers } from './routes/answers.ts';
import { disputeRoutes } from './routes/dispute-routes.ts';
import { electionRoutes } from './routes/election-routes.ts';
import { recordRoutes } from './routes/record-routes.ts';
import { voteRoutes } from './routes/vote-routes.ts';
import { sameOrigin } from './same-origin.ts';
import { hashOfficerKey, loadServiceKeys, makeOfficerKeys } from './service-keys.ts';
import { type IsOfficer, signedIn } from './sign-in.ts';
import { openRecordStore, type RecordStore } from './store/record-store.ts';
import { type Verifier, VerifierThread } from './workers/verifier-thread.ts';

export interface ServiceOptions {
  readonly dataDir: string;
  /** Unix seconds; the system's time where there is none. */
  readonly clock?: Clock;
  /** Told of faults and of elections that open or close, in one line each. */
  readonly report?: Report;
  /** The store of the record; the database in the data directory where there is none. */
  readonly store?: RecordStore;
  /** What verifies ballots; a thread where there is none. */
  readonly verifier?: Verifier;
  /** How many ballots and checks are taken from one voter in a minute. */
  readonly votesPerMinute?: number;
}

export interface Service {
  readonly app: OpenAPIHono;
  readonly box: BallotBox;
  /** The bearer key of the officer, on the first start only. */
  readonly officerKey: string | null;
  /** What is due: closings, and the automatic trustee's part. Called by a timer, as often as it likes. */
  tick(): Promise<void>;
  stop(): Promise<void>;
}

const systemClock: Clock = () => Math.floor(Date.now() / 1000);

const showService = createRoute({
  method: 'get',
  path: '/service',
  summary: 'The keys of this service, and what it runs',
  responses: answers('Keys and version', documents.service),
});

/**
 * Opens the data directory, makes what it lacks, and verifies what it has.
 * @param url the address that clients see.
 * @throws Error if the directory cannot be used, or is in use by another service.
 */
export function openService(options: ServiceOptions, url: () => string): Service {
  const { dataDir, clock = systemClock, report = () => undefined } = options;
  const { verifier = new VerifierThread(report), votesPerMinute = VOTES_PER_MINUTE } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const store = options.store ?? openRecordStore(join(dataDir, 'ballot-box.sqlite'));
  const keys = loadServiceKeys(dataDir);
  const [officerKey = null, ...more] = store.officerKeys().length === 0 ? makeOfficerKeys(dataDir) : [];
  if (officerKey !== null) for (const key of [officerKey, ...more]) store.addOfficerKey(hashOfficerKey(key));
  const registrar = new Registrar(join(dataDir, 'registrar.sqlite'), clock);
  const officers = new OfficerStore(join(dataDir, 'officers.sqlite'));
  const box = new BallotBox({ store, keys, verifier, votesPerMinute, clock, report });
  const trustee = new AutomaticTrustee({ box, key: keys.trustee.secret, dataDir, clock, report });

  const app = newApplication(report);
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (_, methods) => {
        const response = problemResponse(new Problem('method-not-allowed'));
        response.headers.set('allow', methods.join(', '));
        return response;
      },
    }),
  );
  app.use(sameOrigin(url));
  const keyHashes = store.officerKeys();
  const sessions = new Sessions(officers, clock);
  const officerOf = signedIn(keyHashes, sessions);
  const isOfficer: IsOfficer = (c) => officerOf(c) !== null;
  app.route(
    '/',
    newRouter().openapi(showService, (c) =>
      c.json(
        {
          name: 'teller' as const,
          version: packageJson.version,
          log: toBase64Url(keys.log.public),
          box: toBase64Url(keys.box.public),
          registrar: registrar.publicKey,
          registrarInProcess: true,
          automaticTrustee: toBase64Url(keys.trustee.public),
          url: url(),
        },
        200,
      ),
    ),
  );
  // Before the API: they answer browsers at the same addresses.
  app.route('/', publicPages({ box, registrarInProcess: true, url, officerOf, clock }));
  app.route('/', electionRoutes(box, isOfficer));
  app.route('/', voteRoutes(box));
  app.route('/', recordRoutes(box));
  app.route('/', disputeRoutes(box));
  app.route('/registrar', registrarRoutes(registrar, officerOf));
  const passkeys = new Passkeys(officers, clock, url);
  app.route('/', proposalRoutes(new Proposals(officers, box, clock), isOfficer));
  app.route('/officers', officerRoutes({ keyHashes, sessions, passkeys, officerOf, clock }));
  mountReference(app, packageJson.version);
  return {
    app,
    box,
    officerKey,
    tick: async () => {
      await box.tick();
      await trustee.tick();
    },
    stop: async () => {
      await trustee.stop();
      await box.stop();
      registrar.close();
      officers.close();
      store.close();
    },
  };
}
