import { Type } from 'typebox';
import { Command, ResultParameter } from '../../../protocol/command.ts';
import { ErrorDetails } from '../../../protocol/error-details.ts';
import { SiteParams } from './site.ts';

const Instant = Type.String({ format: 'date-time' });

/** Body of createRegisteredQuery (contract §9). */
export const registeredQueryBody = (minFrequencyS: number) =>
  Type.Object({
    name: Type.String({
      minLength: 1,
      maxLength: 1000,
      pattern: '^[^\\u0000\\p{Surrogate}]*$',
      description: "The caller's own name for the query.",
    }),
    registeredQueryType: Type.Literal('query'),
    frequency: Type.Integer({
      minimum: minFrequencyS,
      maximum: 86_400,
      description: 'Seconds between two runs.',
    }),
    duration: Type.Integer({
      minimum: 1,
      maximum: 86_400,
      description: 'Seconds for which the query runs, counted from its creation.',
    }),
    registerCommand: Type.Object({
      command: Command,
      catalogue: Type.Optional(
        Type.String({
          description: "A name from the site's `catalogue`; left out, the default one.",
        }),
      ),
    }),
  });

/** Path of one registered query. Anything that is no known query's id is answered 404. */
export const RegisteredQueryParams = Type.Object({
  ...SiteParams.properties,
  queryId: Type.String({ description: 'Id of the query.' }),
});

/** A registered query as callers read it. */
export const RegisteredQueryObject = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    name: Type.String(),
    registeredQueryType: Type.Literal('query'),
    status: Type.Enum(['enabled', 'completed', 'cancelled', 'initialisationFailedCacheError']),
    frequency: Type.Integer({ description: 'Seconds between two runs.' }),
    duration: Type.Integer({ description: 'Seconds for which the query runs.' }),
    createdAt: Instant,
    completedAt: Type.Optional(Instant),
    lastHash: Type.Optional(
      Type.String({
        description:
          'base64 of SHA-256 over the decoded rows of the latest result and its output parameters.',
      }),
    ),
    lastErrorDetails: Type.Optional(ErrorDetails),
    metrics: Type.Object({
      lastExecutionDuration: Type.Integer({ description: 'Milliseconds of the last run.' }),
      executionSucceededCount: Type.Integer(),
      executionFailedCount: Type.Integer(),
      resultSizeSum: Type.Integer({
        description: 'Decoded bytes of the results of all runs that succeeded.',
      }),
      requestSize: Type.Integer({ description: 'Bytes of the HTTP body.' }),
      lastSucceededAt: Type.Optional(Instant),
      lastFailedAt: Type.Optional(Instant),
    }),
  },
  { title: 'RegisteredQuery' },
);

/** The latest result of a registered query. */
export const RegisteredQueryResult = Type.Object(
  {
    data: Type.String({ description: 'base64 of UTF-8 JSON: an array with one object per row.' }),
    parameters: Type.Union([Type.Array(ResultParameter), Type.Null()]),
    rows: Type.Integer(),
    size: Type.Integer({ description: 'Bytes of the decoded JSON.' }),
  },
  { title: 'RegisteredQueryResult' },
);
