import { SearchError } from './search-error.ts';

/** A search parameter's name, taken apart: `subject:Patient.name:exact`. */
export interface ParameterName {
  /** As the caller wrote it, chain included: what errors name. */
  readonly written: string;
  readonly name: string;
  readonly modifier: string | undefined;
  /** What follows the first dot. */
  readonly chain: string | undefined;
}

/** Takes a parameter's name apart. @param written the whole name, when `name` is only what follows of it */
export function parseParameterName(name: string, written = name): ParameterName {
  const dot = name.indexOf('.');
  const head = dot < 0 ? name : name.slice(0, dot);
  const colon = head.indexOf(':');
  return {
    written,
    name: colon < 0 ? head : head.slice(0, colon),
    modifier: colon < 0 ? undefined : head.slice(colon + 1),
    chain: dot < 0 ? undefined : name.slice(dot + 1),
  };
}

/** Refuses a modifier that the parameter does not have. @throws SearchError */
export function refuseModifier({ written, modifier = '', name }: ParameterName): never {
  throw new SearchError(
    'not-supported',
    written,
    `The modifier :${modifier} is not supported for the parameter ${name}.`,
  );
}
