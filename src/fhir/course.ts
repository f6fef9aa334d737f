import type { SqlParameter, Value } from '../sql/driver.ts';

/** Methods of FHIR's RESTful API; `PATCH` is known so that it can be refused in FHIR's own words. */
export type FhirMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A request below the base of one site, as it came over HTTP. Nothing in it is trusted. */
export interface FhirRequest {
  readonly method: FhirMethod;
  /** What follows the base, without query and leading slash: `Patient/12`, `metadata`; percent-encoded as it came. */
  readonly path: string;
  /** What follows `?`, without it; empty when there is none. */
  readonly query: string;
  /** Headers that matter, by lower-case name: `accept`, `content-type`, `if-match`, `if-none-match`,
   * `if-modified-since`, `if-none-exist`, `prefer`. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body's text; left out when there is none. */
  readonly body?: string;
  /** Absolute address of the base, without a slash at its end: what `fullUrl`, `Location` and links begin with. */
  readonly baseUrl: string;
}

/** What goes back. Header names are in lower case. */
export interface FhirAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, or the bytes of a Binary's content; left out where the answer has no body. */
  readonly body?: string | Uint8Array;
}

/** One SQL statement. Its parameters are named `@p1`, `@p2` … in the order of the text. */
export interface FhirStatement {
  /** Left out, the default one. */
  readonly catalogue?: string;
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
  /** A procedure's name stands as the text. Default `text`. */
  readonly type?: 'text' | 'storedProcedure';
}

/** What one statement gave: the rows of its first result set that has columns. */
export interface StatementResult {
  readonly rows: readonly (readonly Value[])[];
  readonly rowsAffected: number;
  /** Values of output parameters by name (with the `@`); empty for most. */
  readonly outputs: Readonly<Record<string, Value>>;
}

/**
 * What a course wants done next. `read` runs statements that change nothing, in order, and is answered with one
 * result each; one without statements only lets others have a turn, for a course that renders much. `write` runs
 * within the open transaction, on its connection, reads among writes included. `begin`, `commit` and `rollback` are
 * answered with no results. A failed step is thrown into the course as the driver's `SqlError`, but for a commit whose
 * outcome is unknown: that, a stop and a refusal by the practice end the course.
 */
export type FhirStep =
  | { readonly kind: 'read'; readonly statements: readonly FhirStatement[] }
  | { readonly kind: 'begin'; readonly catalogue?: string }
  | { readonly kind: 'write'; readonly statement: FhirStatement }
  | { readonly kind: 'commit' }
  | { readonly kind: 'rollback' };

/**
 * The way from a request to its answer, without any I/O of its own: it yields what it wants of the database and is
 * resumed with the results. Returning without `commit` while a transaction is open means that it is rolled back.
 */
export type FhirCourse = Generator<FhirStep, FhirAnswer, readonly StatementResult[]>;
