import type { Static } from 'typebox';
import {
  type SearchParameterDefinition,
  searchParametersOf,
} from '../definitions/search-parameters.ts';
import { didYouMean, type Place } from './problems.ts';
import type { ResourceScope } from './resource-scope.ts';
import { readBySchema } from './schema-problems.ts';
import { FORMS, NUMBER, PlaceReader, TEXT } from './search-places.ts';
import type { SearchBinding } from './system-mapping.ts';

type FormName = keyof typeof FORMS;
const FORM_NAMES = Object.keys(FORMS) as FormName[];

function readForms<F extends FormName, T>(
  name: F,
  forms: readonly (readonly [unknown, Place])[],
  read: (form: Static<(typeof FORMS)[F]>, place: Place) => readonly T[],
): T[] {
  return forms.flatMap(([json, place]) => {
    const form = readBySchema(FORMS[name], json, place);
    return form === undefined ? [] : read(form, place);
  });
}

function bindingOf(
  form: FormName,
  forms: readonly (readonly [unknown, Place])[],
  reader: PlaceReader,
): SearchBinding {
  switch (form) {
    case 'token':
      return { kind: form, places: readForms(form, forms, (each, at) => reader.token(each, at)) };
    case 'date':
      return { kind: form, places: readForms(form, forms, (each, at) => reader.date(each, at)) };
    case 'reference': {
      const read = readForms(form, forms, (each, at) => [
        { places: reader.reference(each, at), identifiers: reader.identifiers(each, at) },
      ]);
      return {
        kind: form,
        places: read.flatMap(({ places }) => places),
        identifiers: read.flatMap(({ identifiers }) => identifiers),
      };
    }
    case 'quantity':
      return {
        kind: form,
        places: readForms(form, forms, (each, at) => reader.quantity(each, at)),
      };
    default: {
      const types = form === 'number' ? NUMBER : TEXT;
      const columns = readForms(form, forms, (each, at) =>
        reader.columns(Object.values(each)[0] as string | string[], types, at.at(form)),
      );
      return { kind: form, columns };
    }
  }
}

const formOf = (json: unknown) =>
  FORM_NAMES.find((form) => typeof json === 'object' && json !== null && form in json);

function readBinding(
  parameter: SearchParameterDefinition,
  json: unknown,
  scope: ResourceScope,
  place: Place,
): SearchBinding | undefined {
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  const forms = list.map(
    (each, index) => [each, Array.isArray(json) ? place.at(index) : place] as const,
  );
  if (forms.length === 0) place.error('the list is empty');
  for (const [each, at] of forms) {
    if (formOf(each) === parameter.type) continue;
    const kinds = FORM_NAMES.includes(parameter.type as FormName);
    at.error(
      kinds
        ? `${parameter.name} is a ${parameter.type} parameter: write {"${parameter.type}": …}`
        : `${parameter.name} is a ${parameter.type} parameter, which a mapping cannot have`,
    );
    return undefined;
  }
  const [first] = list;
  const form = formOf(first);
  return form && bindingOf(form, forms, new PlaceReader(scope, parameter));
}

/** Reads the `search` section of a resource's file: the parameters of FHIR R4 and AU Core by name. */
export function readSearch(
  resourceType: string,
  section: Readonly<Record<string, unknown>>,
  scope: ResourceScope,
  place: Place,
): ReadonlyMap<string, SearchBinding> {
  const known = searchParametersOf(resourceType);
  const bindings = new Map<string, SearchBinding>();
  for (const [name, json] of Object.entries(section)) {
    const parameter = known.get(name);
    const at = place.at(name);
    if (name.startsWith('_') && parameter) at.error('is made by the engine: leave it out');
    else if (!parameter) {
      const hint = didYouMean(name, known.keys());
      at.error(`${resourceType} has no search parameter "${name}" in FHIR R4 or AU Core${hint}`);
    } else {
      const binding = readBinding(parameter, json, scope, at);
      if (binding) bindings.set(name, binding);
    }
  }
  return bindings;
}
