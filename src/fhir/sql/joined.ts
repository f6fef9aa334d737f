import { type RawBuilder, sql } from 'kysely';

type Sql = RawBuilder<unknown>;

/** Holds for every row; it vanishes where it is joined with others. */
export const ALWAYS: Sql = sql`1 = 1`;

/** Holds for no row; it vanishes where it is joined with others, or they do. */
export const NEVER: Sql = sql`1 = 0`;

/** Alternatives that stand side by side; SQLite limits the depth of an expression to 1,000. */
const MAX_BESIDE = 100;

function tree(conditions: readonly Sql[], operator: 'AND' | 'OR'): Sql {
  const [only] = conditions;
  if (only !== undefined && conditions.length === 1) return only;
  const separator = operator === 'AND' ? sql` AND ` : sql` OR `;
  if (conditions.length <= MAX_BESIDE) return sql`(${sql.join(conditions, separator)})`;
  const middle = conditions.length >> 1;
  const halves = [conditions.slice(0, middle), conditions.slice(middle)];
  return tree(
    halves.map((half) => tree(half, operator)),
    operator,
  );
}

/** Conditions joined by AND or OR, as a shallow tree, without those that decide nothing. */
export function joined(conditions: readonly Sql[], operator: 'AND' | 'OR'): Sql {
  const [idle, decisive] = operator === 'AND' ? [ALWAYS, NEVER] : [NEVER, ALWAYS];
  if (conditions.includes(decisive)) return decisive;
  const needed = conditions.filter((condition) => condition !== idle);
  return needed.length === 0 ? idle : tree(needed, operator);
}
