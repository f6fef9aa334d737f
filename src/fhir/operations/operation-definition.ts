import type { FhirResource } from '../interactions/interaction.ts';
import type { Operation, OwnDefinition } from './operation.ts';

/** Where an OperationDefinition is read, and which canonical address it has by that. */
export interface DefinitionScope {
  readonly baseUrl: string;
  /** Of the software at the site. */
  readonly version: string;
}

/** `[base]/OperationDefinition/[id]`: the resource type of the operations' own definitions. */
export const DEFINITION_TYPE = 'OperationDefinition';

/** Canonical address of an operation's OperationDefinition: a published one, or the one that the site itself has. */
export function definitionUrl({ definition }: Operation, baseUrl: string): string {
  return typeof definition === 'string'
    ? definition
    : `${baseUrl}/${DEFINITION_TYPE}/${definition.id}`;
}

function computableName(id: string): string {
  return id.replaceAll(/(?:^|-)([a-zA-Z])/g, (_, letter: string) => letter.toUpperCase());
}

function parametersOf({ parameters }: OwnDefinition) {
  return [
    ...parameters.map(({ name, min = 0, type, searchType, documentation }) => ({
      name,
      use: 'in',
      min,
      max: '1',
      documentation,
      type,
      ...(searchType === undefined ? {} : { searchType }),
    })),
    { name: 'return', use: 'out', min: 1, max: '1', type: 'Bundle' },
  ];
}

function definitionOf(
  operation: Operation,
  own: OwnDefinition,
  { baseUrl, version }: DefinitionScope,
): FhirResource {
  const { name, documentation, levels, types, affectsState } = operation;
  return {
    resourceType: DEFINITION_TYPE,
    id: own.id,
    url: definitionUrl(operation, baseUrl),
    version,
    name: computableName(own.id),
    title: own.title,
    status: 'active',
    kind: 'operation',
    ...(documentation === undefined ? {} : { description: documentation }),
    affectsState,
    code: name,
    resource: [...types],
    system: levels.has('system'),
    type: levels.has('type'),
    instance: levels.has('instance'),
    parameter: parametersOf(own),
  };
}

/** The OperationDefinition with an id; undefined when none of the operations has it as its own. */
export function ownDefinition(
  operations: readonly Operation[],
  id: string,
  scope: DefinitionScope,
): FhirResource | undefined {
  for (const operation of operations) {
    const { definition } = operation;
    if (typeof definition === 'string' || definition.id !== id) continue;
    return definitionOf(operation, definition, scope);
  }
  return undefined;
}

/** Whether any of the operations is defined here and nowhere else. */
export function hasOwnDefinitions(operations: readonly Operation[]): boolean {
  return operations.some(({ definition }) => typeof definition !== 'string');
}
