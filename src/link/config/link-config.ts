import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { ENGINES, type Engines } from '../../sql/drivers/engines.ts';
import type { Engine, EngineOptions } from '../../sql/engine.ts';
import { FhirSection } from '../fhir/fhir-section.ts';
import { isTimeZone } from '../policy/allowed-hours.ts';
import { withPlaceholders } from './password-env.ts';
import { schemaProblem } from './schema-problem.ts';
import { writePrivateFile } from './write-private-file.ts';

const FILE_NAME = 'link.json';

export const linkConfigPath = (dataDir: string) => join(dataDir, FILE_NAME);

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** Stands for the site's id in a configuration that is checked before the gateway has told it. */
export const ANY_SITE = '00000000-0000-4000-8000-000000000000';

const optionalText = () => Type.Optional(Type.String());

/** All of the file but its `database` sections, whose form is the engine's own. */
const LinkSettings = Type.Object(
  {
    gatewayUrl: Type.String({ pattern: '^https?://[^\\s/]' }),
    siteId: Type.String({ pattern: `^${UUID}$` }),
    practice: Type.Object(
      {
        practiceName: optionalText(),
        practiceManagementVersion: optionalText(),
        practiceManagementName: optionalText(),
        practiceManagementSiteId: optionalText(),
      },
      { additionalProperties: false },
    ),
    /** PEM file of a certificate authority trusted beside the well-known ones. */
    extraCaFile: Type.Optional(Type.String({ minLength: 1 })),
    /** Leaves out the WebSocket mask inside TLS, which spares processor time. */
    zeroMask: Type.Optional(Type.Boolean()),
    databasePatienceMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400_000 })),
    uploadPatienceMs: Type.Optional(Type.Integer({ minimum: 1_000, maximum: 86_400_000 })),
    fhir: Type.Optional(FhirSection),
  },
  { additionalProperties: false },
);

type Credentials = Readonly<Record<string, unknown>>;

/** The link's own configuration, in its data folder. A password may stand in it as `passwordEnv`. */
export type LinkConfig = Static<typeof LinkSettings> & {
  readonly database: EngineOptions & Readonly<Record<string, unknown>>;
  readonly databases?: {
    /** By the integrator's id: fields of `database` that this integrator has of its own. */
    readonly byIntegrator?: Readonly<Record<string, Credentials>>;
  };
};

const invalid = (path: string, why: string, cause?: unknown) =>
  new ParhelionError('configInvalid', `${path}: ${why}`, { cause });

/**
 * Checks a configuration. @throws ParhelionError `configInvalid` that names file and field
 *
 * @param path how messages call the file
 */
export function checkLinkConfig(
  path: string,
  value: unknown,
  engines: Engines = ENGINES,
): LinkConfig {
  const problem = problemOf(value, engines);
  if (problem !== undefined) throw invalid(path, `${problem}.`);
  return value as LinkConfig;
}

function problemOf(value: unknown, engines: Engines): string | undefined {
  if (typeof value !== 'object' || value === null) return 'the whole file must be an object';
  const { database, databases, ...settings } = value as Readonly<Record<string, unknown>>;
  const settingsProblem = schemaProblem(LinkSettings, settings, '');
  if (settingsProblem !== undefined) return settingsProblem;
  const { fhir } = settings as Static<typeof LinkSettings>;
  if (fhir && !isTimeZone(fhir.timeZone)) {
    return 'fhir.timeZone is no IANA name of a time zone, such as Australia/Brisbane';
  }
  const { driver } = Object(database) as { driver?: unknown };
  const isKnown = typeof driver === 'string' && Object.hasOwn(engines, driver);
  const engine = isKnown ? engines[driver] : undefined;
  if (!engine) {
    if (database === undefined) return 'database is missing';
    return `database.driver must be one of ${Object.keys(engines).join(', ')}`;
  }
  try {
    return (
      databaseProblem(withPlaceholders(database, 'database'), engine) ??
      credentialsProblem(withPlaceholders(databases, 'databases'), engine)
    );
  } catch (error) {
    if (error instanceof ParhelionError) return error.message.replace(/\.$/, '');
    throw error;
  }
}

function databaseProblem(database: unknown, engine: Engine): string | undefined {
  const problem = schemaProblem(engine.optionsSchema, database, 'database');
  if (problem !== undefined) return problem;
  const { catalogues } = database as EngineOptions;
  const defaults = catalogues.filter(({ isDefault }) => isDefault).length;
  if (defaults !== 1) {
    return `database.catalogues needs one default catalogue and has ${defaults}`;
  }
  const names = new Set(catalogues.map(({ name }) => name.toLowerCase()));
  return names.size < catalogues.length ? 'database.catalogues names a catalogue twice' : undefined;
}

function credentialsProblem(databases: unknown, engine: Engine): string | undefined {
  if (databases === undefined) return undefined;
  const { credentialFields, optionsSchema } = engine;
  const fields = Object.fromEntries(
    credentialFields.flatMap((name) => {
      const field = optionsSchema.properties[name];
      return field ? [[name, field]] : [];
    }),
  );
  const Credentials = Type.Object(fields, { additionalProperties: false });
  const Databases = Type.Object(
    { byIntegrator: Type.Optional(Type.Unknown()) },
    { additionalProperties: false },
  );
  const problem = schemaProblem(Databases, databases, 'databases');
  if (problem !== undefined) return problem;
  const { byIntegrator } = databases as { byIntegrator?: unknown };
  for (const [id, credentials] of Object.entries(Object(byIntegrator) as object)) {
    const path = `databases.byIntegrator.${id}`;
    if (!new RegExp(`^${UUID}$`).test(id)) return `${path} is no integrator's id (a UUID)`;
    if (credentialFields.length === 0) return `${path} is of no use: ${engine.title} has no logins`;
    const wrong = schemaProblem(Credentials, credentials, path);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Reads `link.json`. @throws ParhelionError `configInvalid` that names file and field */
export async function readLinkConfig(
  dataDir: string,
  engines: Engines = ENGINES,
): Promise<LinkConfig> {
  const path = linkConfigPath(dataDir);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing
      ? 'there is no such file. Enrol the link first.'
      : `cannot be read (${(error as NodeJS.ErrnoException).code}).`;
    throw invalid(path, why, error);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw invalid(path, 'is not JSON.', error);
  }
  return checkLinkConfig(path, parsed, engines);
}

/** Writes `link.json` whole, readable by its owner only. @throws ParhelionError `configInvalid` */
export async function writeLinkConfig(
  dataDir: string,
  config: LinkConfig,
  engines: Engines = ENGINES,
): Promise<void> {
  const path = linkConfigPath(dataDir);
  const checked = checkLinkConfig(path, config, engines);
  await writePrivateFile(path, `${JSON.stringify(checked, undefined, 2)}\n`);
}
