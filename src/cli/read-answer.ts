import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { failure } from './failure.ts';

/** Takes a parsed answer as its schema says, or fails: a gateway of another version is named, not misread. */
export function readAnswer<T extends TSchema>(schema: T, body: unknown): Static<T> {
  if (Value.Check(schema, body)) return body;
  throw failure('The gateway sent an answer that this version of parhelion does not understand.');
}
