import type { Static } from 'typebox';
import type { Integrator, KeyFacts } from '../../integrators/index.ts';
import type { IntegratorBody, KeyBody } from '../schemas/integrator.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

export function toIntegratorBody({
  id,
  name,
  settings,
  createdAt,
}: Integrator): Static<typeof IntegratorBody> {
  return { id, name, settings, createdAt: iso(createdAt) };
}

export function toKeyBody(key: KeyFacts): Static<typeof KeyBody> {
  return {
    slot: key.slot,
    createdAt: iso(key.createdAt),
    ...(key.lastUsedAt === null ? {} : { lastUsedAt: iso(key.lastUsedAt) }),
    ...(key.revokedAt === null ? {} : { revokedAt: iso(key.revokedAt) }),
  };
}
