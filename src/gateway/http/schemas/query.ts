import { Type } from 'typebox';
import { Command, ResultParameter } from '../../../protocol/command.ts';
import { ErrorDetails } from '../../../protocol/error-details.ts';

const Instant = Type.String({ format: 'date-time' });
const Id = Type.String({ format: 'uuid' });

/** Body of createImmediateQuery (contract §5). */
export const ImmediateQueryBody = Type.Object({
  maxTimeInQueue: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 60_000,
      default: 30_000,
      description: 'Milliseconds the query may wait to be started; 0 starts it now or not at all.',
    }),
  ),
  command: Command,
  catalogue: Type.Optional(
    Type.String({
      description: "A name from the site's `catalogue`; left out, the default one.",
      examples: ['Patients'],
    }),
  ),
});

const StageTiming = Type.Optional(Type.Object({ startTime: Instant }));

/** A query as callers read it. */
export const QueryObject = Type.Object(
  {
    id: Id,
    integratorId: Id,
    siteId: Id,
    mode: Type.Enum(['immediate']),
    status: Type.Enum(['successful', 'executionFailed', 'expiredInQueue']),
    maxTimeInQueue: Type.Integer(),
    commandSize: Type.Integer({ description: 'Bytes of the `command` as JSON.' }),
    requestSize: Type.Integer({ description: 'Bytes of the HTTP body.' }),
    createdAt: Instant,
    updatedAt: Instant,
    statusTiming: Type.Object({
      initialising: StageTiming,
      executing: StageTiming,
      uploading: StageTiming,
    }),
    metrics: Type.Optional(
      Type.Object({
        sqlExecutionDuration: Type.Number({
          description: 'Milliseconds between sending to the database and its last row.',
        }),
      }),
    ),
    errorCode: Type.Optional(Type.Integer({ deprecated: true })),
    errorMessage: Type.Optional(Type.String({ deprecated: true })),
    errorDetails: Type.Optional(ErrorDetails),
    result: Type.Optional(
      Type.Object({
        rows: Type.Optional(Type.Integer()),
        rowsAffected: Type.Optional(Type.Integer()),
        size: Type.Integer({ description: 'Bytes of the decoded JSON.' }),
        data: Type.Optional(
          Type.String({
            description: 'base64 of UTF-8 JSON: an array with one object per row.',
          }),
        ),
        parameters: Type.Optional(Type.Array(ResultParameter)),
      }),
    ),
    resultSize: Type.Optional(Type.Integer()),
    completedAt: Type.Optional(Instant),
  },
  { title: 'Query' },
);
