import { Type } from 'typebox';

// What the commands read of registered queries; `--json` prints whatever else came with it.

export const CreatedRegisteredQuery = Type.Object({ id: Type.String() });

export const RegisteredQuery = Type.Object({
  id: Type.String(),
  name: Type.String(),
  status: Type.String(),
  frequency: Type.Number(),
  duration: Type.Number(),
  createdAt: Type.String(),
  lastHash: Type.Optional(Type.String()),
  lastErrorDetails: Type.Optional(Type.Object({ errorMessage: Type.String() })),
  metrics: Type.Object({
    executionSucceededCount: Type.Number(),
    executionFailedCount: Type.Number(),
    lastSucceededAt: Type.Optional(Type.String()),
  }),
});
export type RegisteredQuery = Type.Static<typeof RegisteredQuery>;

export const RegisteredQueryList = Type.Object({
  registeredQueries: Type.Array(RegisteredQuery),
});

export const RegisteredResult = Type.Object({
  rows: Type.Number(),
  data: Type.String(),
  parameters: Type.Optional(
    Type.Union([
      Type.Null(),
      Type.Array(
        Type.Object({ name: Type.String(), value: Type.Union([Type.String(), Type.Null()]) }),
      ),
    ]),
  ),
});
