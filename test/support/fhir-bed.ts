import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type FhirAnswer,
  type FhirMethod,
  type FhirRequest,
  FhirService,
  type FhirServiceOptions,
  type FhirStatement,
  type FhirStep,
  loadMapping,
  type SqlDialectName,
  type StatementResult,
} from '../../src/fhir/index.ts';
import type { Connection, Driver, Transaction, Value } from '../../src/sql/driver.ts';
import { NO_SIGNAL } from '../../src/sql/drivers/sqlite/testing/temporary-catalogues.ts';

/** Where the FHIR base of a bed seems to be. */
export const BASE_URL = 'https://gateway.example/integrator/sites/s1/fhir/R4';

/** A resource, Bundle or OperationOutcome out of an answer's body, for looking into: what is missing is undefined. */
export interface AnswerJson extends Readonly<Record<string, unknown>> {
  readonly resourceType: string;
  readonly id: string;
  readonly meta: {
    readonly versionId?: string;
    readonly tag?: readonly { readonly code: string }[];
  };
  readonly total?: number;
  readonly link: readonly { readonly relation: string; readonly url: string }[];
  readonly entry?: readonly {
    readonly fullUrl?: string;
    readonly resource: AnswerJson;
    readonly search: { readonly mode: string };
  }[];
  readonly issue: readonly { readonly code: string; readonly expression?: readonly string[] }[];
}

/** `Type/id` of a Bundle's entries of one mode. */
export function idsOf({ entry = [] }: AnswerJson, mode = 'match'): string[] {
  return entry
    .filter(({ search }) => search.mode === mode)
    .map(({ resource }) => `${resource.resourceType}/${resource.id}`);
}

/** The address of one of a Bundle's links. */
export function linkOf({ link }: AnswerJson, relation: string): string | undefined {
  return link.find((each) => each.relation === relation)?.url;
}

/** The resource of one of a Bundle's entries. */
export function resourceAt({ entry }: AnswerJson, index: number): AnswerJson {
  const found = entry?.at(index);
  if (!found) throw new Error(`the Bundle has no entry ${index}`);
  return found.resource;
}

/** An answer with what it took. */
export interface BedAnswer extends FhirAnswer {
  /** The body, parsed; an empty object when there is none. */
  readonly json: AnswerJson;
  readonly statements: readonly FhirStatement[];
  /** How often the course went to the database. */
  readonly steps: number;
}

/** What of a request a test says; the rest is usual. */
export interface BedRequest {
  readonly method?: FhirMethod;
  readonly headers?: FhirRequest['headers'];
  readonly body?: string;
}

/** A FHIR service with a real connection that runs its courses. */
export interface FhirBed extends AsyncDisposable {
  readonly connection: Connection;
  /** @param address below the base, or an absolute one below it, as links have it */
  ask(address: string, request?: BedRequest): Promise<BedAnswer>;
}

/** Reads a mapping's folder as `loadMapping` takes it. */
function mappingFiles(folder: string): Record<string, unknown> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    names.map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown]),
  );
}

/** The folder of the small practice's mapping. */
const SMALL_PRACTICE = fileURLToPath(new URL('small-practice', import.meta.url));

/** Connections of a bed: the default catalogue's, and one more for each other that a statement names. */
class BedConnections implements AsyncDisposable {
  readonly #driver: Driver;
  readonly #byCatalogue = new Map<string | undefined, Connection>();

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  async of(catalogue?: string): Promise<Connection> {
    const open = this.#byCatalogue.get(catalogue);
    if (open) return open;
    const named = catalogue === undefined ? {} : { catalogue };
    const connection = await this.#driver.connect({ ...named, signal: NO_SIGNAL.signal });
    this.#byCatalogue.set(catalogue, connection);
    return connection;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const connection of this.#byCatalogue.values()) await connection[Symbol.asyncDispose]();
  }
}

async function runStatement(
  connections: BedConnections,
  statement: FhirStatement,
): Promise<StatementResult> {
  const { text, parameters, type = 'text', catalogue } = statement;
  const connection = await connections.of(catalogue);
  let rows: (readonly Value[])[] | undefined;
  let resultSets = 0;
  let rowsAffected = 0;
  for await (const event of connection.execute({ text, parameters, type }, NO_SIGNAL)) {
    if (event.kind === 'columns') resultSets += 1;
    if (event.kind === 'rows' && resultSets === 1) rows = [...(rows ?? []), ...event.rows];
    if (event.kind === 'done') rowsAffected = event.rowsAffected;
  }
  return { rows: rows ?? [], rowsAffected, outputs: {} };
}

function statementsOf(step: FhirStep): readonly FhirStatement[] {
  if (step.kind === 'read') return step.statements;
  return step.kind === 'write' ? [step.statement] : [];
}

/** The connections of one course, with the transaction that it has opened on one of them. */
class CourseDatabase implements AsyncDisposable {
  readonly #connections: BedConnections;
  #transaction: Transaction | undefined;

  constructor(connections: BedConnections) {
    this.#connections = connections;
  }

  async run(step: FhirStep, statements: readonly FhirStatement[]): Promise<StatementResult[]> {
    if (step.kind === 'begin') {
      const connection = await this.#connections.of(step.catalogue);
      this.#transaction = await connection.begin(NO_SIGNAL);
    }
    if (step.kind === 'commit') await this.#transaction?.commit();
    if (step.kind === 'rollback') await this.#transaction?.rollback();
    const results: StatementResult[] = [];
    for (const statement of statements) {
      results.push(await runStatement(this.#connections, statement));
    }
    return results;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#transaction?.[Symbol.asyncDispose]();
  }
}

function readAddress(address: string): Pick<FhirRequest, 'path' | 'query'> {
  const below = address.startsWith(`${BASE_URL}/`) ? address.slice(BASE_URL.length + 1) : address;
  const mark = below.indexOf('?');
  return mark < 0
    ? { path: below, query: '' }
    : { path: below.slice(0, mark), query: below.slice(mark + 1) };
}

async function runCourse(
  service: FhirService,
  connections: BedConnections,
  request: FhirRequest,
): Promise<BedAnswer> {
  const course = service.answer(request);
  const statements: FhirStatement[] = [];
  let steps = 0;
  let step = course.next();
  await using database = new CourseDatabase(connections);
  while (!step.done) {
    const wanted = statementsOf(step.value);
    // A read of nothing only lets others have their turn.
    if (step.value.kind !== 'read' || wanted.length > 0) steps += 1;
    statements.push(...wanted);
    let results: StatementResult[];
    try {
      results = await database.run(step.value, wanted);
    } catch (error) {
      step = course.throw(error);
      continue;
    }
    step = course.next(results);
  }
  const { body } = step.value;
  const json = JSON.parse(typeof body === 'string' ? body : '{}') as AnswerJson;
  return { ...step.value, json, statements, steps };
}

/** What of a bed a test says; the rest is usual. */
export interface FhirBedOptions extends Partial<FhirServiceOptions> {
  /** Of the mapping; left out, the small practice's. */
  readonly folder?: string;
  /** Changes the mapping's files, by name, before it is loaded. */
  readonly changeFiles?: (files: Record<string, unknown>) => void;
}

/** Opens a service on a driver. */
export async function openFhirBed(
  driver: Driver,
  dialect: SqlDialectName,
  { folder = SMALL_PRACTICE, changeFiles, ...options }: FhirBedOptions = {},
): Promise<FhirBed> {
  const files = mappingFiles(folder);
  changeFiles?.(files);
  const service = new FhirService({
    mapping: loadMapping(files, dialect),
    dialect,
    timeZone: 'Australia/Sydney',
    siteId: '5f0c9bd6-6ff4-4f4b-a9d8-6a8b5b3c0a11',
    linkVersion: '26.1122.0',
    cursorKey: new Uint8Array(32).fill(1),
    now: () => Date.parse('2024-06-01T00:00:00Z'),
    ...options,
  });
  const connections = new BedConnections(driver);
  return {
    connection: await connections.of(),
    ask: (address, { method = 'GET', headers = {}, body } = {}) =>
      runCourse(service, connections, {
        method,
        ...readAddress(address),
        headers,
        baseUrl: BASE_URL,
        ...(body === undefined ? {} : { body }),
      }),
    [Symbol.asyncDispose]: () => connections[Symbol.asyncDispose](),
  };
}
