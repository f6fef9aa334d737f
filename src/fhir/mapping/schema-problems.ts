import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { didYouMean, type Place } from './problems.ts';

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: object;
  readonly message: string;
}

/** The members that a closed object may have, for suggestions. */
interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

/**
 * Reads a value by its schema. What does not fit is noted as errors below the place; then nothing comes back.
 *
 * @param value parsed JSON
 */
export function readBySchema<T extends TSchema>(
  schema: T,
  value: unknown,
  place: Place,
): Static<T> | undefined {
  if (Value.Check(schema, value)) return value;
  const errors = [...Value.Errors(schema, value)] as unknown as SchemaError[];
  const members = Object.keys((schema as ObjectSchema).properties ?? {});
  for (const error of errors) note(error, errors, members, placeOf(place, error.instancePath));
  return undefined;
}

function placeOf(place: Place, pointer: string): Place {
  const keys = pointer.split('/').slice(1);
  return keys.reduce((below, key) => {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
    return below.at(/^\d+$/.test(name) ? Number(name) : name);
  }, place);
}

/** Errors of a union's branches are many; the deepest tell most. */
function isSaidBetter(error: SchemaError, errors: readonly SchemaError[]): boolean {
  if (error.keyword === 'boolean') return true;
  const hasDeeper = errors.some(
    ({ keyword, instancePath }) =>
      keyword !== 'boolean' && instancePath.startsWith(`${error.instancePath}/`),
  );
  const hasUnion = errors.some(
    (other) => other.keyword === 'anyOf' && other.instancePath === error.instancePath,
  );
  const hasOwnKind = errors.some(
    (other) =>
      other.instancePath === error.instancePath && !['type', 'anyOf'].includes(other.keyword),
  );
  if (!hasUnion) return false;
  if (error.keyword === 'anyOf') return errors.length > 1;
  return hasDeeper || (error.keyword === 'type' && hasOwnKind);
}

function note(
  error: SchemaError,
  errors: readonly SchemaError[],
  members: readonly string[],
  place: Place,
): void {
  if (isSaidBetter(error, errors)) return;
  const params = error.params as Readonly<Record<string, unknown>>;
  if (error.keyword === 'required') {
    for (const name of params['requiredProperties'] as string[]) place.error(`${name} is missing`);
  } else if (error.keyword === 'additionalProperties') {
    for (const name of params['additionalProperties'] as string[]) {
      const known = error.instancePath === '' ? members : [];
      place.error(`${name} is no known field here${didYouMean(name, known)}`);
    }
  } else if (error.keyword === 'enum') {
    place.error(`must be one of ${(params['allowedValues'] as string[]).join(', ')}`);
  } else {
    place.error(error.message);
  }
}
