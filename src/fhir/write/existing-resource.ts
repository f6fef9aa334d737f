import type { TypeCall } from '../interactions/index.ts';
import type { PartOfCourse } from '../interactions/read-rows.ts';
import type { WriteMapping } from '../mapping/system-mapping.ts';
import { fhirProblem } from '../outcome/fhir-problem.ts';
import { readParameters } from '../request/parameters.ts';
import { parseSearch, SearchError } from '../search/index.ts';
import { matchesStatement } from '../sql/index.ts';
import { runInTransaction } from './run-write.ts';
import { readStored, type StoredResource } from './stored-resource.ts';

const HEADER = 'http.if-none-exist';

/**
 * What a create with `If-None-Exist` finds already there (R4 §3.1.0.8.1); undefined when there is nothing, or the
 * header is missing. Runs in the open transaction.
 *
 * @throws FhirProblem `multipleMatches`, and for a condition that cannot be followed as a whole: one that is
 *   followed in part would find too much
 */
export function* existingResource(
  call: TypeCall,
  write: WriteMapping,
): PartOfCourse<StoredResource | undefined> {
  const { request, resource: mapping, context } = call;
  const condition = request.headers['if-none-exist'];
  if (condition === undefined) return undefined;
  const filters = readCondition(condition.replace(/^.*\?/, ''), call);
  const page = matchesStatement(
    { dialect: context.dialect, mapping },
    { columns: [], filters, sort: [], limit: 2 },
  );
  const [row, second] = page.rows(yield* runInTransaction(page.statement));
  if (second) throw fhirProblem('multipleMatches', 'If-None-Exist fits more than one', HEADER);
  return row && (yield* readStored(call, row.key, write));
}

function readCondition(query: string, { request, resource, context }: TypeCall) {
  const parameters = readParameters(query).map(({ name, value }) => [name, value] as const);
  try {
    const { filters, unknown } = parseSearch(resource, context.mapping, parameters, {
      baseUrl: request.baseUrl,
      timeZone: context.timeZone,
      now: context.now(),
    });
    if (unknown.length > 0) {
      throw fhirProblem(
        'invalidParameter',
        `If-None-Exist: ${unknown.join(', ')} cannot be searched for`,
        HEADER,
      );
    }
    if (filters.length === 0)
      throw fhirProblem('invalidParameter', 'If-None-Exist is empty', HEADER);
    return filters;
  } catch (error) {
    if (error instanceof SearchError) throw fhirProblem('invalidParameter', error.message, HEADER);
    throw error;
  }
}
