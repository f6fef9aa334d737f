/**
 * Why a search is refused, in the codes of FHIR's issue types: `invalid` a value that cannot be read, `not-supported`
 * a modifier, chain or sort key that this parameter does not have, `too-costly` more values than one request may have.
 */
export type SearchErrorCode = 'invalid' | 'not-supported' | 'too-costly';

/** A search parameter that cannot be followed: the caller's mistake, to be answered with 400. */
export class SearchError extends Error {
  override readonly name = 'SearchError';
  readonly code: SearchErrorCode;
  /** The parameter as the caller wrote it, modifier and chain included: `patient:Foo`; what `expression` names. */
  readonly parameter: string;

  /** @param message a sentence for the caller; it never repeats a value */
  constructor(code: SearchErrorCode, parameter: string, message: string) {
    super(message);
    this.code = code;
    this.parameter = parameter;
  }
}
