import type { CodeEntries, CodesFile } from './mapping-schema.ts';
import type { Place } from './problems.ts';
import type { CodeTable, Coding } from './system-mapping.ts';

/** A FHIR code: no blanks at its ends, single ones within. */
const CODE = /^\S+(?: \S+)*$/;

function readCodings(
  entries: CodeEntries,
  system: string | undefined,
  place: Place,
): readonly Coding[] {
  const list = Array.isArray(entries) ? entries : [entries];
  return list.map((entry) => {
    const own = typeof entry === 'string' ? { code: entry } : entry;
    if (!CODE.test(own.code)) place.error(`"${own.code}" is no code: it has blanks`);
    const coding: Coding = { ...(system === undefined ? {} : { system }), ...own };
    // In the order of FHIR's own definition.
    return {
      ...(coding.system === undefined ? {} : { system: coding.system }),
      code: coding.code,
      ...(coding.display === undefined ? {} : { display: coding.display }),
    };
  });
}

/** The tables of local codes, by name. A coding without a system of its own has that of its table. */
export function readCodeTables(file: CodesFile, place: Place): ReadonlyMap<string, CodeTable> {
  return new Map(
    Object.entries(file).map(([name, entry]) => {
      const at = place.at(name);
      const read = (entries: CodeEntries, where: Place) =>
        readCodings(entries, entry.system, where);
      const codings = Object.entries(entry.codes).map(
        ([local, entries]) => [local, read(entries, at.at('codes').at(local))] as const,
      );
      const table: CodeTable = {
        name,
        codings: new Map(codings),
        ...(entry.otherwise ? { otherwise: read(entry.otherwise, at.at('otherwise')) } : {}),
        ...(entry.whenNull ? { whenNull: read(entry.whenNull, at.at('whenNull')) } : {}),
      };
      return [name, table];
    }),
  );
}
