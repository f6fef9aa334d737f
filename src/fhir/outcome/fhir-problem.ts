import OUTCOME_KINDS from './outcome-kinds.json' with { type: 'json' };

/** A key of `outcome-kinds.json`, the closed table of what an OperationOutcome can say. */
export type OutcomeKind = keyof typeof OUTCOME_KINDS;

/** The row of a kind: HTTP status, severity and code of its issue (R4 value sets), and its sentence. */
export interface OutcomeRow {
  readonly status: number;
  readonly severity: string;
  readonly code: string;
  readonly text: string;
}

/** Gives the row of a kind. */
export function outcomeRow(kind: OutcomeKind): OutcomeRow {
  return OUTCOME_KINDS[kind];
}

/** One thing to tell: it becomes one `issue` of an OperationOutcome. */
export interface Issue {
  readonly kind: OutcomeKind;
  /** What exactly, for the developer of the client. It may repeat what the client sent, and nothing of the database. */
  readonly diagnostics?: string;
  /** Where: a FHIRPath (`Patient.name[0].family`), or `http.name` for a parameter or a header. */
  readonly expression?: string;
}

/** Thrown anywhere in a course: the request ends with an OperationOutcome of these issues and the first one's status. */
export class FhirProblem extends Error {
  override readonly name = 'FhirProblem';
  readonly issues: readonly [Issue, ...Issue[]];
  readonly headers: Readonly<Record<string, string>>;

  /** @param headers further headers of the answer, by lower-case name: `allow` with a 405 */
  constructor(
    issues: readonly [Issue, ...Issue[]],
    headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    const [first] = issues;
    super(first.diagnostics ?? outcomeRow(first.kind).text, options);
    this.issues = issues;
    this.headers = headers;
  }

  /** HTTP status of the answer. */
  get status(): number {
    return outcomeRow(this.issues[0].kind).status;
  }
}

/** Makes a {@link FhirProblem} of one issue. */
export function fhirProblem(
  kind: OutcomeKind,
  diagnostics?: string,
  expression?: string,
): FhirProblem {
  return new FhirProblem([
    {
      kind,
      ...(diagnostics === undefined ? {} : { diagnostics }),
      ...(expression === undefined ? {} : { expression }),
    },
  ]);
}
