/** Placeholders for a list of ids, padded with its last one: few lengths make few statements to prepare. */
export function idList(ids: readonly string[]): { places: string; padded: string[] } {
  const length = 4 ** Math.ceil(Math.log(ids.length) / Math.log(4));
  const last = ids.at(-1) ?? '';
  const padded = Array.from({ length: Math.max(length, 1) }, (_, index) => ids[index] ?? last);
  return { places: padded.map(() => '?').join(', '), padded };
}
