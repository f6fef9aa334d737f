/** What a code means at the HTTP edge. */
export interface ErrorCodeFacts {
  /** HTTP status. */
  readonly status: number;
  /** Whether the same request may succeed later without a change. */
  readonly isRetryable: boolean;
  /** The sentence used when the thrower has nothing more precise to say. */
  readonly message: string;
}

/** The closed table of error codes (contract §3). `docs/reference/errors.md` is compared with it by a test. */
export const ERROR_CODES = {
  invalidRequest: {
    status: 400,
    isRetryable: false,
    message: 'The request is invalid.',
  },
  pairingCodeRefused: {
    status: 400,
    isRetryable: false,
    message: 'The pairing code is wrong, already used or expired.',
  },
  missingKey: {
    status: 401,
    isRetryable: false,
    message:
      'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
  },
  invalidKey: {
    status: 401,
    isRetryable: false,
    message: 'Access denied due to invalid subscription key.',
  },
  invalidToken: {
    status: 401,
    isRetryable: false,
    message: 'Invalid token',
  },
  adminKeyRequired: {
    status: 401,
    isRetryable: false,
    message: 'Access denied: the operator key (Authorization: Bearer …) is missing or wrong.',
  },
  enrolmentRefused: {
    status: 401,
    isRetryable: false,
    message: 'The enrolment token is unknown, already used or expired.',
  },
  notPaired: {
    status: 403,
    isRetryable: false,
    message: 'The integrator is not paired with this site.',
  },
  otherSite: {
    status: 403,
    isRetryable: false,
    message: 'The token is for another site.',
  },
  siteNotAuthoritative: {
    status: 403,
    isRetryable: false,
    message: 'The site is not authoritative for its practice, removed or uninstalled.',
  },
  refusedByPractice: {
    status: 403,
    isRetryable: false,
    message: 'Refused by the practice.',
  },
  callerIpNotAllowed: {
    status: 403,
    isRetryable: false,
    message: 'Caller Ip Not Allowed',
  },
  quotaExceeded: {
    status: 403,
    isRetryable: false,
    message: 'The quota of the integrator is used up.',
  },
  adminDisabled: {
    status: 403,
    isRetryable: false,
    message: 'The operator routes are switched off: set PARHELION_ADMIN_KEY to use them.',
  },
  notFound: {
    status: 404,
    isRetryable: false,
    message: 'The server cannot find the requested resource.',
  },
  conflict: {
    status: 409,
    isRetryable: false,
    message: 'The request conflicts with the current state of the resource.',
  },
  uploadRefused: {
    status: 409,
    isRetryable: true,
    message: 'The permission to upload is unknown or used already, or the query has gone on.',
  },
  resultExpired: {
    status: 410,
    isRetryable: false,
    message:
      'Access to the target resource is permanently no longer available at the origin server.',
  },
  bodyTooLarge: {
    status: 413,
    isRetryable: false,
    message: 'The request body is too large.',
  },
  answerTooLarge: {
    status: 413,
    isRetryable: false,
    message: 'The answer is too large: ask for fewer resources or elements.',
  },
  unsupportedMediaType: {
    status: 415,
    isRetryable: false,
    message: 'The content type is not supported.',
  },
  tooManyRequests: {
    status: 429,
    isRetryable: true,
    message: 'Too many requests, please try again later.',
  },
  tooManyHeaders: {
    status: 431,
    isRetryable: false,
    message: 'The request has too many header fields.',
  },
  internal: {
    status: 500,
    isRetryable: true,
    message: 'An unexpected error occurred.',
  },
  siteFailed: {
    status: 500,
    isRetryable: false,
    message: 'The site could not answer the request.',
  },
  fhirNotOffered: {
    status: 501,
    isRetryable: false,
    message: 'The site offers no FHIR.',
  },
  siteOffline: {
    status: 503,
    isRetryable: true,
    message:
      'Site could not be contacted, please try again later or contact a system administrator.',
  },
  storeUnavailable: {
    status: 503,
    isRetryable: true,
    message: 'The gateway cannot reach its store, please try again later.',
  },
  databaseUnreachable: {
    status: 503,
    isRetryable: true,
    message: 'The database of the site could not be reached.',
  },
  queryTimedOut: {
    status: 504,
    isRetryable: true,
    message: 'Query took more than 30 seconds to return a result.',
  },
  notStartedInTime: {
    status: 504,
    isRetryable: true,
    message: 'Query was not started in time.',
  },
  siteUnreachable: {
    status: 504,
    isRetryable: true,
    message: 'Site is unreachable.',
  },
  outcomeUnknown: {
    status: 504,
    isRetryable: false,
    message: 'The site went away before it answered: whether it has changed something is unknown.',
  },
  /** Never reaches HTTP: it ends a start with its sentence. */
  configInvalid: {
    status: 500,
    isRetryable: false,
    message: 'The configuration is invalid.',
  },
} as const satisfies Record<string, ErrorCodeFacts>;

/** A member of the closed table. */
export type ErrorCode = keyof typeof ERROR_CODES;
