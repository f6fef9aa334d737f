import { fhirProblem } from '../outcome/fhir-problem.ts';

/** How the answer is to be written. */
export interface AnswerFormat {
  readonly mediaType: 'application/fhir+json' | 'application/json';
  readonly isPretty: boolean;
  /** A Binary is wanted as what it contains: the header `Accept`, which does not name JSON. */
  readonly contentAccept?: string;
}

/** What an answer has whose own request could not be read. */
export const DEFAULT_FORMAT: AnswerFormat = {
  mediaType: 'application/fhir+json',
  isPretty: false,
};

/** What `_format` may say, without parameters. A `+` that was not encoded has become a space. */
const FORMATS: ReadonlyMap<string, AnswerFormat['mediaType']> = new Map([
  ['json', 'application/fhir+json'],
  ['application/fhir+json', 'application/fhir+json'],
  ['application/fhir json', 'application/fhir+json'],
  ['application/json', 'application/json'],
  ['text/json', 'application/json'],
]);

const FHIR_VERSIONS: ReadonlySet<string> = new Set(['4.0', '4.0.1']);

interface MediaRange {
  readonly type: string;
  readonly quality: number;
  readonly fhirVersion: string | undefined;
}

function readRange(text: string): MediaRange {
  const [type = '', ...parts] = text.split(';').map((part) => part.trim().toLowerCase());
  const parameters = new Map(
    parts.map((part) => {
      const [name = '', value = ''] = part.split('=').map((piece) => piece.trim());
      return [name, value.replace(/^"(.*)"$/, '$1')] as const;
    }),
  );
  const quality = Number(parameters.get('q') ?? '1');
  return {
    type,
    quality: quality >= 0 && quality <= 1 ? quality : 0,
    fhirVersion: parameters.get('fhirversion'),
  };
}

/** How much a media type is wanted: that of the most specific range that covers it, 0 for none. */
function qualityOf(mediaType: string, ranges: readonly MediaRange[]): number {
  for (const type of [mediaType, `${mediaType.split('/')[0]}/*`, '*/*']) {
    const covering = ranges.filter((range) => range.type === type);
    if (covering.length > 0) return Math.max(...covering.map((range) => range.quality));
  }
  return 0;
}

function refused(what: string): never {
  throw fhirProblem(
    'notAcceptable',
    `${what}; offered are application/fhir+json and application/json`,
  );
}

function mediaTypeOf(
  format: string | undefined,
  accept: string | undefined,
): AnswerFormat['mediaType'] {
  if (format) {
    const { type, fhirVersion } = readRange(format);
    const mediaType = FORMATS.get(type);
    if (!mediaType) refused(`_format=${format}`);
    if (fhirVersion && !FHIR_VERSIONS.has(fhirVersion)) refused(`FHIR ${fhirVersion} in _format`);
    return mediaType;
  }
  if (!accept?.trim()) return DEFAULT_FORMAT.mediaType;
  const ranges = accept
    .split(',')
    .map(readRange)
    .filter(({ fhirVersion }) => !fhirVersion || FHIR_VERSIONS.has(fhirVersion));
  const fhirJson = qualityOf('application/fhir+json', ranges);
  const json = qualityOf('application/json', ranges);
  if (fhirJson === 0 && json === 0) refused(`Accept: ${accept}`);
  return json > fhirJson ? 'application/json' : 'application/fhir+json';
}

/** Whether a header `Accept` takes content of a media type. */
export function acceptsContent(accept: string, contentType: string): boolean {
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return qualityOf(mediaType, accept.split(',').map(readRange)) > 0;
}

/**
 * Settles the form of the answer. `_format` stands above `Accept`.
 *
 * @param format value of `_format`; empty or left out, there is none
 * @param accept the header
 * @param pretty value of `_pretty`
 * @param isBinary a Binary is asked for: an `Accept` without JSON means its content (R4 §2.34.5.1)
 * @throws FhirProblem `notAcceptable` for everything but JSON of R4, `invalidParameter` for a bad `_pretty`
 */
export function negotiateFormat(
  format: string | undefined,
  accept: string | undefined,
  pretty: string | undefined,
  isBinary = false,
): AnswerFormat {
  if (pretty && pretty !== 'true' && pretty !== 'false') {
    throw fhirProblem('invalidParameter', '_pretty is true or false', 'http._pretty');
  }
  const isPretty = pretty === 'true';
  const namesJson = /\bjson\b|\*\/\*|application\/\*/i.test(accept ?? '');
  if (isBinary && !format && accept?.trim() && !namesJson) {
    return { ...DEFAULT_FORMAT, isPretty, contentAccept: accept };
  }
  return { mediaType: mediaTypeOf(format, accept), isPretty };
}
