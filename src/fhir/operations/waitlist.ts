import type { InteractionCourse } from '../interactions/index.ts';
import { searchType } from '../interactions/search-type.ts';
import type { ResourceMapping, SystemMapping } from '../mapping/system-mapping.ts';
import { fhirProblem } from '../outcome/fhir-problem.ts';
import type { Parameter } from '../request/parameters.ts';
import type { Operation, OperationCall, OperationParameter } from './operation.ts';
import {
  namesOf,
  PARAMETERS_OF_THE_FORM,
  readOperationInput,
  readResultCount,
} from './operation-input.ts';
import { typedReferences } from './operation-search.ts';

const STATUS = 'waitlist';

/** Parameters that are references, with the type that a bare id is of. */
const REFERENCES: readonly (readonly [name: string, type: string])[] = [
  ['patient', 'Patient'],
  ['practitioner', 'Practitioner'],
  ['location', 'Location'],
];
const PARAMETERS: readonly OperationParameter[] = [
  ...REFERENCES.map(
    ([name, type]): OperationParameter => ({
      name,
      type: 'string',
      searchType: 'reference',
      documentation: `Ids of, or references to, a ${type}.`,
    }),
  ),
  {
    name: 'appointment-type',
    type: 'string',
    searchType: 'token',
    documentation: 'What they wait for.',
  },
  {
    name: '_count',
    type: 'integer',
    documentation: 'Appointments in a page; 50 where it is left out.',
  },
];

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
  const input = readOperationInput(request, namesOf(PARAMETERS), '$waitlist');
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
  definition: {
    id: 'Appointment-waitlist',
    title: 'Who waits for an appointment',
    parameters: PARAMETERS,
  },
  documentation:
    'Appointments of the status `waitlist`: requests that have no time yet. Parameters: `patient`, `practitioner`, `location` (an id or a reference), `appointment-type` (a token), `_count`.',
  levels: new Set(['type']),
  types: new Set(['Appointment']),
  affectsState: false,
  isOffered: ({ resources }: SystemMapping) => hasWaiting(resources.get('Appointment')),
  run: waitlist,
};
