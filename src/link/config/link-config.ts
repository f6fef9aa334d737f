import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { writePrivateFile } from './write-private-file.ts';

const FILE_NAME = 'link.json';

/** A database of the practice: one SQLite file. */
const ConfiguredCatalogue = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    /** Path of the file; a relative one counts from the link's data folder. */
    file: Type.String({ minLength: 1 }),
    isDefault: Type.Boolean(),
  },
  { additionalProperties: false },
);

const LinkConfig = Type.Object(
  {
    gatewayUrl: Type.String({ pattern: '^https?://[^\\s/]' }),
    siteId: Type.String({
      pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
    }),
    practice: Type.Object(
      {
        practiceName: Type.Optional(Type.String()),
        practiceManagementVersion: Type.Optional(Type.String()),
      },
      { additionalProperties: false },
    ),
    database: Type.Object(
      {
        driver: Type.Literal('sqlite'),
        /** What SQL the callers write. */
        dialect: Type.Enum(['tsql', 'sqlite']),
        catalogues: Type.Array(ConfiguredCatalogue, { minItems: 1 }),
        /** IANA zone of the practice's clock, such as Australia/Sydney; left out, the machine's own. */
        timeZone: Type.Optional(Type.String({ pattern: '^[A-Za-z]+(?:/[A-Za-z0-9_+-]+)*$' })),
        maxConnections: Type.Integer({ minimum: 2, maximum: 64 }),
      },
      { additionalProperties: false },
    ),
    /** PEM file of a certificate authority trusted beside the well-known ones. */
    extraCaFile: Type.Optional(Type.String({ minLength: 1 })),
    /** Leaves out the WebSocket mask inside TLS, which spares processor time. */
    zeroMask: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

/** The link's own configuration, in its data folder. */
export type LinkConfig = Static<typeof LinkConfig>;

const schema = Compile(LinkConfig);

const invalid = (path: string, why: string, cause?: unknown) =>
  new ParhelionError('configInvalid', `${path}: ${why}`, { cause });

function check(path: string, value: unknown): LinkConfig {
  if (!schema.Check(value)) {
    const [first] = schema.Errors(value);
    const field = first?.instancePath.slice(1).replaceAll('/', '.') || 'the whole file';
    const why = first?.keyword === 'boolean' ? 'is no known field' : first?.message;
    throw invalid(path, `${field} ${why ?? 'is malformed'}.`);
  }
  const { catalogues } = value.database;
  const defaults = catalogues.filter(({ isDefault }) => isDefault).length;
  if (defaults !== 1) {
    throw invalid(path, `database.catalogues needs one default catalogue and has ${defaults}.`);
  }
  const names = new Set(catalogues.map(({ name }) => name.toLowerCase()));
  if (names.size < catalogues.length) {
    throw invalid(path, 'database.catalogues names a catalogue twice.');
  }
  return value;
}

/** Reads `link.json`. @throws ParhelionError `configInvalid` that names file and field */
export async function readLinkConfig(dataDir: string): Promise<LinkConfig> {
  const path = join(dataDir, FILE_NAME);
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
  return check(path, parsed);
}

/** Writes `link.json` whole, readable by its owner only. @throws ParhelionError `configInvalid` */
export async function writeLinkConfig(dataDir: string, config: LinkConfig): Promise<void> {
  const path = join(dataDir, FILE_NAME);
  await writePrivateFile(path, `${JSON.stringify(check(path, config), undefined, 2)}\n`);
}
