import { type Static, Type } from 'typebox';
import { ACTORS, type AuditEntry, OUTCOMES } from '../../audit/index.ts';
import type { GatewayContext } from '../../context.ts';
import { routePlugin } from '../route-plugin.ts';
import { errorResponses } from '../schemas/errors.ts';

const MAX_ENTRIES = 1_000;
const DEFAULT_ENTRIES = 100;

const Uuid = Type.String({ format: 'uuid' });

const AuditEntryBody = Type.Object(
  {
    id: Uuid,
    occurredAt: Type.String({ format: 'date-time' }),
    actor: Type.Enum([...ACTORS], {
      description: 'Who made the change; a practice signs with the identity of its site.',
    }),
    operation: Type.String({ description: 'The operationId of this document.' }),
    outcome: Type.Enum([...OUTCOMES], {
      description: '`refused`: the request was answered with 4xx. `failed`: with 5xx.',
    }),
    integratorId: Type.Optional(Type.String()),
    siteId: Type.Optional(Type.String()),
    target: Type.Optional(
      Type.String({ description: 'The slot of a key, the source of a webhook, or a delivery.' }),
    ),
    fields: Type.Array(Type.String(), { description: 'Names of what was given a value.' }),
    requestId: Type.String({ description: 'The `X-Request-Id` of the request.' }),
  },
  { title: 'AuditEntry' },
);

const schema = {
  operationId: 'listAudit',
  tags: ['Operator'],
  summary: 'List who changed what, newest first',
  description:
    'Changes of the operator, done or refused, and the pairings that integrators and practices made or ended. Values and secrets are never in it.',
  security: [{ adminKey: [] }],
  querystring: Type.Object({
    since: Type.Optional(Type.String({ format: 'date-time' })),
    integratorId: Type.Optional(Uuid),
    siteId: Type.Optional(Uuid),
    before: Type.Optional(
      Type.String({ format: 'uuid', description: 'Go on behind the entry with this id.' }),
    ),
    limit: Type.Optional(
      Type.String({
        pattern: '^[1-9]\\d{0,3}$',
        description: `1 – ${MAX_ENTRIES}; ${DEFAULT_ENTRIES} when it is left out.`,
      }),
    ),
  }),
  response: {
    200: Type.Object({
      entries: Type.Array(AuditEntryBody),
      next: Type.Optional(
        Type.String({ description: '`before` of the next page, if there is one.' }),
      ),
    }),
    ...errorResponses('invalidRequest', 'adminKeyRequired', 'adminDisabled'),
  },
};

function toBody({ occurredAt, ...entry }: AuditEntry): Static<typeof AuditEntryBody> {
  const { integratorId, siteId, target, ...rest } = entry;
  return {
    ...rest,
    occurredAt: new Date(occurredAt).toISOString(),
    fields: [...entry.fields],
    ...(integratorId !== undefined && { integratorId }),
    ...(siteId !== undefined && { siteId }),
    ...(target !== undefined && { target }),
  };
}

export const listAudit = ({ audit }: GatewayContext) =>
  routePlugin((app) => {
    app.get('/audit', { schema }, async (request) => {
      const { since, integratorId, siteId, before, limit } = request.query;
      const wanted = Math.min(Number(limit ?? DEFAULT_ENTRIES), MAX_ENTRIES);
      const entries = await audit.list({
        since: since === undefined ? undefined : Date.parse(since),
        integratorId: integratorId?.toLowerCase(),
        siteId: siteId?.toLowerCase(),
        before: before?.toLowerCase(),
        limit: wanted + 1,
      });
      const page = entries.slice(0, wanted);
      const next = entries.length > wanted ? page.at(-1)?.id : undefined;
      return { entries: page.map(toBody), ...(next !== undefined && { next }) };
    });
  });
