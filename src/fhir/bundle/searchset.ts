import type { OperationOutcome } from '../outcome/operation-outcome.ts';
import { type Parameter, writeParameters } from '../request/parameters.ts';

/** One resource of a search's result. */
export interface SearchsetEntry {
  /** Left out for an OperationOutcome, which has no address. */
  readonly fullUrl?: string;
  readonly resource: { readonly resourceType: string } | OperationOutcome;
  readonly search: { readonly mode: 'match' | 'include' | 'outcome' };
}

/** What a Bundle of the type `searchset` is made of. */
export interface Searchset {
  readonly total?: number;
  readonly self: string;
  readonly next?: string;
  readonly entries: readonly SearchsetEntry[];
}

/** An R4 Bundle of the type `searchset`. */
export interface SearchsetBundle extends Readonly<Record<string, unknown>> {
  readonly resourceType: 'Bundle';
}

/** The address of a search with these parameters. */
export function searchUrl(baseUrl: string, type: string, parameters: readonly Parameter[]): string {
  const query = writeParameters(parameters);
  return `${baseUrl}/${type}${query === '' ? '' : `?${query}`}`;
}

/** Makes the Bundle. Members that would be empty are left out, as FHIR wants it. */
export function searchsetBundle({ total, self, next, entries }: Searchset): SearchsetBundle {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total === undefined ? {} : { total }),
    link: [
      { relation: 'self', url: self },
      ...(next === undefined ? [] : [{ relation: 'next', url: next }]),
    ],
    ...(entries.length === 0 ? {} : { entry: entries }),
  };
}
