import { resolve } from 'node:path';
import type { FhirCheckOptions, FhirTablesOptions, FhirTryOptions } from '../cli/run-functions.ts';
import { escapeLine, escapeText } from '../cli/terminal-text.ts';
import { ParhelionError } from '../errors/parhelion-error.ts';
import { problemText } from '../fhir/mapping/problems.ts';
import { createLogger } from '../lib/logger.ts';
import { readLinkConfig } from '../link/config/link-config.ts';
import { openDatabase } from '../link/database/open-database.ts';
import {
  checkMappingFolder,
  compareWithDatabase,
  type DatabasePlace,
  readLinkTables,
} from '../link/fhir/check-mapping-folder.ts';
import { openFhir } from '../link/fhir/open-fhir.ts';
import { findMapping } from '../link/fhir/read-mapping-files.ts';
import { sqlDialectOf } from '../link/fhir/sql-dialect.ts';
import { type TriedStatement, tryRequest } from '../link/fhir/try-request.ts';
import { isTimeZone } from '../link/policy/allowed-hours.ts';
import { engineHost } from './engine-host.ts';
import { PROGRAM_FILES } from './program-files.ts';
import { readVersion } from './version.ts';

/** A request that is tried has no gateway around it. */
const TRIED_BASE_URL = 'http://localhost/fhir/R4';
const TRY_LIMIT_MS = 60_000;
/** Whoever tries a mapping has the database: links to pages need no secret, but must hold from one try to the next. */
const TRIED_CURSOR_KEY = new Uint8Array(32);

const say = (line: string) => void process.stdout.write(`${escapeLine(line)}\n`);

/** Where a mapping's folder is: its path, or the name of one that comes with the program. */
const folderOf = (mapping: string) =>
  findMapping(mapping, {
    systemsFolder: PROGRAM_FILES.fhirSystems,
    resolvePath: (path) => resolve(path),
  });

async function readPlace(folder: string): Promise<DatabasePlace> {
  const dataDir = resolve(folder);
  return {
    config: await readLinkConfig(dataDir),
    host: engineHost,
    resolvePath: (path) => resolve(dataDir, path),
    env: process.env,
  };
}

/** `parhelion fhir check`. @throws Error when the mapping cannot be used */
export async function checkFhirMapping({ mapping, dialect, dataDir }: FhirCheckOptions) {
  const place = dataDir === undefined ? undefined : await readPlace(dataDir);
  const chosen = dialect ?? (place && sqlDialectOf(place.config));
  const { files, byDialect } = await checkMappingFolder(await folderOf(mapping), chosen);
  let errors = 0;
  for (const [name, problems] of byDialect) {
    for (const problem of problems) {
      if (problem.severity === 'error') errors += 1;
      say(`${problem.severity === 'error' ? 'WRONG' : 'note '} ${name}: ${problemText(problem)}`);
    }
    if (problems.length === 0) say(`ok    ${name}: the mapping fits together.`);
  }
  if (place && errors === 0) {
    const missing = await compareWithDatabase(files, place);
    for (const sentence of missing) say(`WRONG ${sentence}`);
    if (missing.length === 0) say('ok    The database has the tables, columns and indexes.');
    errors += missing.length;
  }
  if (errors > 0)
    throw new Error(errors === 1 ? 'One thing is wrong.' : `${errors} things are wrong.`);
}

/** `parhelion fhir tables`: `tables.json` of the database of a link. */
export async function writeFhirTables({ dataDir }: FhirTablesOptions): Promise<void> {
  const { tables, ambiguous } = await readLinkTables(await readPlace(dataDir));
  for (const name of ambiguous) {
    const line = `${name} is in several catalogues: that of the first is told.`;
    process.stderr.write(`${escapeLine(line)}\n`);
  }
  process.stdout.write(`${JSON.stringify(tables, undefined, 2)}\n`);
}

/** `parhelion fhir try`: what a request asks of the database, and its answer. */
export async function tryFhirRequest(options: FhirTryOptions): Promise<void> {
  const { mapping, request, dataDir } = options;
  const folder = resolve(dataDir);
  const config = await readLinkConfig(folder);
  const timeZone = options.timeZone ?? config.fhir?.timeZone;
  if (timeZone === undefined) {
    throw new ParhelionError(
      'configInvalid',
      '--time-zone is missing: link.json has no fhir.timeZone.',
    );
  }
  if (!isTimeZone(timeZone)) {
    throw new ParhelionError(
      'configInvalid',
      '--time-zone is no IANA name of a time zone, such as Australia/Brisbane.',
    );
  }
  const { driver } = await openDatabase(await readPlace(dataDir));
  const fhir = await openFhir({
    fhir: { ...config.fhir, mapping: await folderOf(mapping), timeZone },
    database: config.database,
    siteId: config.siteId,
    cursorKey: TRIED_CURSOR_KEY,
    version: readVersion(),
    systemsFolder: PROGRAM_FILES.fhirSystems,
    resolvePath: (path) => resolve(path),
    clock: Date.now,
    logger: createLogger('fhir', 'error'),
  });
  const [path = '', query = ''] = request.replace(/^\/+/, '').split(/\?(.*)/s);
  const asked = { method: 'GET', path, query, headers: {}, baseUrl: TRIED_BASE_URL } as const;
  const { answer, statements } = await tryRequest(
    fhir,
    driver,
    asked,
    AbortSignal.timeout(TRY_LIMIT_MS),
  );
  for (const [index, statement] of statements.entries()) sayStatement(index + 1, statement);
  say(`HTTP ${answer.status}`);
  const body = answer.body ?? '';
  if (typeof body !== 'string') say(`${body.length} bytes`);
  else if (body !== '') {
    process.stdout.write(`${escapeText(JSON.stringify(JSON.parse(body), undefined, 2))}\n`);
  }
}

function sayStatement(number: number, { statement, rows, milliseconds, error }: TriedStatement) {
  const { catalogue, text, parameters } = statement;
  const where = catalogue === undefined ? '' : ` in ${catalogue}`;
  say(`-- Statement ${number}${where}: ${error ?? `${rows} rows`}, ${milliseconds} ms`);
  process.stdout.write(`${escapeText(text)}\n`);
  for (const { name, typeName, size } of parameters) {
    say(`--   ${name} ${typeName}${size === undefined ? '' : `(${size})`}`);
  }
}
