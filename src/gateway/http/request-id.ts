import type { IncomingMessage } from 'node:http';
import { newId } from '../../lib/ids.ts';

/** The caller's own `X-Request-Id` when it sends a sane one, else a new one. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const own = headers['x-request-id'];
  return typeof own === 'string' && /^[\w.:-]{1,128}$/.test(own) ? own : newId();
}
