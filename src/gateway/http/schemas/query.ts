import { Type } from 'typebox';
import { Command, ResultParameter } from '../../../protocol/command.ts';
import { ErrorDetails } from '../../../protocol/error-details.ts';
import { QUERY_STATUSES } from '../../queries/index.ts';
import { SiteParams } from './site.ts';

const Instant = Type.String({ format: 'date-time' });
const Id = Type.String({ format: 'uuid' });

const catalogue = Type.Optional(
  Type.String({
    description: "A name from the site's `catalogue`; left out, the default one.",
    examples: ['Patients'],
  }),
);

function maxTimeInQueue(limits: { readonly maximum: number; readonly default: number }) {
  return Type.Optional(
    Type.Integer({
      minimum: 0,
      ...limits,
      description: 'Milliseconds the query may wait to be started; 0 starts it now or not at all.',
    }),
  );
}

/** Body of createImmediateQuery (contract §5). */
export const ImmediateQueryBody = Type.Object({
  maxTimeInQueue: maxTimeInQueue({ maximum: 60_000, default: 30_000 }),
  command: Command,
  catalogue,
});

/** Body of createAsyncQuery (contract §5). */
export const AsyncQueryBody = Type.Object({
  maxTimeInQueue: maxTimeInQueue({ maximum: 7_200_000, default: 3_600_000 }),
  command: Command,
  catalogue,
});

/** Path of everything below a query. */
export const QueryParams = Type.Object({
  ...SiteParams.properties,
  queryId: Type.String({ description: 'Id of the query.' }),
});

/** Path of a result page. */
export const PageParams = Type.Object({
  ...QueryParams.properties,
  pageNumber: Type.String({ description: 'Number of the page, from 1.', examples: ['1'] }),
});

/** What describes a result page (contract §8). */
export const pageHeaders = {
  Size: { type: 'integer', description: 'Bytes of the decoded JSON.' },
  'Rows-Count': { type: 'integer', description: 'Rows of the page.' },
  'Rows-Range-Start': { type: 'integer', description: 'Number of its first row, from 0.' },
  'Rows-Range-End': { type: 'integer', description: 'Number of its last row.' },
};

/** Body of getResultPage. */
export const ResultPageBody = Type.Object(
  {
    data: Type.Optional(
      Type.String({ description: 'base64 of UTF-8 JSON: an array with one object per row.' }),
    ),
    parameters: Type.Optional(Type.Array(ResultParameter)),
  },
  { description: 'The rows of the page; a `nonQuery` has none.' },
);

const Page = Type.Object({
  pageNumber: Type.Integer({ minimum: 1 }),
  status: Type.Enum(['queued', 'uploading', 'cached']),
  size: Type.Integer({ description: 'Bytes of the decoded JSON.' }),
  rows: Type.Object({
    count: Type.Integer(),
    rangeStart: Type.Integer({ description: 'Number of its first row, from 0.' }),
    rangeEnd: Type.Integer({ description: 'Number of its last row; -1 when there is none.' }),
  }),
});

const StageTiming = Type.Optional(
  Type.Object({ startTime: Instant, endTime: Type.Optional(Instant) }),
);

/** A query as callers read it. */
export const QueryObject = Type.Object(
  {
    id: Id,
    integratorId: Id,
    siteId: Id,
    mode: Type.Enum(['immediate', 'async', 'fhir']),
    status: Type.Enum([...QUERY_STATUSES]),
    maxTimeInQueue: Type.Integer(),
    commandSize: Type.Integer({ description: 'Bytes of the `command` as JSON.' }),
    requestSize: Type.Integer({ description: 'Bytes of the HTTP body.' }),
    createdAt: Instant,
    updatedAt: Instant,
    statusTiming: Type.Object({
      initialising: StageTiming,
      queued: StageTiming,
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
        pages: Type.Optional(Type.Array(Page)),
      }),
    ),
    resultSize: Type.Optional(Type.Integer()),
    completedAt: Type.Optional(Instant),
  },
  { title: 'Query' },
);
