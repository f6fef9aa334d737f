import type { FhirResource } from '../../interactions/index.ts';
import { jsonOf, listOf, textOf } from './element-reading.ts';
import type { SectionEntries } from './section-entries.ts';
import { type Lookup, lineHead, lineOf } from './summary-lines.ts';
import { narrativeDiv, paragraph, table } from './xhtml.ts';

/** An R4 Narrative. */
export interface Narrative {
  readonly status: 'generated';
  readonly div: string;
}

function narrative(content: string): Narrative {
  return { status: 'generated', div: narrativeDiv(content) };
}

/** The text of a section: a table for each type of its entries, and what is not in it. */
export function sectionNarrative(
  { section, resources, isCut }: SectionEntries,
  lookup: Lookup,
): Narrative {
  if (resources.length === 0)
    return narrative(paragraph(section.nothing ?? 'Nothing is recorded.'));
  const types = [...new Set(resources.map(({ resourceType }) => resourceType))];
  const tables = types.map((type) =>
    table(
      lineHead(type),
      resources
        .filter(({ resourceType }) => resourceType === type)
        .map((resource) => lineOf(resource, lookup)),
    ),
  );
  const remarks = [
    ...(section.isLatestOfEachCode ? ['Only the latest of each kind is shown.'] : []),
    ...(isCut
      ? [`More is recorded than can be shown: at most ${section.limit} entries, the latest first.`]
      : []),
  ];
  return narrative([...tables, ...remarks.map(paragraph)].join(''));
}

/** A patient's name, as a person reads it. */
function patientName({ name }: FhirResource): string | undefined {
  const [first] = listOf(name);
  const { text, family, given, prefix } = jsonOf(first);
  const words = [prefix, given, family].flat().flatMap((word) => textOf(word) ?? []);
  return textOf(text) ?? (words.length > 0 ? words.join(' ') : undefined);
}

/** The text of the whole document. */
export function documentNarrative(patient: FhirResource, date: string): Narrative {
  const rows = [
    ['Patient', patientName(patient) ?? '—'],
    ['Born', textOf(patient['birthDate']) ?? '—'],
    ['Summary made', date],
  ];
  return narrative(table(['Patient summary', ''], rows));
}
