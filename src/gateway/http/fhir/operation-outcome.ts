import { ERROR_CODES, type ErrorCode } from '../../../errors/codes.ts';
import type { ParhelionError } from '../../../errors/parhelion-error.ts';

export const FHIR_JSON = 'application/fhir+json; charset=utf-8';

/** The issue types of FHIR (http://hl7.org/fhir/issue-type) by the status of an error. */
const ISSUE_BY_STATUS: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  410: 'deleted',
  413: 'too-long',
  415: 'not-supported',
  429: 'throttled',
  431: 'too-long',
  501: 'not-supported',
  503: 'transient',
  504: 'timeout',
};

const ISSUE_BY_CODE: Readonly<Partial<Record<ErrorCode, string>>> = {
  answerTooLarge: 'too-costly',
  quotaExceeded: 'throttled',
  outcomeUnknown: 'incomplete',
};

/** How the reference system marks errors that nobody has foreseen. */
const UNEXPECTED = {
  coding: [{ system: 'http://hl7.org/fhir/dotnet-api-operation-outcome', code: '5003' }],
};

/** An error of the gateway in FHIR's words. */
export function operationOutcome({ code, message }: Pick<ParhelionError, 'code' | 'message'>) {
  const { status } = ERROR_CODES[code];
  const isUnexpected = status === 500;
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: isUnexpected ? 'fatal' : 'error',
        code: ISSUE_BY_CODE[code] ?? ISSUE_BY_STATUS[status] ?? 'exception',
        details: { ...(isUnexpected && UNEXPECTED), text: message },
        diagnostics: message,
      },
    ],
  };
}
