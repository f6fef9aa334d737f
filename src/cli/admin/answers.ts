import { Type } from 'typebox';

// What the commands read of the operator's API; `--json` prints whatever else came with it.

const Integrator = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAt: Type.String(),
});

export const CreatedIntegrator = Type.Object({
  ...Integrator.properties,
  primaryKey: Type.String(),
  secondaryKey: Type.String(),
});

export const IntegratorList = Type.Object({ integrators: Type.Array(Integrator) });

export const IntegratorDetails = Type.Object({
  ...Integrator.properties,
  keys: Type.Array(
    Type.Object({
      slot: Type.String(),
      createdAt: Type.String(),
      lastUsedAt: Type.Optional(Type.String()),
      revokedAt: Type.Optional(Type.String()),
    }),
  ),
});

export const RotatedKey = Type.Object({ slot: Type.String(), key: Type.String() });

export const Site = Type.Object({
  id: Type.String(),
  pmsType: Type.Optional(Type.String()),
  availability: Type.Optional(Type.String()),
  status: Type.Optional(Type.String()),
  haloLinkVersion: Type.Optional(Type.String()),
  practiceManagementSiteId: Type.Optional(Type.String()),
  practiceMetadata: Type.Optional(
    Type.Object({
      practiceName: Type.Optional(Type.String()),
      practiceManagementSiteId: Type.Optional(Type.String()),
    }),
  ),
});

export type Site = Type.Static<typeof Site>;

export const SiteList = Type.Object({ sites: Type.Array(Site) });

export const EnrolmentToken = Type.Object({ token: Type.String(), expiresAt: Type.String() });
