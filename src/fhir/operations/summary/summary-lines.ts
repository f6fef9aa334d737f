import type { FhirResource } from '../../interactions/index.ts';
import { codesOf, conceptText, type Json, jsonOf, listOf, textOf } from './element-reading.ts';

/** Finds a resource of the document by its `Type/id`. */
export type Lookup = (reference: string) => FhirResource | undefined;

type Cell = (resource: Json, lookup: Lookup) => string | undefined;

/** Texts of one cell, those that are missing left out. */
function joinedText(parts: readonly (string | undefined)[], mark = ', '): string | undefined {
  const texts = parts.filter((part) => part !== undefined && part !== '');
  return texts.length === 0 ? undefined : texts.join(mark);
}

const concept =
  (name: string): Cell =>
  (resource) =>
    conceptText(resource[name]);

const primitive =
  (...names: readonly string[]): Cell =>
  (resource) =>
    names.map((name) => textOf(resource[name])).find((text) => text !== undefined);

const notes: Cell = ({ note }) =>
  joinedText(
    listOf(note).map(({ text }) => textOf(text)),
    '; ',
  );

/** A date, a period or a text, whichever type the choice has. */
function when(choice: string): Cell {
  return (resource) => {
    const period = jsonOf(resource[`${choice}Period`]);
    const [start, end] = [textOf(period['start']), textOf(period['end'])];
    if (start !== undefined || end !== undefined) return `${start ?? '…'} – ${end ?? '…'}`;
    return primitive(`${choice}DateTime`, `${choice}String`, `${choice}Instant`)(resource, none);
  };
}

const none: Lookup = () => undefined;

const statusCodes: Cell = ({ clinicalStatus, verificationStatus, criticality }) =>
  joinedText([
    ...codesOf(clinicalStatus),
    ...codesOf(verificationStatus),
    typeof criticality === 'string' ? `criticality ${criticality}` : undefined,
  ]);

const medication: Cell = (resource, lookup) => {
  const { reference, display } = jsonOf(resource['medicationReference']);
  const found = typeof reference === 'string' ? lookup(reference) : undefined;
  const named = conceptText(resource['medicationCodeableConcept']) ?? conceptText(found?.['code']);
  return named ?? textOf(display) ?? textOf(reference);
};

const texts =
  (name: string): Cell =>
  (resource) =>
    joinedText(
      listOf(resource[name]).map(({ text }) => textOf(text)),
      '; ',
    );

const reactions: Cell = ({ reaction }) =>
  joinedText(
    listOf(reaction).map(({ manifestation, severity }) => {
      const shown = joinedText(listOf(manifestation).map(conceptText));
      return joinedText([shown, textOf(severity) && `(${textOf(severity)})`], ' ');
    }),
    '; ',
  );

function quantityText(quantity: unknown): string | undefined {
  const { comparator, value, unit, code } = jsonOf(quantity);
  const amount = textOf(value);
  if (amount === undefined) return undefined;
  return joinedText([`${textOf(comparator) ?? ''}${amount}`, textOf(unit) ?? textOf(code)], ' ');
}

/** The value of an Observation or of one of its components. */
function valueText(resource: Json): string | undefined {
  return (
    quantityText(resource['valueQuantity']) ??
    conceptText(resource['valueCodeableConcept']) ??
    primitive('valueString', 'valueDateTime', 'valueInteger', 'valueBoolean')(resource, none) ??
    conceptText(resource['dataAbsentReason'])
  );
}

const observed: Cell = (resource) =>
  joinedText(
    [
      valueText(resource),
      ...listOf(resource['component']).map((component) =>
        joinedText([conceptText(component['code']), valueText(component)], ': '),
      ),
      ...listOf(resource['interpretation']).map((each) => conceptText(each)),
      ...listOf(resource['note']).map(({ text }) => textOf(text)),
    ],
    '; ',
  );

const MEDICATION: readonly (readonly [string, Cell])[] = [
  ['Medication', medication],
  [
    'Dosage',
    (resource, lookup) =>
      texts('dosage')(resource, lookup) ?? texts('dosageInstruction')(resource, lookup),
  ],
  ['Status', primitive('status')],
  [
    'Date',
    (resource, lookup) =>
      when('effective')(resource, lookup) ?? primitive('authoredOn')(resource, lookup),
  ],
  ['Note', notes],
];

/** What a person reads of a resource, by type: headings, and what stands below them. */
const COLUMNS: Readonly<Record<string, readonly (readonly [head: string, cell: Cell])[]>> = {
  Condition: [
    ['Condition', concept('code')],
    ['Status', statusCodes],
    ['Onset', when('onset')],
    ['Ended', when('abatement')],
    ['Note', notes],
  ],
  AllergyIntolerance: [
    ['Substance', concept('code')],
    ['Status', statusCodes],
    ['Reaction', reactions],
    ['Onset', when('onset')],
    ['Note', notes],
  ],
  MedicationStatement: MEDICATION,
  MedicationRequest: MEDICATION,
  Immunization: [
    ['Vaccine', concept('vaccineCode')],
    ['Date', when('occurrence')],
    ['Batch', primitive('lotNumber')],
    ['Note', notes],
  ],
  Observation: [
    ['Observation', concept('code')],
    ['Result', observed],
    ['Date', when('effective')],
    ['Status', primitive('status')],
  ],
  DiagnosticReport: [
    ['Report', concept('code')],
    ['Conclusion', primitive('conclusion')],
    ['Date', when('effective')],
    ['Status', primitive('status')],
  ],
  Procedure: [
    ['Procedure', concept('code')],
    ['Status', primitive('status')],
    ['Date', when('performed')],
    ['Note', notes],
  ],
};

/** Headings of a type's lines. */
export function lineHead(type: string): readonly string[] {
  return (COLUMNS[type] ?? []).map(([head]) => head);
}

/** One resource as one line; `—` where nothing is recorded. */
export function lineOf(resource: FhirResource, lookup: Lookup): readonly string[] {
  const columns = COLUMNS[resource.resourceType] ?? [];
  return columns.map(([, cell]) => cell(resource, lookup) ?? '—');
}
