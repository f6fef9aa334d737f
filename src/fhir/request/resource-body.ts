import { parse } from 'lossless-json';
import { fhirProblem } from '../outcome/fhir-problem.ts';

/** A resource as a client sent it. Numbers are `LosslessNumber`s; nothing but `resourceType` is checked. */
export interface ReceivedResource extends Readonly<Record<string, unknown>> {
  readonly resourceType: string;
}

const MEDIA_TYPES: ReadonlySet<string> = new Set(['application/fhir+json', 'application/json']);

/** The media type without its parameters, in lower case. */
export function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function parseJson(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const position =
      error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
    const where = position === undefined ? '' : ` (character ${position})`;
    throw fhirProblem('invalidBody', `the body is not JSON, or nested too deeply${where}`);
  }
}

/**
 * Reads the body of a write or of an operation.
 *
 * @throws FhirProblem `unsupportedMediaType`, or `invalidBody` when it is no JSON object with a `resourceType`
 */
export function readResourceBody(
  body: string | undefined,
  contentType: string | undefined,
): ReceivedResource {
  if (body === undefined || body.trim() === '') {
    throw fhirProblem('invalidBody', 'the request has no body');
  }
  const mediaType = mediaTypeOf(contentType);
  if (!MEDIA_TYPES.has(mediaType)) {
    const sent = mediaType === '' ? 'no Content-Type' : `Content-Type ${mediaType}`;
    throw fhirProblem(
      'unsupportedMediaType',
      `${sent}; supported are ${[...MEDIA_TYPES].join(', ')}`,
    );
  }
  const value = parseJson(body.replace(/^\uFEFF/, ''));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fhirProblem('invalidBody', 'the body is not a JSON object');
  }
  const { resourceType } = value as { resourceType?: unknown };
  if (typeof resourceType !== 'string' || resourceType === '') {
    throw fhirProblem('invalidBody', 'resourceType is missing', 'resourceType');
  }
  return value as ReceivedResource;
}
