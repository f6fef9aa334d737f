import { InvalidArgumentError } from 'commander';

/** A parameter of a command as the API takes it. */
export interface QueryParameter {
  readonly name: string;
  readonly type: string;
  readonly direction: string;
  readonly value?: string | null;
  readonly size?: number;
}

const FORM =
  /^(?<name>@[^\s:=]+):(?<type>[A-Za-z0-9]+)(?:\((?<size>\d{1,10})\))?(?::(?<direction>[A-Za-z]+))?(?:=(?<value>.*))?$/s;
const DIRECTIONS = ['input', 'output', 'inputOutput', 'returnValue'];

/** Reads `@name:Type=value`, `@name:Type` (NULL) or `@name:Type(size):direction`, and adds it to those before. */
export function addQueryParameter(
  text: string,
  previous: readonly QueryParameter[] = [],
): QueryParameter[] {
  const groups = FORM.exec(text)?.groups;
  if (!groups) {
    throw new InvalidArgumentError(
      'Write @name:Type=value, @name:Type for NULL, or @name:Type(size):output.',
    );
  }
  const { name = '', type = '', size, direction = 'input', value } = groups;
  if (!DIRECTIONS.includes(direction)) {
    throw new InvalidArgumentError(`The direction is one of ${DIRECTIONS.join(', ')}.`);
  }
  const takesValue = direction === 'input' || direction === 'inputOutput';
  if (!takesValue && value !== undefined) {
    throw new InvalidArgumentError(`A parameter of direction ${direction} takes no value.`);
  }
  const parameter: QueryParameter = {
    name,
    type,
    direction,
    ...(takesValue ? { value: value ?? null } : {}),
    ...(size === undefined ? {} : { size: Number(size) }),
  };
  return [...previous, parameter];
}
