import { Type } from 'typebox';

const Day = Type.String({
  format: 'date',
  description: 'A day in UTC.',
  examples: ['2026-11-22'],
});

/** Which days, and which site, usage is asked for. */
export const UsageQuery = Type.Object({
  from: Type.Optional({ ...Day, description: 'First day, UTC; left out, a week before the last.' }),
  to: Type.Optional({ ...Day, description: 'Last day, UTC; left out, today.' }),
  siteId: Type.Optional(Type.String({ format: 'uuid', description: 'Only this site.' })),
});

/** What an integrator used, and what it may use. */
export const UsageBody = Type.Object(
  {
    limits: Type.Object({
      requestsPerSecond: Type.Number(),
      concurrentImmediateQueries: Type.Integer(),
      dailyQueriesPerSite: Type.Integer(),
      dailyBytesPerSite: Type.Integer(),
    }),
    usage: Type.Array(
      Type.Object({
        day: Day,
        siteId: Type.String({ format: 'uuid' }),
        queries: Type.Integer({ description: 'Queries accepted.' }),
        bytes: Type.Integer({ description: 'Decoded bytes of results taken from the site.' }),
      }),
      { description: 'One entry for each day and site with any use, newest day first.' },
    ),
  },
  { title: 'Usage' },
);
