import { Type } from 'typebox';

// What the commands read of async queries and their pages.

export const CreatedQuery = Type.Object({ id: Type.String() });

const Page = Type.Object({
  pageNumber: Type.Integer(),
  status: Type.String(),
  size: Type.Optional(Type.Integer()),
  rows: Type.Optional(
    Type.Object({
      count: Type.Integer(),
      rangeStart: Type.Integer(),
      rangeEnd: Type.Integer(),
    }),
  ),
});
export type Page = Type.Static<typeof Page>;

export const AsyncQuery = Type.Object({
  mode: Type.String(),
  status: Type.String(),
  errorDetails: Type.Optional(Type.Unknown()),
  metrics: Type.Optional(Type.Object({ sqlExecutionDuration: Type.Optional(Type.Number()) })),
  result: Type.Optional(
    Type.Object({
      rows: Type.Optional(Type.Integer()),
      rowsAffected: Type.Optional(Type.Integer()),
      size: Type.Optional(Type.Integer()),
      pages: Type.Optional(Type.Array(Page)),
    }),
  ),
});
export type AsyncQuery = Type.Static<typeof AsyncQuery>;

/** The part of a result page that the stream of its rows does not have. */
export const PageParameters = Type.Object({
  parameters: Type.Optional(
    Type.Array(
      Type.Object({ name: Type.String(), value: Type.Union([Type.String(), Type.Null()]) }),
    ),
  ),
});
