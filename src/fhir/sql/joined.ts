import { type RawBuilder, sql } from 'kysely';

type Sql = RawBuilder<unknown>;

/** Alternatives that stand side by side; SQLite limits the depth of an expression to 1,000. */
const MAX_BESIDE = 100;

/** Conditions joined by AND or OR, as a shallow tree. */
export function joined(conditions: readonly Sql[], operator: 'AND' | 'OR'): Sql {
  const [only] = conditions;
  if (only === undefined) return operator === 'AND' ? sql`1 = 1` : sql`1 = 0`;
  if (conditions.length === 1) return only;
  const separator = operator === 'AND' ? sql` AND ` : sql` OR `;
  if (conditions.length <= MAX_BESIDE) return sql`(${sql.join(conditions, separator)})`;
  const middle = conditions.length >> 1;
  const halves = [conditions.slice(0, middle), conditions.slice(middle)];
  return joined(
    halves.map((half) => joined(half, operator)),
    operator,
  );
}
