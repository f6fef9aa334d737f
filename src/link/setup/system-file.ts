import { readFile } from 'node:fs/promises';
import { type Static, Type } from 'typebox';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { ENGINES, type Engines } from '../../sql/drivers/engines.ts';
import { provesReadOnly } from '../../sql/reads-only.ts';
import { schemaProblem } from '../config/schema-problem.ts';
import { FhirSettings } from '../fhir/fhir-section.ts';

const closed = { additionalProperties: false } as const;
const text = (description: string) => Type.String({ minLength: 1, description });
const setting = (description: string) => Type.Optional(text(description));

const MetadataQuery = (what: string) =>
  Type.Optional(
    Type.Object(
      {
        query: text(`${what} One statement; the first column of its first row is taken.`),
        catalogue: setting('The catalogue that it runs in; left out, the default one.'),
      },
      closed,
    ),
  );

/** What a kind of practice system is: the same for every practice that runs it, so it has no secret in it. */
export const SystemFile = Type.Object(
  {
    product: text('Name of the practice management software, as sites show it.'),
    driver: text('Kind of its database: `mssql`, `firebird` or `sqlite`.'),
    settings: Type.Optional(
      Type.Object(
        {
          port: setting('TCP port of the server.'),
          instance: setting('Named instance (`mssql`).'),
          encrypt: setting('As the option `--encrypt` of `link enrol`.'),
          charset: setting('Character set of the database (`firebird`).'),
          dialect: setting('What SQL the callers write (`sqlite`).'),
          timeZone: setting('IANA name of the zone of the practice’s clock.'),
        },
        closed,
      ),
    ),
    catalogues: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: text('Name that commands give as `catalogue`.'),
            location: setting(
              'Database name (`mssql`), path or alias (`firebird`), path (`sqlite`). Left out where each practice has its own: `--catalogue Name=…` says it then.',
            ),
            isDefault: Type.Boolean({
              description: 'Whether commands that name no catalogue go here. One is the default.',
            }),
          },
          closed,
        ),
        { minItems: 1 },
      ),
    ),
    fhir: Type.Optional(
      Type.Object(
        {
          mapping: text(
            'Which mapping makes FHIR of the database: the name of one that comes with Parhelion, or the path of a folder, which has a slash or a dot in it and counts from this file.',
          ),
          timeZone: setting(
            'IANA name of the zone of the practice’s local times. Left out, `--time-zone` or that of `settings` says it.',
          ),
          settings: Type.Optional(FhirSettings),
        },
        closed,
      ),
    ),
    metadata: Type.Optional(
      Type.Object(
        {
          practiceName: MetadataQuery('Name of the practice.'),
          practiceManagementName: MetadataQuery('Name of the software, in place of `product`.'),
          practiceManagementVersion: MetadataQuery('Version of the software.'),
          practiceManagementSiteId: MetadataQuery('The vendor’s id of the practice (PMS ID).'),
          catalogues: Type.Optional(
            Type.Object(
              {
                query: text(
                  'In place of `catalogues`: a row for each, its name and, in a second column, its location. The first row is the default one.',
                ),
                connectTo: text('Location of the database that it runs in.'),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type SystemFile = Static<typeof SystemFile>;

/** Reads a system file. @throws ParhelionError `configInvalid` that names file and field */
export async function readSystemFile(
  path: string,
  engines: Engines = ENGINES,
): Promise<SystemFile> {
  const invalid = (why: string, cause?: unknown) =>
    new ParhelionError('configInvalid', `${path}: ${why}`, { cause });
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof SyntaxError) throw invalid('is not JSON.', error);
    throw invalid(
      code === 'ENOENT' ? 'there is no such file.' : `cannot be read (${code}).`,
      error,
    );
  }
  const problem = schemaProblem(SystemFile, parsed, '') ?? ruleBroken(parsed, engines);
  if (problem !== undefined) throw invalid(`${problem}.`);
  return parsed as SystemFile;
}

function ruleBroken(parsed: unknown, engines: Engines): string | undefined {
  const { driver, catalogues, metadata = {} } = parsed as SystemFile;
  if (!Object.hasOwn(engines, driver)) {
    return `driver must be one of ${Object.keys(engines).join(', ')}`;
  }
  if (catalogues && metadata.catalogues) {
    return 'catalogues and metadata.catalogues exclude each other';
  }
  const defaults = catalogues?.filter(({ isDefault }) => isDefault).length ?? 1;
  if (defaults !== 1) return `catalogues needs one default catalogue and has ${defaults}`;
  const names = catalogues?.map(({ name }) => name);
  for (const [fact, source] of Object.entries(metadata)) {
    if (!provesReadOnly(source.query)) return `metadata.${fact}.query must be one SELECT`;
    const catalogue = 'catalogue' in source ? source.catalogue : undefined;
    if (catalogue !== undefined && names && !names.includes(catalogue)) {
      return `metadata.${fact}.catalogue is none of ${names.join(', ')}`;
    }
  }
  return undefined;
}
