import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';

/** The parts of JSON Schema that configurations use. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
}

/**
 * The first thing that is wrong with a value, by the name of its field: `database.port must be integer`. A union is
 * read by the member that names its branch, so that the sentence is about the branch that was meant. The sentence
 * never has the value in it, which may be a secret.
 */
export function schemaProblem(schema: TSchema, value: unknown, path: string): string | undefined {
  return problemOf(schema, value, path);
}

function problemOf(schema: Schema, value: unknown, path: string): string | undefined {
  if (schema.anyOf) return unionProblem(schema.anyOf, value, path);
  if (schema.type === 'object') return objectProblem(schema, value, path);
  if (schema.type === 'array') return arrayProblem(schema, value, path);
  const choices = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (choices) return choices.includes(value) ? undefined : notAmong(path, choices);
  const [first] = Value.Errors(schema as TSchema, value);
  return first && `${path} ${first.message}`;
}

const notAmong = (path: string, choices: readonly unknown[]) =>
  choices.length === 1
    ? `${path} must be ${JSON.stringify(choices[0])}`
    : `${path} must be one of ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function objectProblem(schema: Schema, value: unknown, path: string): string | undefined {
  if (!isObject(value)) return `${path || 'the whole file'} must be an object`;
  const { properties = {}, required = [] } = schema;
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(properties, name));
  if (unknown !== undefined) return `${below(unknown)} is no known field`;
  const missing = required.find((name) => value[name] === undefined);
  if (missing !== undefined) return `${below(missing)} is missing`;
  for (const [name, member] of Object.entries(properties)) {
    const given = value[name];
    const problem = given === undefined ? undefined : problemOf(member, given, below(name));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function arrayProblem(schema: Schema, value: unknown, path: string): string | undefined {
  if (!Array.isArray(value)) return `${path} must be an array`;
  const { items, minItems = 0 } = schema;
  if (value.length < minItems) return `${path} must have at least ${minItems} of its items`;
  if (!items) return undefined;
  for (const [index, item] of value.entries()) {
    const problem = problemOf(items, item, `${path}.${index}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function unionProblem(
  branches: readonly Schema[],
  value: unknown,
  path: string,
): string | undefined {
  const constants = branches.flatMap((branch) => branch.enum ?? [branch.const]);
  if (!constants.includes(undefined)) return problemOf({ enum: constants }, value, path);
  const tag = discriminatorOf(branches);
  if (tag === undefined || !isObject(value)) {
    const problems = branches.map((branch) => problemOf(branch, value, path));
    return problems.includes(undefined) ? undefined : problems[0];
  }
  const constantOf = (branch: Schema) => branch.properties?.[tag]?.const;
  const meant = branches.find((branch) => constantOf(branch) === value[tag]);
  return meant
    ? problemOf(meant, value, path)
    : notAmong(`${path}.${tag}`, branches.map(constantOf));
}

/** The member that has a constant of its own in each branch. */
function discriminatorOf(branches: readonly Schema[]): string | undefined {
  return Object.keys(branches[0]?.properties ?? {}).find((name) =>
    branches.every((branch) => branch.properties?.[name]?.const !== undefined),
  );
}
