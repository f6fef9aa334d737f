import { type Command, InvalidArgumentError, Option } from 'commander';
import { usageError } from '../failure.ts';
import type { Catalogue, LinkDatabaseOptions, RunFunctions } from '../run-functions.ts';
import { normalizeUrl } from '../settings.ts';

interface EnrolOptions {
  readonly gateway: string;
  readonly token: string;
  readonly dataDir?: string;
  readonly force?: true;
  readonly driver: 'sqlite';
  readonly catalogue?: readonly Catalogue[];
  readonly defaultCatalogue?: string;
}

function addCatalogue(text: string, previous: readonly Catalogue[] = []): Catalogue[] {
  const [, name, path] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || path === undefined) throw new InvalidArgumentError('Write Name=path.');
  if (previous.some((catalogue) => catalogue.name === name)) {
    throw new InvalidArgumentError(`The name ${name} is given twice.`);
  }
  return [...previous, { name, path }];
}

function databaseOf(options: EnrolOptions): LinkDatabaseOptions | undefined {
  const { driver, catalogue: catalogues = [], defaultCatalogue } = options;
  const [first] = catalogues;
  if (first === undefined) {
    if (defaultCatalogue === undefined) return undefined;
    throw usageError('--default-catalogue needs at least one --catalogue.');
  }
  const chosen = defaultCatalogue ?? first.name;
  if (!catalogues.some(({ name }) => name === chosen)) {
    throw usageError(`--default-catalogue ${chosen} is not among the catalogues given.`);
  }
  return { driver, catalogues, defaultCatalogue: chosen };
}

async function enrol(options: EnrolOptions, run: RunFunctions): Promise<void> {
  const { token, dataDir } = options;
  const database = databaseOf(options);
  await run.linkEnrol({
    gateway: normalizeUrl(options.gateway),
    token,
    force: options.force ?? false,
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(database === undefined ? {} : { database }),
  });
}

export function addLinkEnrolCommand(link: Command, run: RunFunctions): void {
  link
    .command('enrol')
    .description('Give this machine the identity of a site, with a one-time token.')
    .requiredOption('--gateway <url>', 'address of the gateway')
    .requiredOption('--token <token>', 'token made by `parhelion admin sites enrolment-token`')
    .option('--data-dir <path>', "folder for the link's identity and settings")
    .option('--force', 'replace an identity that is already there')
    .addOption(
      new Option('--driver <driver>', 'kind of database').choices(['sqlite']).default('sqlite'),
    )
    .option('--catalogue <Name=path>', 'a database of the practice, repeatable', addCatalogue)
    .option('--default-catalogue <name>', 'the one used when a query names none (the first)')
    .action((options: EnrolOptions) => enrol(options, run));
}
