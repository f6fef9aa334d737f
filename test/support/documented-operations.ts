import operations from '../authorisation/operations.json' with { type: 'json' };
import type { HttpClient, Request } from './http-client.ts';

/** One operation of the OpenAPI document. */
export interface Operation {
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  /** With `{names}`. */
  readonly path: string;
}

/** How an operation is asked, and what it is: one entry of `operations.json`. */
export interface OperationFacts {
  readonly class: string;
  /** What it answers to a caller that may do it. */
  readonly success: number;
  readonly query?: string;
  readonly body?: string;
  readonly form?: string;
  /** Members of the path whose value has another name. */
  readonly path?: Readonly<Record<string, string>>;
  /** What the site signs, and for which purpose; in the order in which it is signed. */
  readonly purpose?: string;
  readonly signs?: Readonly<Record<string, string>>;
}

/** Values for what stands in double braces. */
export type Names = Readonly<Record<string, string>>;

export const OPERATIONS: Readonly<Record<string, OperationFacts>> = operations;

/** All operations of a gateway's own document. */
export async function documentedOperations(http: HttpClient): Promise<Operation[]> {
  const { paths } = (await http.get('/openapi.json')).json as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId: id }]) => ({
      id,
      method: method.toUpperCase(),
      path,
    })),
  );
}

/** Replaces `{{name}}`. @throws Error for a name that has no value */
function fillIn(text: string, names: Names): string {
  return text.replaceAll(/\{\{([^}]+)\}\}/g, (_, name: string) => {
    const value = names[name];
    if (value === undefined) throw new Error(`Nothing is called ${name}.`);
    return value;
  });
}

/** The values of a record, filled in. */
export function fillInAll(record: Names, names: Names): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).map(([key, text]) => [key, fillIn(text, names)]),
  );
}

/** The request of an operation, as its entry of `operations.json` says; signed bodies are the caller's affair. */
export function requestOf({ id, method, path }: Operation, names: Names): Request {
  const facts = OPERATIONS[id];
  if (!facts) throw new Error(`${id} is not in test/authorisation/operations.json.`);
  const inPath: Names = { ...names, ...fillInAll(facts.path ?? {}, names) };
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(fillIn(`{{${name}}}`, inPath)),
  );
  const query = facts.query === undefined ? '' : `?${fillIn(facts.query, names)}`;
  const body = facts.form ?? facts.body;
  return {
    method,
    path: filled + query,
    ...(body !== undefined && { body: fillIn(body, names) }),
    ...(facts.form !== undefined && {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
    ...(facts.class === 'upload' && { headers: { 'content-type': 'application/octet-stream' } }),
  };
}
