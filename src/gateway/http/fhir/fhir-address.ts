import type { FastifyRequest } from 'fastify';
import { ParhelionError } from '../../../errors/parhelion-error.ts';

const BELOW_FHIR = /^\/(?:integrator|desktop)\/sites\/[^/?]*\/fhir(?:[/?]|$)/;

/** `/integrator/sites/{siteId}/fhir/R4`, as pieces between slashes; the first is empty. */
const BASE_PIECES = 6;

const originForm = (url: string) => url.replace(/^https?:\/\/[^/?]*/i, '');

/** Whether errors of a request are told in FHIR's words, whatever became of its routing. */
export function isBelowFhir({ url = '' }: { readonly url?: string | undefined }): boolean {
  return BELOW_FHIR.test(originForm(url));
}

export interface FhirAddress {
  /** What follows the base, without a leading slash, percent-encoded as it came. */
  readonly path: string;
  /** What follows `?`; empty when there is none. */
  readonly query: string;
}

/**
 * What a request asks of FHIR. Clients that are generated from the reference of the API encode the whole of
 * `{fhirParameters}` as one piece (`Patient%3Fgiven%3DJohn`): no path of FHIR has a question mark in it.
 *
 * @throws ParhelionError `invalidRequest` when such a piece cannot be decoded
 */
export function readFhirAddress({ raw }: Pick<FastifyRequest, 'raw'>): FhirAddress {
  const url = originForm(raw.url ?? '');
  const { head: whole, tail: query } = cut(url, '?');
  const path = whole.split('/').slice(BASE_PIECES).join('/');
  if (query !== '' || !/%3f/i.test(path)) return { path, query };
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch (error) {
    throw new ParhelionError('invalidRequest', 'The path is not encoded rightly.', {
      cause: error,
    });
  }
  const { head, tail } = cut(decoded, '?');
  return { path: head, query: tail };
}

function cut(text: string, at: string): { head: string; tail: string } {
  const index = text.indexOf(at);
  if (index < 0) return { head: text, tail: '' };
  return { head: text.slice(0, index), tail: text.slice(index + 1) };
}
