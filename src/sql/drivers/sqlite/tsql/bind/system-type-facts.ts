import { MAX_LENGTH, type SqlType, type TypeName } from '../types/sql-type.ts';

/** What SQL Server's catalogue says about a type. */
export interface TypeFacts {
  /** As the catalogue names it: rowversion is `timestamp` there. */
  readonly name: string;
  readonly id: number;
  /** In bytes; -1 for (max). */
  readonly maxLength: number;
  readonly precision: number;
  readonly scale: number;
}

const FIXED: Partial<
  Record<TypeName, readonly [id: number, bytes: number, precision: number, scale: number]>
> = {
  bit: [104, 1, 1, 0],
  tinyint: [48, 1, 3, 0],
  smallint: [52, 2, 5, 0],
  int: [56, 4, 10, 0],
  bigint: [127, 8, 19, 0],
  money: [60, 8, 19, 4],
  smallmoney: [122, 4, 10, 4],
  float: [62, 8, 53, 0],
  real: [59, 4, 24, 0],
  date: [40, 3, 10, 0],
  smalldatetime: [58, 4, 16, 0],
  datetime: [61, 8, 23, 3],
  uniqueidentifier: [36, 16, 0, 0],
  text: [35, 16, 0, 0],
  ntext: [99, 16, 0, 0],
  image: [34, 16, 0, 0],
  xml: [241, -1, 0, 0],
  rowversion: [189, 8, 0, 0],
  sql_variant: [98, 8016, 0, 0],
};

const SIZED: Partial<Record<TypeName, number>> = {
  char: 175,
  varchar: 167,
  nchar: 239,
  nvarchar: 231,
  binary: 173,
  varbinary: 165,
};

/** Types with a fraction: identifier, bytes at scale 0, digits without a fraction. */
const FRACTIONAL: Partial<Record<TypeName, readonly [number, number, number]>> = {
  time: [41, 3, 8],
  datetime2: [42, 6, 19],
  datetimeoffset: [43, 8, 26],
};

function decimalBytes(precision: number): number {
  if (precision <= 9) return 5;
  if (precision <= 19) return 9;
  return precision <= 28 ? 13 : 17;
}

export function typeFacts(type: SqlType): TypeFacts {
  const name = type.name === 'rowversion' ? 'timestamp' : type.name;
  const fixed = FIXED[type.name];
  if (fixed !== undefined) {
    const [id, maxLength, precision, scale] = fixed;
    return { name, id, maxLength, precision, scale };
  }
  const fractional = FRACTIONAL[type.name];
  if (fractional !== undefined) {
    const [id, bytes, digits] = fractional;
    const scale = type.scale ?? 7;
    const extra = scale <= 2 ? 0 : scale <= 4 ? 1 : 2;
    const precision = scale === 0 ? digits : digits + 1 + scale;
    return { name, id, maxLength: bytes + extra, precision, scale };
  }
  const id = SIZED[type.name];
  if (id !== undefined) {
    const width = type.name.startsWith('n') ? 2 : 1;
    const maxLength = type.length === MAX_LENGTH ? -1 : (type.length ?? 1) * width;
    return { name, id, maxLength, precision: 0, scale: 0 };
  }
  const precision = type.precision ?? 18;
  return { name, id: 106, maxLength: decimalBytes(precision), precision, scale: type.scale ?? 0 };
}

/** All types that a column can have, at their largest. */
export const SYSTEM_TYPES: readonly SqlType[] = [
  ...(Object.keys(FIXED) as TypeName[]).map((name): SqlType => ({ name })),
  ...(Object.keys(FRACTIONAL) as TypeName[]).map((name): SqlType => ({ name, scale: 7 })),
  ...(Object.keys(SIZED) as TypeName[]).map(
    (name): SqlType => ({ name, length: name.startsWith('n') ? 4000 : 8000 }),
  ),
  { name: 'decimal', precision: 38, scale: 38 },
];
