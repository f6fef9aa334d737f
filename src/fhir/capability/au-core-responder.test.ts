import { describe, expect, it } from 'vitest';
import type { ResourceMapping, SystemMapping } from '../mapping/system-mapping.ts';
import { instantiatedBy } from './au-core-responder.ts';

const PREFIX = 'http://hl7.org.au/fhir/core/StructureDefinition/au-core-';

function mappingOf(
  types: Readonly<Record<string, readonly string[]>>,
  profiled = true,
): SystemMapping {
  const resources = Object.entries(types).map(([type, parameters]): [string, ResourceMapping] => [
    type,
    {
      type,
      profiles: profiled ? [`${PREFIX}${type.toLowerCase()}`] : [],
      base: { alias: 'a', name: 'A', columns: new Map(), nullable: new Set<string>() },
      joins: [],
      where: [],
      deleted: [],
      key: [],
      children: new Map(),
      elements: [],
      search: new Map(parameters.map((name) => [name, { kind: 'string', columns: [] }])),
    },
  ]);
  return { name: 'x', title: 'X', resources: new Map(resources), codes: new Map() };
}

describe('instantiatedBy', () => {
  it('names the AU Core responder when all is there that SHALL be', () => {
    const mapping = mappingOf({ Patient: ['identifier'], Procedure: ['patient', 'date'] });
    expect(instantiatedBy(mapping)).toEqual([
      'http://hl7.org.au/fhir/core/CapabilityStatement/au-core-responder',
    ]);
  });

  it.each([
    ['without a parameter', mappingOf({ Patient: ['identifier'], Procedure: ['patient'] })],
    ['without a second type', mappingOf({ Patient: ['identifier'] })],
    ['without Patient', mappingOf({ Procedure: ['patient', 'date'], Location: ['name'] })],
    ['without profiles', mappingOf({ Patient: ['identifier'], Location: ['name'] }, false)],
  ])('names nothing %s', (_, mapping) => {
    expect(instantiatedBy(mapping)).toEqual([]);
  });
});
