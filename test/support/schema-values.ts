import * as fc from 'fast-check';

/** The part of JSON Schema that the API's own document uses. */
export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
  readonly examples?: readonly unknown[];
}

const ODD_NUMBERS = [-1, 0, -0, 1.5, 1e21, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 63];
const ODD_TEXTS = [
  '',
  ' ',
  '\0',
  '\uD800',
  '\uFEFF',
  'ﷺ'.repeat(100),
  '👩‍👩‍👧‍👦',
  "'; DROP TABLE Patients --",
  'x'.repeat(20_000),
  '2026-13-45',
  'AAAA====',
];

const BY_FORMAT: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  uuid: fc.uuid(),
  date: fc.constantFrom('2026-11-22', '2026-02-30', '0000-00-00'),
  'date-time': fc.constantFrom('2026-11-22T10:00:00Z', '2026-11-22', 'now'),
};

/** Mostly values that fit a schema; now and then, at any depth, some that nearly do, or not at all. */
export function valuesOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 8, arbitrary: fittingValues(schema) },
    { weight: 1, arbitrary: oddValues },
  );
}

const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...ODD_NUMBERS, ...ODD_TEXTS, null, true, [], {}),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);

function fittingValues(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valuesOf));
  switch (schema.type) {
    case 'object': {
      const members = Object.entries(schema.properties ?? {});
      return fc.record(
        Object.fromEntries(members.map(([name, member]) => [name, valuesOf(member)])),
        { requiredKeys: [...(schema.required ?? [])] },
      );
    }
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}), { maxLength: 4 });
    case 'integer':
      return fc.oneof(
        fc.constantFrom(schema.minimum ?? 0, schema.maximum ?? 2 ** 53, ...ODD_NUMBERS),
        fc.integer(),
      );
    case 'number':
      return fc.oneof(fc.constantFrom(...ODD_NUMBERS), fc.double({ noNaN: true }));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return textsOf(schema);
    default:
      return fc.jsonValue();
  }
}

function textsOf({ format, examples = [] }: JsonSchema): fc.Arbitrary<unknown> {
  const ofFormat = format === undefined ? undefined : BY_FORMAT[format];
  if (ofFormat) return ofFormat;
  return fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.constantFrom('SELECT 1 AS n', ...examples, ...ODD_TEXTS),
  );
}
