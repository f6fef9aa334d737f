import { stat } from 'node:fs/promises';
import { ENGINES, type Engines } from '../../sql/drivers/engines.ts';
import type { EngineHost } from '../../sql/engine.ts';
import { askGateway } from '../config/ask-gateway.ts';
import { identityKeyPath, readIdentityKey } from '../config/identity-key.ts';
import { type LinkConfig, linkConfigPath, readLinkConfig } from '../config/link-config.ts';
import type { Transport } from '../connection/transport.ts';
import { openDatabase } from '../database/open-database.ts';
import { compareWithDatabase } from '../fhir/check-mapping-folder.ts';
import { openMapping } from '../fhir/open-fhir.ts';
import { findMapping, readMappingFiles } from '../fhir/read-mapping-files.ts';
import { policyPath, readPolicy } from '../policy/policy-file.ts';
import { inPlainWords } from './connection-words.ts';

const DEADLINE_MS = 20_000;

export interface CheckOptions {
  readonly dataDir: string;
  readonly host: EngineHost;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly resolvePath: (path: string) => string;
  /** Folder of the FHIR mappings that come with the program. */
  readonly systemsFolder: string;
  readonly readTransport: (config: LinkConfig) => Promise<Transport>;
  readonly engines?: Engines;
}

/** One thing that was looked at. */
export interface Finding {
  readonly isGood: boolean;
  readonly sentence: string;
}

/** Looks at the link's files, its database and the way to its gateway, one after the other. */
export async function* checkLink(options: CheckOptions): AsyncGenerator<Finding, void, void> {
  const { dataDir } = options;
  let config: LinkConfig;
  try {
    config = await readLinkConfig(dataDir, options.engines ?? ENGINES);
    await readIdentityKey(dataDir);
  } catch (error) {
    yield bad(error);
    return;
  }
  for (const path of [linkConfigPath(dataDir), identityKeyPath(dataDir)]) yield checkMode(path);
  yield checkPolicy(policyPath(dataDir));
  yield* checkDatabase(config, options);
  yield* checkFhir(config, options);
  yield checkGateway(config, options);
}

const good = (sentence: string): Finding => ({ isGood: true, sentence });
const bad = (error: unknown): Finding => ({
  isGood: false,
  sentence: error instanceof Error ? error.message : 'Something unknown failed.',
});

async function checkMode(path: string): Promise<Finding> {
  const { mode } = await stat(path);
  // Windows has no such bits: everything looks open there.
  const isOpen = (mode & 0o077) !== 0 && path.startsWith('/');
  if (!isOpen) return good(`${path}: only its owner can read it.`);
  return { isGood: false, sentence: `${path}: others can read it. Run: chmod 600 '${path}'` };
}

function checkPolicy(path: string): Finding {
  try {
    const { fileHash } = readPolicy(path);
    return good(
      fileHash === undefined
        ? 'There is no policy.json: every paired integrator may query at any time.'
        : `${path} can be read.`,
    );
  } catch (error) {
    return {
      ...bad(error),
      sentence: `${bad(error).sentence} Until it is mended, every query is refused.`,
    };
  }
}

/** One attempt for each login and catalogue, and none more for a login that was refused. */
async function* checkDatabase(
  config: LinkConfig,
  options: CheckOptions,
): AsyncGenerator<Finding, void, void> {
  let database: Awaited<ReturnType<typeof openDatabase>>;
  try {
    database = await openDatabase({ ...options, config });
  } catch (error) {
    yield bad(error);
    return;
  }
  for (const login of [undefined, ...database.logins]) {
    const whose = login === undefined ? '' : ` with ${integratorsOf(config, database, login)}`;
    for (const { name: catalogue } of config.database.catalogues) {
      const signal = AbortSignal.timeout(DEADLINE_MS);
      try {
        await using _connection = await database.driver.connect({
          catalogue,
          ...(login !== undefined && { login }),
          signal,
        });
        yield good(`The catalogue ${catalogue} opens at ${database.place}${whose}.`);
      } catch (error) {
        const trouble = inPlainWords(database, error, catalogue);
        if (!trouble) {
          yield bad(error);
          return;
        }
        yield { isGood: false, sentence: `${trouble.sentence}${whose && ` (tried${whose})`}` };
        if (trouble.scope === 'server') return;
        if (trouble.scope === 'login') break;
      }
    }
  }
}

/** More would hide what else was found. */
const MAX_FHIR_PROBLEMS = 10;

async function* checkFhir(
  config: LinkConfig,
  options: CheckOptions,
): AsyncGenerator<Finding, void, void> {
  const { fhir, database } = config;
  if (!fhir) {
    yield good('link.json names no FHIR mapping: the site offers no FHIR.');
    return;
  }
  try {
    const mapping = await openMapping({ ...options, fhir, database });
    const types = [...mapping.resources.keys()];
    yield good(`The FHIR mapping ${mapping.name} can be used: ${types.length} resource types.`);
    const files = await readMappingFiles(await findMapping(fhir.mapping, options));
    const missing = await compareWithDatabase(files, { ...options, config });
    if (missing.length === 0) yield good('The database has what the FHIR mapping names.');
    for (const sentence of missing.slice(0, MAX_FHIR_PROBLEMS)) yield { isGood: false, sentence };
    const more = missing.length - MAX_FHIR_PROBLEMS;
    if (more > 0) yield { isGood: false, sentence: `${more} more of the FHIR mapping is missing.` };
  } catch (error) {
    yield {
      ...bad(error),
      sentence: `${bad(error).sentence} Until it is mended, there is no FHIR.`,
    };
  }
}

function integratorsOf(
  { databases }: LinkConfig,
  { loginOf }: Awaited<ReturnType<typeof openDatabase>>,
  login: string,
): string {
  const ids = Object.keys(databases?.byIntegrator ?? {}).filter((id) => loginOf(id) === login);
  return `the login of integrator ${ids.join(', ')}`;
}

async function checkGateway(config: LinkConfig, options: CheckOptions): Promise<Finding> {
  try {
    const transport = await options.readTransport(config);
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const { status } = await askGateway(config.gatewayUrl, '/healthz', { transport, signal });
    if (status === 200) return good(`The gateway at ${config.gatewayUrl} answers.`);
    const sentence = `${config.gatewayUrl} answers with HTTP ${status}: is it the address of a gateway?`;
    return { isGood: false, sentence };
  } catch (error) {
    return bad(error);
  }
}
