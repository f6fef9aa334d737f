import { contentOfBinary } from './bundle/binary-content.ts';
import { createCursorBox } from './bundle/cursor.ts';
import { jsonText } from './bundle/json-text.ts';
import type { Offers } from './capability/offers.ts';
import type { FhirAnswer, FhirCourse, FhirRequest } from './course.ts';
import { INTERACTIONS, type InteractionAnswer } from './interactions/index.ts';
import { CURSOR_PARAMETER } from './interactions/search/plan-search.ts';
import { OPERATIONS } from './operations/index.ts';
import type { FhirProblem } from './outcome/fhir-problem.ts';
import { operationOutcome } from './outcome/operation-outcome.ts';
import { problemOfError } from './outcome/problem-of-error.ts';
import { type AnswerFormat, DEFAULT_FORMAT } from './request/answer-format.ts';
import { readParameters, writeParameters } from './request/parameters.ts';
import { formatOf, readRequest } from './request/read-request.ts';
import { runRequest } from './run-request.ts';
import type { FhirServiceOptions, ServiceContext } from './service-context.ts';
import { createInteraction } from './write/create-resource.ts';
import { updateInteraction } from './write/update-resource.ts';

const ALL_OFFERS: Offers = {
  interactions: [...INTERACTIONS, createInteraction, updateInteraction],
  operations: OPERATIONS,
};

const SEALED_PAGE = new RegExp(`(?:^|&)${CURSOR_PARAMETER}=([^&]+)`);

function written(answer: InteractionAnswer, format: AnswerFormat, isHead: boolean): FhirAnswer {
  const { status, headers = {}, resource } = answer;
  if (!resource) return { status, headers };
  if (format.contentAccept !== undefined && resource.resourceType === 'Binary') {
    const { contentType, bytes } = contentOfBinary(resource, format.contentAccept);
    const all = { ...headers, 'content-type': contentType };
    return isHead ? { status, headers: all } : { status, headers: all, body: bytes };
  }
  const type = { 'content-type': `${format.mediaType}; charset=utf-8` };
  const all = { ...headers, ...type };
  return isHead
    ? { status, headers: all }
    : { status, headers: all, body: jsonText(resource, format.isPretty) };
}

/** The wanted form, even of a request that is wrong otherwise. */
function formatForProblems(request: FhirRequest): AnswerFormat {
  try {
    return formatOf(request, readParameters(request.query));
  } catch {
    return DEFAULT_FORMAT;
  }
}

function answerOf({ status, headers, issues }: FhirProblem): InteractionAnswer {
  return { status, headers, resource: { ...operationOutcome(issues) } };
}

/** The resource type in a path, for telling what did not fit; nothing else of a path is repeated. */
function typeOf(path: string): string | undefined {
  return /^\/*([A-Z][A-Za-z]{1,63})(?:\/|$)/.exec(path)?.[1];
}

/** Answers FHIR R4 requests to one site out of its database. It does no I/O: courses ask for it step by step. */
export class FhirService {
  readonly #context: ServiceContext;
  readonly #offers: Offers;
  readonly #onFault: (cause: unknown) => void;

  /** @param offers what is offered beside the mapping; left out, all that there is */
  constructor({ cursorKey, onFault, ...options }: FhirServiceOptions, offers: Offers = ALL_OFFERS) {
    this.#context = {
      ...options,
      startedAt: options.now(),
      cursors: createCursorBox(cursorKey),
    };
    this.#offers = offers;
    this.#onFault = onFault ?? (() => undefined);
  }

  /**
   * A query, or a form, as the practice is told of it: the link to a page is sealed, and what it leads to stands in its
   * place. What cannot be opened stays as it is.
   *
   * @param type the resource type in the address
   */
  readableQuery(type: string, query: string): string {
    const sealed = SEALED_PAGE.exec(query)?.[1];
    if (sealed === undefined) return query;
    try {
      const { parameters } = this.#context.cursors.open(type, decodeURIComponent(sealed));
      return [writeParameters(parameters), CURSOR_PARAMETER]
        .filter((part) => part !== '')
        .join('&');
    } catch {
      return query;
    }
  }

  /**
   * The course of one request. Whatever fails ends as an OperationOutcome, but for what the link must see.
   *
   * @throws SqlError of every kind but `statement`, as it was thrown into the course
   */
  *answer(request: FhirRequest): FhirCourse {
    const isHead = request.method === 'HEAD';
    try {
      const understood = readRequest(request);
      const answer = yield* runRequest(understood, this.#context, this.#offers);
      return written(answer, understood.format, isHead);
    } catch (thrown) {
      const problem = problemOfError(thrown, typeOf(request.path));
      const isFault = problem.status >= 500 && problem.cause !== undefined;
      if (isFault) this.#onFault(problem.cause);
      return written(answerOf(problem), formatForProblems(request), isHead);
    }
  }
}
