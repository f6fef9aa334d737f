import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { Engines } from '../../sql/drivers/engines.ts';
import type {
  CatalogueAnswer,
  ConnectionAnswers,
  Engine,
  Secret,
  SettingName,
} from '../../sql/engine.ts';
import type { Questions } from './questions.ts';
import type { SystemFile } from './system-file.ts';

type PlainSetting = Exclude<SettingName, 'password'>;

/** What was said of the database before anybody is asked. */
export interface DatabaseAnswers {
  readonly driver?: string;
  readonly settings: Readonly<Partial<Record<PlainSetting, string>>>;
  readonly secret?: Secret;
  readonly catalogues: readonly { readonly name: string; readonly location?: string }[];
  readonly defaultCatalogue?: string;
  readonly maxConnections?: number;
}

export interface CollectOptions {
  readonly answers: DatabaseAnswers;
  readonly system: SystemFile | undefined;
  /** Left out, what is missing is an error. */
  readonly questions: Questions | undefined;
  readonly engines: Engines;
  /** Makes paths that count from the current folder absolute. */
  readonly resolvePath: (path: string) => string;
}

/** A database as far as its connection goes; which catalogues it has may still be asked of itself. */
export interface CollectedDatabase {
  readonly engine: Engine;
  /** Empty when the database itself says which there are. */
  readonly catalogues: readonly CatalogueAnswer[];
  toOptions(catalogues: readonly CatalogueAnswer[]): unknown;
}

const MAX_CONNECTIONS = 4;

/** The option of the command line that gives a setting. */
const flagOf = (name: string) => `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;

const missing = (sentence: string) => new ParhelionError('configInvalid', sentence);

/**
 * Puts together what is known of the database: what was given, then the system file, then the answers of a person,
 * then defaults. @throws ParhelionError for what is missing or does not fit together
 */
export async function collectDatabase(options: CollectOptions): Promise<CollectedDatabase> {
  const { answers, resolvePath } = options;
  const driver = await chooseDriver(options);
  const engine = options.engines[driver];
  if (!engine) {
    throw missing(`--driver must be one of ${Object.keys(options.engines).join(', ')}.`);
  }
  const { trust, ...settings } = await collectSettings(engine, options);
  const secret = await findSecret(engine, options);
  const collected = await collectCatalogues(engine, options);
  const catalogues = engine.location.isLocalFile
    ? collected.map((one) => ({ ...one, location: resolvePath(one.location ?? '') }))
    : collected;
  const [, caFile] = /^ca:(.+)$/s.exec(trust ?? '') ?? [];
  const trusted = caFile === undefined ? trust : `ca:${resolvePath(caFile)}`;
  const common: Omit<ConnectionAnswers, 'catalogues'> = {
    settings: { ...settings, ...(trusted !== undefined && { trust: trusted }) },
    ...(secret && { secret }),
    maxConnections: answers.maxConnections ?? MAX_CONNECTIONS,
  };
  return {
    engine,
    catalogues,
    toOptions: (chosen) => engine.toOptions({ ...common, catalogues: chosen }),
  };
}

async function chooseDriver({ answers, system, questions, engines }: CollectOptions) {
  if (system && answers.driver !== undefined && answers.driver !== system.driver) {
    throw missing(`${system.product} has a database of kind ${system.driver}: leave --driver out.`);
  }
  const given = answers.driver ?? system?.driver;
  if (given !== undefined) return given;
  if (!questions || answers.catalogues.length > 0) return 'sqlite';
  return questions.ask(`Kind of database (${Object.keys(engines).join(', ')})`);
}

async function collectSettings(
  engine: Engine,
  { answers, system, questions }: CollectOptions,
): Promise<Partial<Record<PlainSetting, string>>> {
  const given = { ...system?.settings, ...answers.settings };
  // FHIR wants the zone of every practice, its database only of some engines.
  const isForFhir = (name: string) => name === 'timeZone' && system?.fhir !== undefined;
  const foreign = Object.keys(given).find(
    (name) => !Object.hasOwn(engine.settings, name) && !isForFhir(name),
  );
  if (foreign !== undefined) throw missing(`${flagOf(foreign)} means nothing to ${engine.title}.`);
  const rules = Object.entries(engine.settings).filter(([name]) => name !== 'password');
  // Whoever has given the essentials is not asked about the rest.
  const isInterview = rules.some(
    ([name, { isRequired }]) => isRequired && given[name as PlainSetting] === undefined,
  );
  const settings: Partial<Record<PlainSetting, string>> = {};
  for (const [key, rule] of rules) {
    const name = key as PlainSetting;
    const fallback = rule.default;
    let value = given[name];
    if (value === undefined && questions && rule.question !== undefined && isInterview) {
      value = await questions.ask(
        rule.question,
        fallback === undefined ? {} : { default: fallback },
      );
    }
    value = value || fallback;
    if (value !== undefined) settings[name] = value;
    else if (rule.isRequired) throw missing(`${flagOf(name)} is missing: ${rule.question}.`);
  }
  return settings;
}

async function findSecret(
  engine: Engine,
  { answers, questions }: CollectOptions,
): Promise<Secret | undefined> {
  const rule = engine.settings.password;
  if (!rule) return undefined;
  if (answers.secret) return answers.secret;
  const password = await questions?.ask(rule.question ?? 'Password', { isSecret: true });
  if (password) return { password };
  throw missing(
    'The password is missing: give --password-file or --password-env, or set PARHELION_DB_PASSWORD.',
  );
}

async function collectCatalogues(
  engine: Engine,
  options: CollectOptions,
): Promise<CatalogueAnswer[]> {
  const { answers, system, questions } = options;
  const { location } = engine;
  const given = new Map(
    [...(system?.catalogues ?? []), ...answers.catalogues].map((one) => [one.name, one.location]),
  );
  if (given.size === 0 && system?.metadata?.catalogues) return [];
  const isInterview = given.size === 0 && questions !== undefined;
  const names = isInterview ? await askNames(questions) : [...given.keys()];
  const [first] = names;
  if (first === undefined) {
    const form = location.isRequired ? 'Name=…' : 'Name';
    throw missing(`Name the database: --catalogue ${form} (${location.question}).`);
  }
  const systemDefault = system?.catalogues?.find(({ isDefault }) => isDefault)?.name;
  const chosen = answers.defaultCatalogue ?? systemDefault ?? first;
  if (!names.includes(chosen)) {
    throw missing(`--default-catalogue ${chosen} is none of ${names.join(', ')}.`);
  }
  const catalogues: CatalogueAnswer[] = [];
  for (const name of names) {
    let where = given.get(name);
    if (where === undefined && (isInterview || location.isRequired)) {
      where = await questions?.ask(`${name}: ${location.question}`);
    }
    if (!where && location.isRequired) {
      throw missing(`Where is ${name}? Give --catalogue ${name}=… (${location.question}).`);
    }
    catalogues.push({ name, ...(where && { location: where }), isDefault: name === chosen });
  }
  return catalogues;
}

async function askNames(questions: Questions): Promise<string[]> {
  const names: string[] = [];
  for (;;) {
    const which = names.length === 0 ? 'first' : 'next';
    const name = await questions.ask(
      `Name of the ${which} database, as queries call it (empty: no more)`,
    );
    if (name === '') return names;
    if (!names.includes(name)) names.push(name);
  }
}
