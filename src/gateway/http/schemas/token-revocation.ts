import { type Static, Type } from 'typebox';
import type { TokenRevocation } from '../../desktop/index.ts';

/** What voided tokens of desktops. */
export const TokenRevocationBody = Type.Object(
  {
    number: Type.Integer({ description: 'Counts up with each revocation.' }),
    revokedAt: Type.String({ format: 'date-time' }),
    integratorId: Type.Optional(Type.String({ format: 'uuid' })),
    siteId: Type.Optional(Type.String({ format: 'uuid' })),
    deviceHash: Type.Optional(
      Type.String({ description: 'Stands for the device id, which is not kept.' }),
    ),
  },
  { title: 'TokenRevocation' },
);

export function toRevocationBody(revocation: TokenRevocation): Static<typeof TokenRevocationBody> {
  const { sequence, revokedAt, integratorId, siteId, deviceHash } = revocation;
  return {
    number: sequence,
    revokedAt: new Date(revokedAt).toISOString(),
    ...(integratorId !== undefined && { integratorId }),
    ...(siteId !== undefined && { siteId }),
    ...(deviceHash !== undefined && { deviceHash }),
  };
}
