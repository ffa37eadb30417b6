/** Parts of route definitions that the routers share. */
import { z } from '@hono/zod-openapi';
import { hash } from '../../codec/fields.ts';
import { problemDocument } from '../problem.ts';

/** Every route can answer with a problem; docs/api-errors.md lists the codes. */
const problem = {
  description: 'What is wrong, with a stable code',
  content: { 'application/problem+json': { schema: problemDocument } },
};

/** An answer in JSON, and problems. */
export function answers<S extends z.ZodType>(description: string, schema: S) {
  return { 200: { description, content: { 'application/json': { schema } } }, default: problem };
}

/** 201 for what has been done now, 200 for what was done before, with one form; and problems. */
export function createdOrKnown<S extends z.ZodType>(description: string, schema: S) {
  const content = { 'application/json': { schema } };
  return {
    201: { description, content },
    200: { description: 'The same bytes were there before', content },
    default: problem,
  };
}

/** Bytes, and problems. */
export function bytesOf(description: string, type: string) {
  return { 200: { description, content: { [type]: { schema: z.string() } } }, default: problem };
}

export function jsonBody<S extends z.ZodType>(schema: S) {
  return { required: true, content: { 'application/json': { schema } } } as const;
}

/** `/elections/{election}/…` */
export const electionParam = z.object({ election: hash });
