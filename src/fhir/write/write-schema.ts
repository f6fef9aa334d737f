import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const Name = Type.String({ minLength: 1 });

/** A constant, or an object with one `$…` member that says where the value comes from. */
const Literal = Type.Union([Type.Null(), Type.Boolean(), Type.Number(), Type.String()]);
const Source = Type.Union([
  Type.Object({ $field: Name }, closed),
  Type.Object({ $row: Name }, closed),
  Type.Object({ $lookup: Name }, closed),
  Type.Object({ $now: Type.Literal(true) }, closed),
  Type.Object({ $uuid: Type.Literal(true) }, closed),
  Type.Object({ $key: Type.Literal(true) }, closed),
]);
const Value = Type.Union([
  Literal,
  Source,
  Type.Object({ $first: Type.Array(Type.Union([Literal, Source]), { minItems: 2 }) }, closed),
]);
export type ValueText = Static<typeof Value>;

const Values = Type.Record(Name, Value);

const RefusalText = Type.Object(
  {
    kind: Type.Enum(['conflict', 'businessRule', 'invalidValue']),
    text: Name,
    field: Type.Optional(Name),
  },
  closed,
);
export type RefusalText = Static<typeof RefusalText>;

const Test = Type.Union([
  Type.Object({ value: Value, in: Type.Array(Type.String(), { minItems: 1 }) }, closed),
  Type.Object({ value: Value, notIn: Type.Array(Type.String(), { minItems: 1 }) }, closed),
  Type.Object({ value: Value, is: Type.Enum(['given', 'missing']) }, closed),
  Type.Object({ column: Name, same: Type.Tuple([Value, Value]) }, closed),
  Type.Object({ column: Name, differs: Type.Tuple([Value, Value]) }, closed),
]);
export type TestText = Static<typeof Test>;

const When = Type.Optional(Type.Array(Test, { minItems: 1 }));

const Step = Type.Union([
  Type.Object({ when: When, refuse: RefusalText }, closed),
  Type.Object({ when: When, insert: Name, values: Values, key: Type.Optional(Name) }, closed),
  Type.Object(
    { when: When, update: Name, set: Values, where: Values, otherwise: Type.Optional(RefusalText) },
    closed,
  ),
  Type.Object(
    { when: When, delete: Name, where: Values, otherwise: Type.Optional(RefusalText) },
    closed,
  ),
  Type.Object(
    {
      when: When,
      call: Name,
      parameters: Type.Record(
        Type.String({ pattern: '^@\\w+$' }),
        Type.Object(
          { type: Name, value: Type.Optional(Value), output: Type.Optional(Type.Boolean()) },
          closed,
        ),
      ),
      key: Type.Optional(Type.String({ pattern: '^@\\w+$' })),
    },
    closed,
  ),
]);
export type StepText = Static<typeof Step>;

const Field = Type.Object(
  {
    path: Name,
    required: Type.Optional(Type.Boolean()),
    codes: Type.Optional(Name),
    reference: Type.Optional(Name),
    part: Type.Optional(Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 1 })])),
  },
  closed,
);
export type FieldText = Static<typeof Field>;

const LookupText = Type.Object({ resource: Name, field: Name }, closed);

/** The `write` section of a resource's mapping file, as its author writes it. */
export const WriteText = Type.Object(
  {
    fields: Type.Record(Name, Field),
    lookups: Type.Optional(Type.Record(Name, LookupText)),
    derived: Type.Optional(Type.Array(Name)),
    create: Type.Optional(Type.Array(Step, { minItems: 1 })),
    update: Type.Optional(Type.Array(Step, { minItems: 1 })),
  },
  closed,
);
export type WriteText = Static<typeof WriteText>;
