import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { ParhelionError } from '../../../errors/parhelion-error.ts';

/** Lets only the operator through. The keys are compared by their hashes, so that time tells nothing. */
export function requireOperator(adminKey: string | undefined) {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  const expected = adminKey === undefined ? undefined : hash(adminKey);
  return async (request: FastifyRequest): Promise<void> => {
    if (!expected) throw new ParhelionError('adminDisabled');
    const key = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (key === undefined || !timingSafeEqual(hash(key), expected)) {
      throw new ParhelionError('adminKeyRequired');
    }
  };
}
