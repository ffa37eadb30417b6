/** What the server is told by its environment. This is the only file that reads it. */
import { z } from 'zod';
import { firstProblem } from '../codec/fields.ts';

/** What a service takes of a voter in a minute if it is told nothing else: more than anybody means to send. */
export const VOTES_PER_MINUTE = 30;

const environment = z.object({
  /** Where the databases and keys are kept. */
  TELLER_DATA: z.string().min(1).default('var'),
  TELLER_HOST: z.string().min(1).default('127.0.0.1'),
  /** 0 lets the system choose. */
  TELLER_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** The address that members and observers see, where a proxy stands in front. */
  TELLER_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** How many ballots and checks are taken from one voter in a minute. */
  TELLER_VOTES_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(VOTES_PER_MINUTE),
});

export interface Config {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Null: the address that the server listens at. */
  readonly publicUrl: string | null;
  readonly votesPerMinute: number;
}

/** The configuration from environment variables. @throws Error that names the variable at fault. */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const { path, message } = firstProblem(parsed.error);
    throw new Error(`${path}: ${message}`);
  }
  const { TELLER_DATA, TELLER_HOST, TELLER_PORT, TELLER_URL, TELLER_VOTES_PER_MINUTE } = parsed.data;
  return {
    dataDir: TELLER_DATA,
    host: TELLER_HOST,
    port: TELLER_PORT,
    publicUrl: TELLER_URL?.replace(/\/+$/, '') ?? null,
    votesPerMinute: TELLER_VOTES_PER_MINUTE,
  };
}

/** The key with which the commands of officers and registrars sign in, where it is not in a file. */
export function readOfficerKey(variables: NodeJS.ProcessEnv = process.env): string | undefined {
  return variables['TELLER_OFFICER_KEY'];
}
