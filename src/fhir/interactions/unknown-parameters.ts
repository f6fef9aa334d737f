import { FhirProblem, type Issue } from '../outcome/fhir-problem.ts';
import type { ReadRequest } from '../request/read-request.ts';
import { VIEW_PARAMETERS } from './result-view.ts';

/** Refuses parameters by their names, each with an issue of its own; none, nothing happens. */
export function refuseParameters(names: readonly string[], where: string): void {
  const issues = names.map(
    (name): Issue => ({
      kind: 'unsupportedParameter',
      diagnostics: `${name} is not supported for ${where}`,
      expression: `http.${name.split('=')[0]}`,
    }),
  );
  const [first, ...others] = issues;
  if (first) throw new FhirProblem([first, ...others]);
}

/** With `Prefer: handling=strict`, a read has no parameters but those about its form and what is left out. */
export function refuseUnknownParameters({ parameters, preferences }: ReadRequest): void {
  if (preferences.handling !== 'strict') return;
  const names = parameters
    .map(({ name }) => name)
    .filter((name) => !VIEW_PARAMETERS.has(name) && name !== '_format' && name !== '_pretty');
  refuseParameters(names, 'a read');
}
