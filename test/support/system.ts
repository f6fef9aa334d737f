import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DisposalStack } from '../../src/lib/disposal.ts';
import { plant } from './canaries.ts';
import { TempFolder } from './dev-system.ts';
import { HttpClient } from './http-client.ts';
import { copyPractice } from './practice-copy.ts';
import { type Env, Program, runCommand } from './program.ts';
import { QueryClient } from './query-client.ts';
import { TcpProxy } from './tcp-proxy.ts';
import { PATIENCE_MS, until } from './until.ts';

export const OPERATOR_KEY = 'operator-key-of-the-tests';
const SECRET_KEY = 'a secret of thirty-two characters or more';
const PMS_NAME = 'Best Practice';

export interface SystemOptions {
  readonly gatewayEnv?: Env;
  readonly linkEnv?: Env;
  /** Puts a line that can be cut between link and gateway. */
  readonly throughProxy?: boolean;
}

export interface IntegratorKeys {
  readonly id: string;
  readonly primaryKey: string;
  readonly secondaryKey: string;
}

/** A gateway on a port of its own, ready to be called. */
export async function startGateway(env: Env): Promise<{ program: Program; url: string }> {
  const program = new Program(['gateway'], {
    PARHELION_PORT: '0',
    PARHELION_SECRET_KEY: SECRET_KEY,
    PARHELION_ADMIN_KEY: OPERATOR_KEY,
    ...env,
  });
  try {
    const line = await program.logged('the gateway listens', ({ url }) => typeof url === 'string');
    return { program, url: String(line['url']) };
  } catch (error) {
    await program.stop();
    throw error;
  }
}

export function operator(baseUrl: string): HttpClient {
  return new HttpClient(baseUrl, { authorization: `Bearer ${OPERATOR_KEY}` });
}

export async function createIntegrator(admin: HttpClient, name: string): Promise<IntegratorKeys> {
  const keys = (await admin.post('/admin/integrators', { name })).json as IntegratorKeys;
  plant(keys.primaryKey, keys.secondaryKey, OPERATOR_KEY, SECRET_KEY);
  return keys;
}

export function asIntegrator(baseUrl: string, key: string): HttpClient {
  return new HttpClient(baseUrl, { 'ocp-apim-subscription-key': key });
}

/** A site that has no link. */
export async function createSite(admin: HttpClient, pmsId: string): Promise<string> {
  const created = await admin.post('/admin/sites', {
    practiceManagementName: 'Zedmed',
    practiceManagementSiteId: pmsId,
    practiceName: 'Another Practice',
  });
  return (created.json as { id: string }).id;
}

/** A site that has no link, for one integrator. */
export async function createPairedSite(
  admin: HttpClient,
  pmsId: string,
  integratorId: string,
): Promise<string> {
  const siteId = await createSite(admin, pmsId);
  const path = `/admin/sites/${siteId}/pairings/${integratorId}`;
  await admin.send({ method: 'PUT', path });
  return siteId;
}

/** A gateway and a link over a demo practice, as separate programs: each can be killed alone. */
export class System implements AsyncDisposable {
  gateway: Program;
  link: Program;
  readonly url: string;
  readonly siteId: string;
  readonly pmsId: string;
  readonly integrator: IntegratorKeys;
  readonly #folder: string;
  readonly #options: SystemOptions;
  readonly #stack: DisposalStack;
  readonly #proxy: TcpProxy | undefined;

  /** Built by {@link startSystem}. */
  constructor(parts: {
    gateway: Program;
    url: string;
    siteId: string;
    pmsId: string;
    integrator: IntegratorKeys;
    folder: string;
    options: SystemOptions;
    stack: DisposalStack;
    proxy: TcpProxy | undefined;
  }) {
    this.gateway = parts.gateway;
    this.url = parts.url;
    this.siteId = parts.siteId;
    this.pmsId = parts.pmsId;
    this.integrator = parts.integrator;
    this.#folder = parts.folder;
    this.#options = parts.options;
    this.#stack = parts.stack;
    this.#proxy = parts.proxy;
    this.link = this.startLink();
  }

  get admin(): HttpClient {
    return operator(this.url);
  }

  get http(): HttpClient {
    return asIntegrator(this.url, this.integrator.primaryKey);
  }

  get queries(): QueryClient {
    return new QueryClient(this.http, this.siteId);
  }

  get linkDir(): string {
    return join(this.#folder, 'link');
  }

  get gatewayDir(): string {
    return join(this.#folder, 'gateway');
  }

  get proxy(): TcpProxy {
    if (!this.#proxy) throw new Error('This system was started without a proxy.');
    return this.#proxy;
  }

  async availability(): Promise<string> {
    const site = (await this.admin.get(`/admin/sites/${this.siteId}`)).json;
    return (site as { availability: string }).availability;
  }

  /** The site's link, again. */
  startLink(): Program {
    return this.#startLink(this.linkDir);
  }

  /** One more link with the site's identity, as on a machine that was cloned. */
  startCopiedLink(name: string): Program {
    const folder = join(this.#folder, name);
    mkdirSync(folder);
    for (const file of ['link.json', 'identity.key']) {
      copyFileSync(join(this.linkDir, file), join(folder, file));
    }
    return this.#startLink(folder);
  }

  #startLink(dataDir: string): Program {
    const env = this.#options.linkEnv ?? {};
    const link = new Program(['link', 'run', '--data-dir', dataDir], env);
    this.#stack.use(link);
    return link;
  }

  /** Starts the gateway again at the same address, over the same data. */
  async restartGateway(): Promise<void> {
    const env = gatewayEnvOf(this.#folder, this.#options);
    const { program } = await startGateway({ ...env, PARHELION_PORT: new URL(this.url).port });
    this.#stack.use(program);
    this.gateway = program;
  }

  async untilAnswering(deadlineMs = PATIENCE_MS): Promise<void> {
    await until('a small query is answered', () => this.queries.answers(), deadlineMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack[Symbol.asyncDispose]();
  }
}

function gatewayEnvOf(folder: string, { gatewayEnv = {} }: SystemOptions): Env {
  return { PARHELION_DATA_DIR: join(folder, 'gateway'), ...gatewayEnv };
}

/** Starts everything, enrols the link with a one-time token, pairs one integrator, and waits for the first answer. */
export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const stack = new DisposalStack();
  try {
    const folder = stack.use(new TempFolder()).path;
    const { program: gateway, url } = await startGateway(gatewayEnvOf(folder, options));
    stack.use(gateway);
    const admin = operator(url);
    const integrator = await createIntegrator(admin, 'First integrator');
    const pmsId = 'BP-TEST-0001';
    const created = await admin.post('/admin/sites', {
      practiceManagementName: PMS_NAME,
      practiceManagementSiteId: pmsId,
      practiceName: 'Test Practice',
    });
    const { id: siteId } = created.json as { id: string };
    const proxy = options.throughProxy
      ? stack.use(await TcpProxy.listen(Number(new URL(url).port)))
      : undefined;
    await enrolLink({ admin, siteId, folder, gatewayUrl: proxy?.url ?? url });
    await admin.send({ method: 'PUT', path: `/admin/sites/${siteId}/pairings/${integrator.id}` });
    const facts = { gateway, url, siteId, pmsId, integrator };
    const system = new System({ ...facts, folder, options, stack, proxy });
    await system.untilAnswering();
    return system;
  } catch (error) {
    await stack[Symbol.asyncDispose]();
    throw error;
  }
}

export interface Enrolling {
  readonly admin: HttpClient;
  readonly siteId: string;
  readonly folder: string;
  readonly gatewayUrl: string;
}

/** Makes a folder the link of a site, over a practice of its own. */
async function enrolLink({ admin, siteId, folder, gatewayUrl }: Enrolling): Promise<void> {
  const issued = await admin.post(`/admin/sites/${siteId}/enrolment-tokens`);
  const { token } = issued.json as { token: string };
  plant(token);
  const files = copyPractice(join(folder, 'practice'));
  const catalogues = Object.entries(files).flatMap(([name, file]) => [
    '--catalogue',
    `${name}=${file}`,
  ]);
  const dataDir = join(folder, 'link');
  await runCommand(
    [
      'link',
      'enrol',
      '--gateway',
      gatewayUrl,
      '--token',
      token,
      '--data-dir',
      dataDir,
      ...catalogues,
    ],
    {},
  );
}
