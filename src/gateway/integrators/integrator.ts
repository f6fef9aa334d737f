import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { NetworkList } from '../../lib/network-list.ts';

/** What an operator may set for one integrator; what is left out follows the gateway's configuration. */
export const IntegratorSettings = Type.Object(
  {
    allowedAddresses: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 50 }), {
        maxItems: 1000,
        description:
          'Addresses and CIDR blocks that calls of /integrator may come from; left out, any.',
        examples: [['203.0.113.7', '2001:db8::/32']],
      }),
    ),
    requestsPerSecond: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1e9 })),
    concurrentImmediateQueries: Type.Optional(Type.Integer({ minimum: 1, maximum: 1e9 })),
    dailyQueriesPerSite: Type.Optional(Type.Integer({ minimum: 0, maximum: 1e12 })),
    dailyBytesPerSite: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1e14,
        description: 'Decoded bytes of results, in a UTC day.',
      }),
    ),
    queueWhileOffline: Type.Optional(
      Type.Boolean({ description: 'Accept async queries for a site that is away. Default false.' }),
    ),
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
  if (!Value.Check(IntegratorSettings, settings)) {
    const [first] = Value.Errors(IntegratorSettings, settings);
    const where = first?.instancePath.slice(1).replaceAll('/', '.') ?? '';
    throw invalid(`${where} ${first?.message ?? ''}`.trim());
  }
  for (const [index, entry] of (settings.allowedAddresses ?? []).entries()) {
    try {
      void new NetworkList([entry]);
    } catch {
      throw invalid(`allowedAddresses[${index}] must be an address or a CIDR block`);
    }
  }
  return settings;
}

function invalid(what: string): ParhelionError {
  return new ParhelionError('invalidRequest', `The integrator's settings are invalid: ${what}`);
}
