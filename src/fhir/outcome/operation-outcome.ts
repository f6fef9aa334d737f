import { type Issue, type OutcomeKind, outcomeRow } from './fhir-problem.ts';

/** An R4 OperationOutcome, as far as it is made here. */
export interface OperationOutcome {
  readonly resourceType: 'OperationOutcome';
  readonly issue: readonly {
    readonly severity: string;
    readonly code: string;
    readonly details: {
      readonly coding?: readonly { readonly system: string; readonly code: string }[];
      readonly text: string;
    };
    readonly diagnostics?: string;
    readonly expression?: readonly string[];
  }[];
}

/** What clients of the reference system know an unexpected error by. */
const UNEXPECTED = { system: 'http://hl7.org/fhir/dotnet-api-operation-outcome', code: '5003' };

const CODINGS: Partial<Record<OutcomeKind, readonly { system: string; code: string }[]>> = {
  unexpected: [UNEXPECTED],
  mappingMisfit: [UNEXPECTED],
};

/** Makes the resource that tells these issues, in their order. */
export function operationOutcome(issues: readonly Issue[]): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: issues.map(({ kind, diagnostics, expression }) => {
      const { severity, code, text } = outcomeRow(kind);
      const coding = CODINGS[kind];
      return {
        severity,
        code,
        details: { ...(coding ? { coding } : {}), text },
        ...(diagnostics === undefined ? {} : { diagnostics }),
        ...(expression === undefined ? {} : { expression: [expression] }),
      };
    }),
  };
}
