import type { FhirMethod, FhirRequest } from '../course.ts';
import { fhirProblem } from '../outcome/fhir-problem.ts';
import { type AnswerFormat, negotiateFormat } from './answer-format.ts';
import { type Parameter, readParameters } from './parameters.ts';
import { type Preferences, readPreferences } from './preferences.ts';
import { mediaTypeOf } from './resource-body.ts';
import { type Route, readRoute } from './route.ts';

/** A request whose form is understood: what it means is still to be decided. */
export interface ReadRequest {
  /** `HEAD` has become `GET`: the answer's body is left out at the end. */
  readonly method: Exclude<FhirMethod, 'HEAD'>;
  readonly route: Route;
  readonly baseUrl: string;
  /** Of the URL first, then of the form. */
  readonly parameters: readonly Parameter[];
  /** Parameters came in a body, so that they may not be shown in URLs without need. */
  readonly hasForm: boolean;
  readonly format: AnswerFormat;
  readonly preferences: Preferences;
  readonly headers: FhirRequest['headers'];
  /** The body of anything but a form. */
  readonly body?: string;
}

const FORM = 'application/x-www-form-urlencoded';

function formParameters(request: FhirRequest, route: Route): Parameter[] {
  if (request.method !== 'POST' || route.kind !== 'typeSearch' || !request.body) return [];
  const mediaType = mediaTypeOf(request.headers['content-type']);
  if (mediaType !== FORM) {
    const sent = mediaType === '' ? 'no Content-Type' : `Content-Type ${mediaType}`;
    throw fhirProblem('unsupportedMediaType', `${sent}; a search is sent as ${FORM}`);
  }
  return readParameters(request.body);
}

/** The last non-empty value of a parameter; clients repeat these by mistake. */
function lastValue(parameters: readonly Parameter[], name: string): string | undefined {
  return parameters.findLast((parameter) => parameter.name === name && parameter.value !== '')
    ?.value;
}

/** The form of an answer, as far as a request can be read at all: for telling what is wrong with the rest of it. */
export function formatOf(
  request: FhirRequest,
  parameters: readonly Parameter[],
  isBinary = false,
): AnswerFormat {
  return negotiateFormat(
    lastValue(parameters, '_format'),
    request.headers['accept'],
    lastValue(parameters, '_pretty'),
    isBinary,
  );
}

function isBinaryRead(route: Route): boolean {
  return (route.kind === 'instance' || route.kind === 'version') && route.type === 'Binary';
}

/**
 * Takes a request apart.
 *
 * @throws FhirProblem for what cannot be read (400), content that is not offered (406) or not taken (415)
 */
export function readRequest(request: FhirRequest): ReadRequest {
  const ofUrl = readParameters(request.query);
  const route = readRoute(request.path);
  const ofForm = formParameters(request, route);
  const parameters = [...ofUrl, ...ofForm];
  const isForm = route.kind === 'typeSearch';
  return {
    method: request.method === 'HEAD' ? 'GET' : request.method,
    route,
    baseUrl: request.baseUrl,
    parameters,
    hasForm: ofForm.length > 0,
    format: formatOf(request, parameters, isBinaryRead(route)),
    preferences: readPreferences(request.headers['prefer']),
    headers: request.headers,
    ...(request.body !== undefined && !isForm ? { body: request.body } : {}),
  };
}
