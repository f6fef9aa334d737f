import { type Command, InvalidArgumentError, Option } from 'commander';
import { failure, usageError } from '../failure.ts';
import type { CliIo } from '../io.ts';
import type { Catalogue, LinkDatabaseOptions, RunFunctions } from '../run-functions.ts';
import { normalizeUrl } from '../settings.ts';

/** Settings of a connection: name, what stands for the value, and what it is. */
const SETTINGS = [
  ['server', '<host>', 'name or address of the database server'],
  ['port', '<number>', 'its TCP port'],
  ['instance', '<name>', 'named instance (mssql)'],
  ['user', '<name>', 'login of the database'],
  ['domain', '<name>', 'Windows domain of the login: it is then used with NTLM (mssql)'],
  ['encrypt', '<mode>', 'required, optional (firebird) or off'],
  ['trust', '<certificate>', 'system, ca:<file>, pinned:<sha256> or any (mssql)'],
  ['charset', '<name>', 'UTF8 or WIN1252 (firebird)'],
  ['dialect', '<name>', 'SQL that callers write, tsql or sqlite (sqlite)'],
  ['time-zone', '<name>', "IANA name of the zone of the practice's clock"],
] as const;

const FACTS = [
  ['practice-name', 'practiceName', 'name of the practice'],
  ['pms-name', 'practiceManagementName', 'name of the practice management software'],
  ['pms-version', 'practiceManagementVersion', 'its version'],
  ['pms-id', 'practiceManagementSiteId', "the vendor's id of the practice (PMS ID)"],
] as const;

interface EnrolOptions {
  readonly gateway: string;
  readonly token: string;
  readonly dataDir?: string;
  readonly force?: true;
  readonly ask?: true;
  readonly driver?: string;
  readonly system?: string;
  readonly passwordFile?: string;
  readonly passwordEnv?: string;
  readonly catalogue?: readonly Catalogue[];
  readonly defaultCatalogue?: string;
  readonly maxConnections?: number;
  readonly [setting: string]: unknown;
}

function addCatalogue(text: string, previous: readonly Catalogue[] = []): Catalogue[] {
  const [, name, location] = /^([^=]+)(?:=(.+))?$/s.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('Write Name=location.');
  if (previous.some((catalogue) => catalogue.name === name)) {
    throw new InvalidArgumentError(`The name ${name} is given twice.`);
  }
  return [...previous, { name, ...(location !== undefined && { location }) }];
}

function readCount(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number.');
}

const camelCase = (name: string) => name.replace(/-(.)/g, (_, c: string) => c.toUpperCase());

/** The given ones of some options. */
function pick(
  options: EnrolOptions,
  names: readonly (readonly [option: string, name: string, ...rest: unknown[]])[],
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap(([option, name]) => {
      const value = options[camelCase(option)];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

async function secretOf(
  { passwordFile, passwordEnv }: EnrolOptions,
  io: CliIo,
): Promise<LinkDatabaseOptions['secret']> {
  if (passwordFile !== undefined && passwordEnv !== undefined) {
    throw usageError('Give --password-file or --password-env, not both.');
  }
  if (passwordEnv !== undefined) return { passwordEnv };
  if (passwordFile !== undefined) {
    const text = await io.readFile(passwordFile).catch((error: NodeJS.ErrnoException) => {
      throw failure(`${passwordFile} cannot be read (${error.code}).`);
    });
    const [password = ''] = text.split(/\r?\n/, 1);
    if (password === '') throw failure(`${passwordFile} has no password in its first line.`);
    return { password };
  }
  const password = io.env.PARHELION_DB_PASSWORD;
  return password ? { password } : undefined;
}

function requireKnownDefault({ defaultCatalogue, catalogue, system, ask }: EnrolOptions): void {
  if (defaultCatalogue === undefined || system !== undefined || ask) return;
  if (catalogue === undefined) throw usageError('--default-catalogue needs a --catalogue.');
  if (catalogue.some(({ name }) => name === defaultCatalogue)) return;
  throw usageError(`--default-catalogue ${defaultCatalogue} is not among the catalogues given.`);
}

async function enrol(options: EnrolOptions, run: RunFunctions, io: CliIo): Promise<void> {
  const { token, dataDir, driver, system, defaultCatalogue, maxConnections } = options;
  requireKnownDefault(options);
  const secret = await secretOf(options, io);
  await run.linkEnrol({
    gateway: normalizeUrl(options.gateway),
    token,
    force: options.force ?? false,
    ask: options.ask ?? false,
    ...(dataDir !== undefined && { dataDir }),
    ...(system !== undefined && { system }),
    practice: pick(options, FACTS),
    database: {
      ...(driver !== undefined && { driver }),
      settings: pick(
        options,
        SETTINGS.map(([name]) => [name, camelCase(name)]),
      ),
      ...(secret && { secret }),
      catalogues: options.catalogue ?? [],
      ...(defaultCatalogue !== undefined && { defaultCatalogue }),
      ...(maxConnections !== undefined && { maxConnections }),
    },
  });
}

export function addLinkEnrolCommand(
  link: Command,
  run: RunFunctions,
  { io, drivers }: { readonly io: CliIo; readonly drivers: readonly string[] },
): void {
  const command = link
    .command('enrol')
    .description('Give this machine the identity of a site, and test its database first.')
    .requiredOption('--gateway <url>', 'address of the gateway')
    .requiredOption('--token <token>', 'token made by `parhelion admin sites enrolment-token`')
    .option('--data-dir <path>', "folder for the link's identity and settings")
    .option('--force', 'replace an identity that is already there')
    .option('--ask', 'ask for what is missing, also without a terminal')
    .option('--system <file>', 'system file of the practice management software')
    .addOption(
      new Option(
        '--driver <driver>',
        'kind of database (sqlite, or what the system file says)',
      ).choices(drivers),
    );
  for (const [name, value, description] of SETTINGS) {
    command.option(`--${name} ${value}`, description);
  }
  command
    .option('--password-file <path>', 'file whose first line is the password of the database')
    .option('--password-env <name>', 'environment variable that has it whenever the link starts')
    .option('--catalogue <Name=location>', 'a database of the practice, repeatable', addCatalogue)
    .option('--default-catalogue <name>', 'the one used when a query names none (the first)')
    .option('--max-connections <number>', 'connections to the database at most', readCount);
  for (const [option, , description] of FACTS) {
    command.option(`--${option} <text>`, description);
  }
  command
    .addHelpText('after', '\nThe password is also taken from PARHELION_DB_PASSWORD.')
    .action((options: EnrolOptions) => enrol(options, run, io));
}
