import type { Value } from '../../../sql/driver.ts';
import type { TableCatalogue } from './found-tables.ts';

/** What the words mean that SQLite's own documentation uses for types; all others stand as they were declared. */
const OWN_TYPES: Readonly<Record<string, string>> = {
  '': 'nvarchar(max)',
  integer: 'bigint',
  text: 'nvarchar(max)',
  real: 'float',
  blob: 'varbinary(max)',
};

const NAMED = "m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'";

/** The schema of a SQLite file. Names that begin with `__` are those of the demo's own bookkeeping. */
export const sqliteTables: TableCatalogue = {
  columnsQuery: `SELECT m.name, c.name, c.type, c."notnull" OR c.pk > 0
    FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
    WHERE m.type IN ('table', 'view') AND ${NAMED} ORDER BY m.name, c.cid`,
  indexesQuery: `SELECT m.name, '', 1, c.name, c.pk AS place, 0 AS ordinal
    FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
    WHERE m.type = 'table' AND c.pk > 0 AND ${NAMED}
    UNION ALL
    SELECT m.name, i.name, 0, c.name, c.seqno, i.seq
    FROM sqlite_master AS m JOIN pragma_index_list(m.name) AS i JOIN pragma_index_info(i.name) AS c
    WHERE m.type = 'table' AND i.origin <> 'pk' AND i.partial = 0 AND ${NAMED}
    ORDER BY 1, 3 DESC, 6 DESC, 5`,
  typeOf([declared, isRequired]: readonly Value[]) {
    const type = String(declared).toLowerCase();
    return `${OWN_TYPES[type] ?? type}${Number(isRequired) === 1 ? '' : ' null'}`;
  },
};
