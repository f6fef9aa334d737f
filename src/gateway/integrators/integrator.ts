import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { ParhelionError } from '../../errors/parhelion-error.ts';

/** What an operator may set for one integrator; what is left out follows the gateway's configuration. */
export const IntegratorSettings = Type.Object(
  {
    /** Addresses or CIDR blocks calls may come from; left out, any. */
    allowedAddresses: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    requestsPerSecond: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    concurrentImmediateQueries: Type.Optional(Type.Integer({ minimum: 1 })),
    dailyQueriesPerSite: Type.Optional(Type.Integer({ minimum: 0 })),
    dailyBytesPerSite: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Accept async queries for a site that is away. Default false. */
    queueWhileOffline: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type IntegratorSettings = Static<typeof IntegratorSettings>;

export interface Integrator {
  readonly id: string;
  readonly name: string;
  readonly settings: IntegratorSettings;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface IntegratorRow {
  readonly id: string;
  readonly name: string;
  readonly settings: string;
  readonly created_at: number;
  readonly updated_at: number;
}

export const INTEGRATOR_COLUMNS = 'id, name, settings, created_at, updated_at';

export function toIntegrator(row: IntegratorRow): Integrator {
  return {
    id: row.id,
    name: row.name,
    settings: checkSettings(JSON.parse(row.settings)),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Refuses unknown and malformed settings: a misspelt limit must not mean no limit. */
export function checkSettings(settings: unknown): IntegratorSettings {
  if (Value.Check(IntegratorSettings, settings)) return settings;
  const [first] = Value.Errors(IntegratorSettings, settings);
  const where = first?.instancePath.slice(1).replaceAll('/', '.') ?? '';
  throw new ParhelionError(
    'invalidRequest',
    `The integrator's settings are invalid: ${where} ${first?.message ?? ''}`.trimEnd(),
  );
}
