// Writes errors.md, configuration.md, system-file.md, drivers.md, authorisation.md and fhir.md in docs/reference/ from
// the tables of the source and of the tests.
//   node scripts/generate-docs.mjs           writes the files
//   node scripts/generate-docs.mjs --print   prints them as one JSON object, path → text
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { authorisationPage } from './pages/authorisation-page.mjs';
import { fhirPage } from './pages/fhir-page.mjs';
import { code, GENERATED, table } from './pages/markdown.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the agent's own error codes mean: the source names them only. */
const AGENT_CODES = {
  unexpected: 'Something unexpected happened at the site.',
  outcomeUnknown:
    'The outcome is unknown: the connection was lost, or the link had to stop, after the command was sent. If the command writes, it may have run. It is never repeated.',
  refusedByPractice: 'The practice refused the command.',
  executionLimit: 'The command was stopped at the execution limit.',
  databaseUnreachable: 'The practice’s database could not be reached or opened.',
  siteWentAway:
    'The site went away before the command was sent, or while a command ran that only reads. Nothing has changed.',
};

/** What the fields of link.json mean, by their path, where their schema does not say it. */
const LINK_FIELDS = {
  gatewayUrl: 'Address of the gateway. Written by `link enrol`; read anew before each dial.',
  siteId: 'The site whose link this is. Written by `link enrol`.',
  'practice.practiceName': 'Name of the practice, shown in the site object.',
  'practice.practiceManagementVersion':
    'Version of the practice management software, shown in the site object.',
  'practice.practiceManagementName': 'Name of the software. Kept here, sent nowhere.',
  'practice.practiceManagementSiteId':
    'The vendor’s id of the practice (PMS ID). Kept here, sent nowhere.',
  extraCaFile: 'PEM file of a certificate authority trusted beside the well-known ones.',
  zeroMask: 'Leaves out the WebSocket mask inside TLS, which spares processor time.',
  databasePatienceMs:
    'How long an async query whose turn has come waits for a database that cannot be reached; then it ends as `executionFailed`. Left out, 120000 (two minutes).',
  uploadPatienceMs:
    'How long the pages of an async query may find no way to the gateway; then the query ends as `uploadFailed`. Left out, 900000 (a quarter of an hour).',
  'database.driver': 'Kind of database.',
  'database.catalogues[].name': 'Name that commands give as `catalogue`. Each name once.',
  'database.catalogues[].isDefault':
    'Whether commands that name no catalogue go here. Exactly one is the default.',
  'database.maxConnections':
    'Connections to the database at most, of all logins together. One of them is kept for immediate queries.',
};

/** The same for fields of the branches of a choice, by their last name. */
const BRANCH_FIELDS = {
  user: 'Name of the login.',
  password: 'Its password. A secret; see below.',
  domain: 'Domain of the account.',
  file: 'Path of the file; a relative one counts from the link’s data folder.',
};

// The schema is private to its module. It is shown here, not used.
const showLinkSchema = {
  name: 'show-link-schema',
  setup({ onLoad }) {
    onLoad({ filter: /src\/link\/config\/link-config\.ts$/ }, async ({ path }) => ({
      contents: `${await readFile(path, 'utf8')}\nexport { LinkSettings as linkConfigSchema };`,
      loader: 'ts',
    }));
  },
};

/** The tables as they stand in the source, bundled on the fly: Node 20 reads no TypeScript. */
async function readTables() {
  const folder = join(root, 'node_modules', '.cache', `parhelion-docs-${process.pid}`);
  const outfile = join(folder, 'tables.mjs');
  try {
    await build({
      absWorkingDir: root,
      stdin: {
        contents: `
          export { ERROR_CODES } from './src/errors/codes.ts';
          export { HALO_LINK_CODES } from './src/protocol/error-details.ts';
          export { CLOSE_CODES } from './src/protocol/close-codes.ts';
          export { linkConfigSchema } from './src/link/config/link-config.ts';
          export { ENGINES as LINK_ENGINES } from './src/sql/drivers/engines.ts';
          export { Policy } from './src/link/policy/policy.ts';
          export { SystemFile } from './src/link/setup/system-file.ts';
          export { CASES } from './src/sql/conformance/cases.ts';
          export { ENGINES } from './src/sql/conformance/engines.ts';
          export * as FHIR from './test/support/fhir-conformance/search-table.ts';
        `,
        resolveDir: root,
        loader: 'ts',
      },
      outfile,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'warning',
      plugins: [showLinkSchema],
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Fails unless both sides have the same names, so that neither may forget the other. */
function requireSameNames(what, described, existing) {
  const missing = existing.filter((name) => !described.includes(name));
  const surplus = described.filter((name) => !existing.includes(name));
  if (missing.length + surplus.length === 0) return;
  throw new Error(
    `${what}: without description: ${missing.join(', ') || 'none'}; described but gone: ${surplus.join(', ') || 'none'}.`,
  );
}

function errorsPage({ ERROR_CODES, HALO_LINK_CODES, CLOSE_CODES }) {
  requireSameNames('Agent codes', Object.keys(AGENT_CODES), Object.keys(HALO_LINK_CODES));
  const codes = Object.entries(ERROR_CODES).map(([name, { status, isRetryable, message }]) => [
    code(name),
    status,
    isRetryable ? 'yes' : 'no',
    message,
  ]);
  const agentCodes = Object.entries(HALO_LINK_CODES).map(([name, number]) => [
    number,
    code(name),
    AGENT_CODES[name],
  ]);
  const closeCodes = Object.entries(CLOSE_CODES).map(
    ([name, { code: number, isFinal, reason }]) => [
      number,
      code(name),
      isFinal ? 'no' : 'yes',
      reason,
    ],
  );
  return `${GENERATED}

# Errors

## Error codes

The closed table of \`src/errors/codes.ts\`. An answer that is an error has the HTTP status of its code and this body:

\`\`\`json
{ "error": { "status": 404, "statusText": "Not Found", "message": "The server cannot find the requested resource." } }
\`\`\`

Below a FHIR base the body is an \`OperationOutcome\` with the same status and sentence.

The message is the one below, or a more precise one from the place where the error was found. \`retry\` says whether
the same request may succeed later without a change. \`configInvalid\` never reaches HTTP: it ends the start of a
program with its sentence.

${table(['code', 'HTTP status', 'retry', 'message'], codes)}

A query that failed in the database is answered with the query object and its \`errorDetails\`: status 400, or 413 for
a result that is too large.

## Codes of the agent

\`errorDetails.errorCode\` when \`errorDetails.errorType\` is \`haloLink\` (\`src/protocol/error-details.ts\`). Other
types carry the number of the database, or an HTTP status.

${table(['code', 'name', 'meaning'], agentCodes)}

## Close codes of the sockets

Why a socket between link and gateway was closed (\`src/protocol/close-codes.ts\`). Where dialling again cannot help
without a change by a person, the link dials at its slowest pace.

${table(['code', 'name', 'dialling again helps', 'reason'], closeCodes)}
`;
}

function settingRow({ env, type, default: value, min, max, oneOf, isSecret, description }) {
  const range = min === undefined ? '' : `${min} – ${max}`;
  const values = oneOf ? oneOf.map(code).join(', ') : range;
  const secret = isSecret ? ' A secret.' : '';
  return [code(env), type, value === '' ? '' : code(value), values, description + secret];
}

/** A row for each field below a schema: path, type, required, values, meaning. */
function fieldRows(schema, required = true, path = '') {
  if (schema.type === 'array') return fieldRows(schema.items, required, `${path}[]`);
  if (schema.anyOf) {
    return schema.anyOf.flatMap((branch) => {
      const [tag, { const: name }] = Object.entries(branch.properties)[0];
      return fieldRows(branch, required, `${path} (${tag} ${name})`);
    });
  }
  if (schema.type === 'object') {
    return Object.entries(schema.properties).flatMap(([name, member]) =>
      fieldRows(
        member,
        (schema.required ?? []).includes(name),
        path === '' ? name : `${path}.${name}`,
      ),
    );
  }
  const { type, const: only, enum: choices, minimum, maximum } = schema;
  const values = only === undefined ? (choices ?? []).map(code).join(', ') : code(only);
  const range = minimum === undefined ? values : `${minimum} – ${maximum}`;
  const meaning = schema.description ?? LINK_FIELDS[path] ?? branchMeaning(path);
  if (meaning === undefined) throw new Error(`${path} has no description.`);
  return [[code(path), type ?? 'string', required ? 'yes' : 'no', range, meaning]];
}

const branchMeaning = (path) =>
  path.includes(' (') ? BRANCH_FIELDS[path.slice(path.lastIndexOf('.') + 1)] : undefined;

const fieldTable = (schema, path) =>
  table(['field', 'type', 'required', 'values', 'meaning'], fieldRows(schema, true, path));

function configurationPage({ linkConfigSchema, LINK_ENGINES, Policy }, settings) {
  const engines = Object.entries(LINK_ENGINES).map(
    ([name, { title, optionsSchema }]) =>
      `### Database: ${title} (\`${name}\`)\n\n${fieldTable(optionsSchema, 'database')}`,
  );
  return `${GENERATED}

# Configuration

## Gateway

Environment variables, read once at the start (\`src/gateway/config/settings.json\`). An empty variable counts as
unset. A value that cannot be used ends the start with a sentence that names the variable.

${table(['variable', 'type', 'default', 'values', 'meaning'], settings.map(settingRow))}

\`parhelion dev\` hands these on to the gateway that it starts. The link reads \`PARHELION_LOG_LEVEL\` too, and takes
\`link\` in \`PARHELION_DATA_DIR\` for its own folder when no \`--data-dir\` is given.

## Command line

\`parhelion query\` and \`parhelion admin\` read \`PARHELION_URL\` (address of the gateway), \`query\` also
\`PARHELION_KEY\` (subscription key) and \`PARHELION_SITE\` (site id), \`admin\` also \`PARHELION_ADMIN_KEY\`. An option
stands above the variable. What neither says is taken from \`dev.json\` in \`PARHELION_DATA_DIR\` while
\`parhelion dev\` runs there.

## Link

\`link.json\` in the link’s data folder, written by \`parhelion link enrol\` and checked at each start
(\`src/link/config/link-config.ts\`). A field that is in no table here is an error. Beside it lies \`identity.key\`, the
private key of the site: it never leaves the folder. Only the owner of the files can read them.
[Setting up a link](../link-setup.md) tells how to get there.

${fieldTable(linkConfigSchema, '')}

The section \`database\` has the form of its driver (\`src/sql/drivers/engines.ts\`). Where a field has a choice of forms,
the table names the form in brackets; \`certificate\` may be left out and is then \`system\`.

${engines.join('\n\n')}

### Passwords

Any \`password\` may be given as \`passwordEnv\` instead: the name of an environment variable from which the link takes
it at each start. The password then stands in no file of the link.

### Credentials of one integrator

\`databases.byIntegrator\` gives an integrator credentials of its own; all others use those of \`database\`. Its keys are
ids of integrators. Its values are the fields of the section that make a login: \`authentication\` for \`mssql\`, \`user\`
and \`password\` for \`firebird\`; \`sqlite\` has none. All logins share the \`maxConnections\` of the database.

\`\`\`json
{
  "databases": {
    "byIntegrator": {
      "0198c4f2-7d5e-7c6b-9a51-3d1f6f0b2a44": {
        "authentication": { "type": "sql", "user": "example_health", "passwordEnv": "EXAMPLE_HEALTH_PASSWORD" }
      }
    }
  }
}
\`\`\`

### FHIR

\`fhir\` makes the link answer FHIR R4. A mapping that cannot be used is told in the log and by \`parhelion link check\`;
the link then runs without FHIR.

\`\`\`json
{ "fhir": { "mapping": "demo-practice", "timeZone": "Australia/Sydney" } }
\`\`\`

## Policy

\`policy.json\` in the link’s data folder: what the practice allows (\`src/link/policy/policy.ts\`). A running link takes
a change within two seconds. No file allows everything; one that cannot be read, or has a field that is in no table here,
refuses every query. [What a practice controls](../practice-control.md) tells it in plain words.

${fieldTable(Policy, '')}
`;
}

function systemFilePage({ SystemFile }) {
  return `${GENERATED}

# System file

What a kind of practice system is, for \`parhelion link enrol --system <file>\`: one JSON file for a product, the same at
every practice that runs it. It names the kind of database, the catalogues, and the queries that tell who the practice
is. It has no secret and no address in it. Parhelion invents none for products whose schema it does not have: what no
file says is asked, or given by options of \`link enrol\`.

The demo practice has one, which a test runs: [examples/systems/demo-practice.json](../../examples/systems/demo-practice.json).

${fieldTable(SystemFile, '')}

A field that is not in this table is an error. What is required is so where the part around it is there. One of \`catalogues[]\` and \`metadata.catalogues\` may be there, not both;
with neither, \`--catalogue\` says which there are.

- **Order.** What an option of \`link enrol\` gives stands above the file: \`--catalogue Name=…\` sets the location of a
  catalogue or adds one, and a fact that is given (\`--practice-name\`, \`--pms-name\`, \`--pms-version\`, \`--pms-id\`) is not
  asked of the database.
- **Queries** run once, at the enrolment, after the connection has been tested. Each is a single SELECT that provably only
  reads. One that fails, or gives no row, NULL or an empty text, ends the enrolment with its name; the token is not used
  up. What they give is trimmed and stored in \`link.json\`.
- **FHIR.** \`fhir\` names the mapping that makes FHIR resources of the database
  ([how one is written](../fhir-mapping.md)). It is loaded and checked before the token is used up, and stands in
  \`link.json\` afterwards. The zone is that of the practice: \`--time-zone\` stands above the file.

A product on SQL Server whose databases carry the same names everywhere (all names here are invented):

\`\`\`json
{
  "product": "Example PMS",
  "driver": "mssql",
  "settings": { "instance": "EXAMPLE" },
  "catalogues": [
    { "name": "Patients", "location": "ExamplePatients", "isDefault": true },
    { "name": "Documents", "location": "ExampleDocuments", "isDefault": false }
  ],
  "metadata": {
    "practiceName": { "query": "SELECT TOP 1 Name FROM Practice" },
    "practiceManagementVersion": { "query": "SELECT TOP 1 Version FROM Practice" },
    "practiceManagementSiteId": { "query": "SELECT TOP 1 SiteCode FROM Practice" }
  }
}
\`\`\`

One whose databases have other names at each practice:

\`\`\`json
{
  "product": "Example PMS",
  "driver": "mssql",
  "metadata": {
    "catalogues": {
      "query": "SELECT name FROM sys.databases WHERE name LIKE 'Example%' ORDER BY name",
      "connectTo": "master"
    }
  }
}
\`\`\`
`;
}

/** Longest result that is shown in the table. */
const SHOWN_CHARACTERS = 60;

function outcomeOf(expected) {
  if (expected.notSupported !== undefined) return `not supported: ${expected.notSupported}`;
  const { error, rows, outputs, note } = expected;
  const value = /^\[\{"V":(.*)\}\]$/s.exec(rows ?? '')?.[1];
  const isShown = value !== undefined && value.length <= SHOWN_CHARACTERS && value !== 'null';
  const shown = error
    ? code(`${error.type} ${error.code}`)
    : isShown
      ? code(value)
      : outputs
        ? code(JSON.stringify(Object.values(outputs)[0]))
        : 'yes';
  return note === undefined ? shown : `${shown} (${note})`;
}

function driversPage({ CASES, ENGINES }) {
  const groups = [...new Set(CASES.map(({ group }) => group))];
  const sections = groups.map((group) => {
    const rows = CASES.filter((one) => one.group === group).map(({ id, title }) => [
      title,
      ...ENGINES.map(({ cases }) => outcomeOf(cases[id])),
    ]);
    return `## ${group}\n\n${table(['case', ...ENGINES.map(({ title }) => title)], rows)}\n`;
  });
  const proofs = ENGINES.map(({ title, provedOn }) => `- ${title}: ${provedOn}`);
  return `${GENERATED}

# Database drivers: what each engine does

Every driver runs through one suite (\`src/sql/conformance/conformance.test.ts\`): the same cases, in the words of each
engine (\`conformance.ts\` in the driver’s folder). A cell says what comes back: the JSON of the value, the error’s
type and code, or \`yes\` where the result is as the case says. What an engine does not do is written down, and where
it can be asked for, the suite proves that it is refused.

Each column is proved on:

${proofs.join('\n')}

${sections.join('\n')}`;
}

const tables = await readTables();
const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const settings = readJson('src/gateway/config/settings.json');
const authorisation = {
  classes: readJson('test/authorisation/classes.json'),
  operations: readJson('test/authorisation/operations.json'),
  callers: readJson('test/authorisation/callers.json'),
};
const pages = {
  'docs/reference/errors.md': errorsPage(tables),
  'docs/reference/configuration.md': configurationPage(tables, settings),
  'docs/reference/system-file.md': systemFilePage(tables),
  'docs/reference/drivers.md': driversPage(tables),
  'docs/reference/authorisation.md': authorisationPage(authorisation),
  'docs/reference/fhir.md': fhirPage({
    ...tables.FHIR,
    FORMS: readJson('test/fhir-conformance/forms.json'),
  }),
};

if (process.argv.includes('--print')) {
  process.stdout.write(JSON.stringify(pages));
} else {
  mkdirSync(join(root, 'docs', 'reference'), { recursive: true });
  for (const [path, text] of Object.entries(pages)) writeFileSync(join(root, path), text);
}
