import type { InteractionCourse } from '../interactions/index.ts';
import { searchType } from '../interactions/search-type.ts';
import type { ResourceMapping, SystemMapping } from '../mapping/system-mapping.ts';
import { fhirProblem } from '../outcome/fhir-problem.ts';
import type { Parameter } from '../request/parameters.ts';
import type { Operation, OperationCall } from './operation.ts';
import { PARAMETERS_OF_THE_FORM, readOperationInput, readResultCount } from './operation-input.ts';
import { typedReferences } from './operation-search.ts';

const STATUS = 'waitlist';

/** Parameters that are references, with the type that a bare id is of. */
const REFERENCES: readonly (readonly [name: string, type: string])[] = [
  ['patient', 'Patient'],
  ['practitioner', 'Practitioner'],
  ['location', 'Location'],
];
const PARAMETERS = [...REFERENCES.map(([name]) => name), 'appointment-type', '_count'];

/** Whether rows of a type can have the status of those who wait. */
function hasWaiting(appointment: ResourceMapping | undefined): boolean {
  const binding = appointment?.search.get('status');
  if (binding?.kind !== 'token') return false;
  return binding.places.some(({ codes }) => {
    if (!codes) return true;
    const lists = [...codes.codings.values(), codes.otherwise ?? [], codes.whenNull ?? []];
    return lists.flat().some(({ code }) => code === STATUS);
  });
}

/** Search parameters that an operation's parameter stands for: its own, or `actor` where the mapping has only that. */
function searchName({ search }: ResourceMapping, name: string): string {
  if (search.has(name)) return name;
  const isActor = REFERENCES.some(([reference]) => reference === name) && search.has('actor');
  if (isActor) return 'actor';
  const diagnostics = `${name} is not supported by this practice system`;
  throw fhirProblem('unsupportedParameter', diagnostics, `http.${name}`);
}

function* waitlist(call: OperationCall): InteractionCourse {
  const { request, context, resource } = call;
  if (!resource) throw new Error('$waitlist stands at a type');
  const input = readOperationInput(request, PARAMETERS, '$waitlist');
  const count = readResultCount(input);
  const criteria = input.given
    .filter(({ name }) => name !== '_count')
    .map(({ name, value }): Parameter => {
      const type = REFERENCES.find(([reference]) => reference === name)?.[1];
      const written =
        type === undefined ? value : typedReferences(name, type, value, request.baseUrl);
      return { name: searchName(resource, name), value: written };
    });
  const parameters = [
    { name: 'status', value: STATUS },
    ...criteria,
    { name: '_count', value: String(count) },
    ...request.parameters.filter(({ name }) => PARAMETERS_OF_THE_FORM.has(name)),
  ];
  return yield* searchType({ request: { ...request, parameters }, resource, context });
}

/** `Appointment/$waitlist`: who waits for an appointment. Its pages go on as the search that it stands for. */
export const waitlistOperation: Operation = {
  name: 'waitlist',
  definition: 'http://parhelion.example/fhir/OperationDefinition/appointment-waitlist',
  documentation:
    'Appointments of the status `waitlist`: requests that have no time yet. Parameters: `patient`, `practitioner`, `location` (an id or a reference), `appointment-type` (a token), `_count`.',
  levels: new Set(['type']),
  types: new Set(['Appointment']),
  affectsState: false,
  isOffered: ({ resources }: SystemMapping) => hasWaiting(resources.get('Appointment')),
  run: waitlist,
};
