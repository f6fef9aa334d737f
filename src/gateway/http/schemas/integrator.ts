import { Type } from 'typebox';
import { IntegratorSettings } from '../../integrators/index.ts';

const Instant = Type.String({ format: 'date-time' });

/** A company that calls the gateway. */
export const IntegratorBody = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    name: Type.String(),
    settings: IntegratorSettings,
    createdAt: Instant,
  },
  { title: 'Integrator' },
);

/** A path below one integrator. */
export const IntegratorParams = Type.Object({ integratorId: Type.String({ format: 'uuid' }) });

/** A slot of a subscription key. */
export const KeySlot = Type.Enum(['primary', 'secondary']);

/** What may be told about a key. */
export const KeyBody = Type.Object({
  slot: KeySlot,
  createdAt: Instant,
  lastUsedAt: Type.Optional(Instant),
  revokedAt: Type.Optional(Instant),
});
