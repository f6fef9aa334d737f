import type { FhirResource } from '../interactions/index.ts';
import { fhirProblem } from '../outcome/fhir-problem.ts';
import { acceptsContent } from '../request/answer-format.ts';

/** What HTTP allows as a media type; the practice's database may hold anything. */
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:; ?[\w-]+=[\w.-]+)*$/;

/**
 * The content of a Binary as such (R4 §2.34.5.1).
 *
 * @param accept the header, which has to take the content's media type
 * @throws FhirProblem `notAcceptable` when it does not
 */
export function contentOfBinary(
  resource: FhirResource,
  accept: string,
): { readonly contentType: string; readonly bytes: Uint8Array } {
  const { contentType, data } = resource;
  const isKnown = typeof contentType === 'string' && MEDIA_TYPE.test(contentType);
  const mediaType = isKnown ? contentType : 'application/octet-stream';
  if (!acceptsContent(accept, mediaType)) {
    const diagnostics = `Accept: ${accept}; offered are ${mediaType} and application/fhir+json`;
    throw fhirProblem('notAcceptable', diagnostics);
  }
  const bytes = Buffer.from(typeof data === 'string' ? data : '', 'base64');
  return { contentType: mediaType, bytes };
}
