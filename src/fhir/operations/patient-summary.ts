import type { InteractionCourse } from '../interactions/index.ts';
import { readRow } from '../interactions/read-row.ts';
import {
  attachChildren,
  type PartOfCourse,
  type ReadPage,
  readPages,
} from '../interactions/read-rows.ts';
import { resourceOfRow } from '../interactions/resource-of-row.ts';
import { selectElements } from '../interactions/result-view.ts';
import type { ResourceMapping, SystemMapping } from '../mapping/system-mapping.ts';
import { fhirProblem } from '../outcome/fhir-problem.ts';
import { matchesStatement, type ResourceRow } from '../sql/index.ts';
import type { Operation, OperationCall } from './operation.ts';
import { type OperationInput, readOperationInput } from './operation-input.ts';
import { type SearchScope, searchFilters } from './operation-search.ts';
import { readReferenced } from './summary/referenced-resources.ts';
import { readSections } from './summary/section-entries.ts';
import { mappedSources } from './summary/section-search.ts';
import { SUMMARY_SECTIONS } from './summary/sections.ts';
import { summaryDocument } from './summary/summary-document.ts';
import { summaryProfile } from './summary/summary-profiles.ts';

/** The second is how IPS 1.1.0's OperationDefinition spells it. */
const IDENTIFIERS = ['identifier', 'identifer'] as const;

/** The one identifier that was given. @throws FhirProblem naming the parameter */
function readIdentifier(input: OperationInput): { name: string; value: string } {
  const [name = 'identifier', other] = IDENTIFIERS.filter(
    (each) => input.value(each) !== undefined,
  );
  const value = input.value(name);
  if (value === undefined) {
    const diagnostics =
      'identifier is missing: system|value, or call the operation at Patient/{id}';
    throw fhirProblem('invalidParameter', diagnostics, 'http.identifier');
  }
  if (other !== undefined && input.value(other) !== value) {
    throw fhirProblem('invalidParameter', `${other} is not the same as ${name}`, `http.${other}`);
  }
  if (!/^[^|\s]+\|\S/.test(value)) {
    const diagnostics = `${name} is a system|value: a value alone may be another patient's too`;
    throw fhirProblem('invalidParameter', diagnostics, `http.${name}`);
  }
  return { name, value };
}

/** Finds the patient by an identifier, without children. @throws FhirProblem when there is none or more than one */
function* findByIdentifier(
  scope: SearchScope,
  mapping: ResourceMapping,
  input: OperationInput,
): PartOfCourse<ReadPage> {
  const { name, value } = readIdentifier(input);
  const statement = matchesStatement(
    { dialect: scope.context.dialect, mapping },
    {
      columns: selectElements(mapping, WHOLE, 'match').columns,
      filters: searchFilters(scope, mapping, ['identifier', value], name),
      sort: [],
      limit: 2,
    },
  );
  const [page] = yield* readPages([statement]);
  if (!page || page.rows.length === 0) {
    throw fhirProblem(
      'unknownResource',
      'there is no Patient with this identifier',
      `http.${name}`,
    );
  }
  if (page.rows.length > 1) {
    const diagnostics = 'more than one Patient has this identifier';
    throw fhirProblem('multipleMatches', diagnostics, `http.${name}`);
  }
  return page;
}

const WHOLE = { summary: 'false' } as const;

function* summary(call: OperationCall): InteractionCourse {
  const { request, context, resource: mapping, id } = call;
  if (!mapping) throw new Error('$summary stands at a type or a resource');
  const names = id === undefined ? [...IDENTIFIERS, 'profile'] : ['profile'];
  const input = readOperationInput(request, names, '$summary');
  const profile = summaryProfile(input.value('profile'));
  const scope: SearchScope = { context, baseUrl: request.baseUrl };
  const selection = selectElements(mapping, WHOLE, 'match');
  const page =
    id === undefined
      ? yield* findByIdentifier(scope, mapping, input)
      : yield* readRow({ resource: mapping, context, id }, selection);
  yield* attachChildren([page]);
  const row = page.rows[0] as ResourceRow;
  const rendering = { timeZone: context.timeZone, baseUrl: request.baseUrl };
  const patient = resourceOfRow(mapping, row, selection, rendering);
  const sections = yield* readSections(scope, row.id);
  const shown = [patient, ...sections.flatMap(({ resources }) => resources)];
  const referenced = yield* readReferenced(scope, shown);
  return {
    status: 200,
    resource: summaryDocument(scope, { profile, patient, sections, referenced }),
  };
}

/** The required sections need their types; without `identifier` only the instance could be asked, so it is needed too. */
function isOffered(mapping: SystemMapping): boolean {
  const patient = mapping.resources.get('Patient');
  return (
    patient?.search.has('identifier') === true &&
    SUMMARY_SECTIONS.some((section) => mappedSources(section, mapping).length > 0)
  );
}

/** `Patient/{id}/$summary`, and `Patient/$summary` by an identifier: a patient summary as a document. */
export const patientSummaryOperation: Operation = {
  name: 'summary',
  definition: 'http://hl7.org/fhir/uv/ips/OperationDefinition/summary',
  documentation:
    'A patient summary (Bundle of the type `document`) out of what is recorded now. `profile`: the International Patient Summary (default) or AU PS. At `Patient/$summary` the patient is named by `identifier` (`system|value`). A section without entries says `unavailable`: it never denies anything.',
  levels: new Set(['type', 'instance']),
  types: new Set(['Patient']),
  affectsState: false,
  isOffered,
  run: summary,
};
