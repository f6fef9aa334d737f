import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false };
const Named = <T extends Parameters<typeof Type.Record>[1]>(value: T) =>
  Type.Record(Type.String(), value);

const TextOrderName = Type.Enum(['exact', 'nocase', 'linguistic', 'insensitive']);
/** One order, or one for each dialect. */
const TextOrders = Type.Union([
  TextOrderName,
  Type.Object(
    {
      tsql: Type.Optional(TextOrderName),
      firebird: Type.Optional(TextOrderName),
      sqlite: Type.Optional(TextOrderName),
    },
    closed,
  ),
]);

const SqlText = Type.Union([
  Type.String({ minLength: 1 }),
  Type.Object(
    {
      tsql: Type.Optional(Type.String()),
      firebird: Type.Optional(Type.String()),
      sqlite: Type.Optional(Type.String()),
    },
    closed,
  ),
]);

/** A column's type as in `tables.json`: `nvarchar(50) null`, or with a text order for each dialect. */
const ColumnEntry = Type.Union([
  Type.String(),
  Type.Object({ type: Type.String(), text: Type.Optional(TextOrders) }, closed),
]);

/** `tables.json`. */
export const TablesFile = Named(
  Type.Object(
    {
      columns: Named(ColumnEntry),
      key: Type.Optional(Type.Array(Type.String())),
      indexes: Type.Optional(Type.Array(Type.Array(Type.String(), { minItems: 1 }))),
    },
    closed,
  ),
);

/** `system.json`. */
export const SystemFile = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    title: Type.String({ minLength: 1 }),
    dialects: Type.Array(Type.Enum(['tsql', 'firebird', 'sqlite']), { minItems: 1 }),
    text: Type.Optional(TextOrders),
    views: Type.Optional(Named(Type.Object({ columns: Named(ColumnEntry), sql: SqlText }, closed))),
  },
  closed,
);

const CodeEntry = Type.Union([
  Type.String({ minLength: 1 }),
  Type.Object(
    {
      code: Type.String({ minLength: 1 }),
      system: Type.Optional(Type.String()),
      display: Type.Optional(Type.String()),
    },
    closed,
  ),
]);
const CodeEntries = Type.Union([CodeEntry, Type.Array(CodeEntry, { minItems: 1 })]);

/** `codes.json`. */
export const CodesFile = Named(
  Type.Object(
    {
      system: Type.Optional(Type.String()),
      codes: Named(CodeEntries),
      otherwise: Type.Optional(CodeEntries),
      whenNull: Type.Optional(CodeEntries),
    },
    closed,
  ),
);

const Literal = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);

/** A fixed condition on one column. Exactly one test; which one is checked where conditions are read. */
export const ConditionEntry = Type.Object(
  {
    column: Type.String(),
    equals: Type.Optional(Literal),
    notEquals: Type.Optional(Literal),
    in: Type.Optional(Type.Array(Literal, { minItems: 1 })),
    is: Type.Optional(Type.Enum(['null', 'notNull'])),
  },
  closed,
);
const Conditions = Type.Array(ConditionEntry);

const FromEntry = Type.Object({ table: Type.String(), as: Type.String() }, closed);
const JoinEntry = Type.Object(
  {
    table: Type.String(),
    as: Type.String(),
    on: Type.Record(Type.String(), Type.String(), { minProperties: 1 }),
    where: Type.Optional(Conditions),
  },
  closed,
);
const ChildEntry = Type.Object(
  {
    catalogue: Type.Optional(Type.String({ minLength: 1 })),
    from: FromEntry,
    joins: Type.Optional(Type.Array(JoinEntry)),
    where: Type.Optional(Conditions),
    parent: Type.Record(Type.String(), Type.String(), { minProperties: 1 }),
    orderBy: Type.Optional(Type.Array(Type.String())),
  },
  closed,
);

/** A profile of every row, or the one that a row's local code stands for. */
const ProfileEntry = Type.Union([
  Type.String({ minLength: 1 }),
  Type.Object({ $: Type.String(), codes: Type.String() }, closed),
]);

/** `Patient.json` and its like. What stands in `resource`, `search` and `write` is read by their own parts. */
export const ResourceFile = Type.Object(
  {
    resourceType: Type.String(),
    profile: Type.Optional(Type.Array(ProfileEntry)),
    catalogue: Type.Optional(Type.String({ minLength: 1 })),
    from: FromEntry,
    joins: Type.Optional(Type.Array(JoinEntry)),
    where: Type.Optional(Conditions),
    deleted: Type.Optional(Conditions),
    key: Type.Array(Type.String(), { minItems: 1 }),
    version: Type.Optional(Type.String()),
    lastUpdated: Type.Optional(Type.String()),
    children: Type.Optional(Named(ChildEntry)),
    resource: Named(Type.Unknown()),
    search: Type.Optional(Named(Type.Unknown())),
    write: Type.Optional(Named(Type.Unknown())),
  },
  closed,
);

export type TablesFile = Static<typeof TablesFile>;
export type SystemFile = Static<typeof SystemFile>;
export type CodesFile = Static<typeof CodesFile>;
export type ResourceFile = Static<typeof ResourceFile>;
export type TextOrders = Static<typeof TextOrders>;
export type ColumnEntry = Static<typeof ColumnEntry>;
export type CodeEntries = Static<typeof CodeEntries>;
export type ConditionEntry = Static<typeof ConditionEntry>;
export type JoinEntry = Static<typeof JoinEntry>;
export type ChildEntry = Static<typeof ChildEntry>;
