import { ENGINES, type Engines } from '../../sql/drivers/engines.ts';
import type { CatalogueAnswer, EngineHost } from '../../sql/engine.ts';
import { enrol, refuseSecondEnrolment } from '../config/enrol.ts';
import { ANY_SITE, checkLinkConfig } from '../config/link-config.ts';
import type { Transport } from '../connection/transport.ts';
import { type ConfiguredDatabase, openDatabase } from '../database/open-database.ts';
import {
  type CollectedDatabase,
  collectDatabase,
  type DatabaseAnswers,
} from './collect-database.ts';
import { collectFhir } from './collect-fhir.ts';
import type { Questions } from './questions.ts';
import {
  PRACTICE_FACTS,
  type PracticeFact,
  type PracticeFacts,
  readCatalogues,
  readPracticeFacts,
  tryCatalogues,
} from './read-database.ts';
import { readSystemFile, type SystemFile } from './system-file.ts';

export interface SetUpOptions {
  readonly dataDir: string;
  readonly gatewayUrl: string;
  readonly token: string;
  readonly force: boolean;
  readonly answers: DatabaseAnswers;
  /** Facts that were given; they stand above those of the database. */
  readonly practice: PracticeFacts;
  readonly systemFile?: string;
  /** Folder of the FHIR mappings that come with the program. */
  readonly systemsFolder: string;
  readonly questions?: Questions;
  readonly host: EngineHost;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly resolvePath: (path: string) => string;
  readonly engines?: Engines;
  readonly transport?: Transport;
}

export interface SetUp {
  readonly siteId: string;
  /** Where the database is, for people. */
  readonly place: string;
  readonly catalogues: readonly string[];
  readonly practice: PracticeFacts;
  /** Left out, the site offers no FHIR. */
  readonly fhirMapping?: string;
}

const QUESTIONS: Readonly<Record<PracticeFact, string>> = {
  practiceManagementName: 'Name of the practice management software',
  practiceManagementVersion: 'Its version',
  practiceManagementSiteId: "The vendor's id of the practice (PMS ID)",
  practiceName: 'Name of the practice',
};

/**
 * Makes this machine the link of a site: collects the settings, tries the database, asks it who the practice is, and
 * only then uses the token and writes the files. @throws ParhelionError with a sentence for whoever sets it up
 */
export async function setUpLink(options: SetUpOptions): Promise<SetUp> {
  const { dataDir, gatewayUrl, token, force, resolvePath, questions, transport } = options;
  const engines: Engines = options.engines ?? ENGINES;
  if (!force) await refuseSecondEnrolment(dataDir);
  const system =
    options.systemFile === undefined
      ? undefined
      : await readSystemFile(resolvePath(options.systemFile), engines);
  const collected = await collectDatabase({ ...options, system, questions, engines });
  const open = async (catalogues: readonly CatalogueAnswer[]) => {
    const database = collected.toOptions(catalogues);
    const config = checkLinkConfig(
      'The settings',
      { gatewayUrl, siteId: ANY_SITE, practice: {}, database },
      engines,
    );
    return { config, database: await openDatabase({ ...options, config, engines }) };
  };
  const catalogues = await findCatalogues(collected, system, async (chosen) => {
    return (await open(chosen)).database;
  });
  const { config, database } = await open(catalogues);
  await tryCatalogues(
    database,
    catalogues.map(({ name }) => name),
  );
  const fhir = await collectFhir({
    system,
    systemFile: resolvePath(options.systemFile ?? ''),
    givenTimeZone: options.answers.settings.timeZone,
    questions,
    systemsFolder: options.systemsFolder,
    database: config.database,
  });
  const practice = await findPracticeFacts(database, system, options);
  const { siteId } = await enrol({
    dataDir,
    gatewayUrl,
    token,
    force,
    config: { practice, database: config.database, ...(fhir && { fhir }) },
    engines,
    ...(transport && { transport }),
  });
  return {
    siteId,
    place: database.place,
    catalogues: catalogues.map(({ name }) => name),
    practice,
    ...(fhir && { fhirMapping: fhir.mapping }),
  };
}

/** The catalogues that were named, or those that the system's query finds. */
async function findCatalogues(
  { catalogues }: CollectedDatabase,
  system: SystemFile | undefined,
  open: (catalogues: readonly CatalogueAnswer[]) => Promise<ConfiguredDatabase>,
): Promise<readonly CatalogueAnswer[]> {
  const source = system?.metadata?.catalogues;
  if (catalogues.length > 0 || !source) return catalogues;
  const start = { name: source.connectTo, location: source.connectTo, isDefault: true };
  return readCatalogues(await open([start]), source.query);
}

async function findPracticeFacts(
  database: ConfiguredDatabase,
  system: SystemFile | undefined,
  { practice, questions }: SetUpOptions,
): Promise<PracticeFacts> {
  const facts: Partial<Record<PracticeFact, string>> = {
    ...(system ? await readPracticeFacts(database, system, practice) : practice),
  };
  for (const name of PRACTICE_FACTS) {
    if (facts[name] !== undefined || !questions) continue;
    const answer = await questions.ask(`${QUESTIONS[name]} (empty: not known)`);
    if (answer !== '') facts[name] = answer;
  }
  return facts;
}
