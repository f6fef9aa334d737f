import { AGGREGATES } from './bind-expression.ts';

/** Whether any node below (or the node itself) answers; queries within are entered only when asked for. */
function contains(
  value: unknown,
  answers: (node: Record<string, unknown>) => boolean,
  entersQueries: boolean,
): boolean {
  if (Array.isArray(value)) return value.some((item) => contains(item, answers, entersQueries));
  if (value === null || typeof value !== 'object') return false;
  const node = value as Record<string, unknown>;
  if (!entersQueries && 'commonTables' in node) return false;
  return (
    answers(node) || Object.values(node).some((child) => contains(child, answers, entersQueries))
  );
}

function isAggregate(node: Record<string, unknown>): boolean {
  return (
    node['kind'] === 'call' &&
    node['over'] === undefined &&
    AGGREGATES.has(String(node['name']).toUpperCase())
  );
}

/** Whether an aggregate of this level (not of a subquery) takes part. */
export function containsAggregate(node: unknown): boolean {
  return contains(node, isAggregate, false);
}

export function containsSubquery(node: unknown): boolean {
  return contains(node, (child) => child['kind'] === 'subquery' || 'query' in child, false);
}

export function containsWindow(node: unknown): boolean {
  return contains(node, (child) => child['kind'] === 'call' && child['over'] !== undefined, false);
}

/** Whether a query reads the table of that one-part name. */
export function readsTable(query: unknown, name: string): boolean {
  return contains(
    query,
    (node) => {
      if (node['kind'] !== 'table') return false;
      const parts = node['name'] as readonly string[];
      return parts.length === 1 && parts[0]?.toLowerCase() === name.toLowerCase();
    },
    true,
  );
}

export function readsVariable(node: unknown, names: ReadonlySet<string>): boolean {
  return contains(
    node,
    (child) => child['kind'] === 'variable' && names.has(String(child['name']).toLowerCase()),
    true,
  );
}
