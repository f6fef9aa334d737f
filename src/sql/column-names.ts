import type { Column } from './columns.ts';

/**
 * The keys of a row's JSON object (contract §6): an unnamed column becomes `Column1`, `Column2` …, a repeated name
 * gets a number. Every key is unique; a name that the statement gave itself goes to the first column that bears it.
 */
export function uniqueColumnNames(columns: readonly Column[]): readonly string[] {
  const taken = new Set(columns.map((column) => column.name));
  const seen = new Set<string>();
  let unnamed = 0;
  return columns.map(({ name }) => {
    const isUnnamed = name === '';
    const base = isUnnamed ? `Column${++unnamed}` : name;
    let key = base;
    const isFirst = isUnnamed ? !taken.has(base) : !seen.has(base);
    if (!isFirst) {
      let number = 1;
      while (taken.has(`${base}${number}`)) number += 1;
      key = `${base}${number}`;
    }
    taken.add(key);
    seen.add(key);
    return key;
  });
}
