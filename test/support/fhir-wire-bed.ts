import { resolve } from 'node:path';
import { engineHost } from '../../src/bin/engine-host.ts';
import { DisposalStack } from '../../src/lib/disposal.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { auditFolder } from '../../src/link/audit/audit-files.ts';
import { readLinkConfig } from '../../src/link/config/link-config.ts';
import { readIdentity } from '../../src/link/config/read-identity.ts';
import { openDatabase } from '../../src/link/database/open-database.ts';
import { policyPath } from '../../src/link/policy/policy-file.ts';
import { type RunningLink, runLink } from '../../src/link/run-link.ts';
import { plant, plantedIn } from './canaries.ts';
import { HAND_MADE_FHIR } from './hand-made-fhir.ts';
import type { Answer, HttpClient, Request } from './http-client.ts';
import { type System, type SystemOptions, startSystem } from './system.ts';

/** A running system whose link answers FHIR with courses that were made by hand. */
export class FhirWireBed implements AsyncDisposable {
  readonly system: System;
  readonly link: RunningLink;
  readonly logs: string[];
  readonly #stack: DisposalStack;

  private constructor(system: System, link: RunningLink, logs: string[], stack: DisposalStack) {
    this.system = system;
    this.link = link;
    this.logs = logs;
    this.#stack = stack;
  }

  static async start(options: SystemOptions = {}): Promise<FhirWireBed> {
    const stack = new DisposalStack();
    try {
      const system = stack.use(await startSystem(options));
      await system.link.stop();
      const logs: string[] = [];
      const link = stack.use(await runFhirLink(system, logs));
      await system.untilAnswering();
      return new FhirWireBed(system, link, logs, stack);
    } catch (error) {
      await stack[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Sends a request below the FHIR base of the site. */
  send(request: Omit<Request, 'path'> & { readonly below: string }): Promise<Answer> {
    return sendFhir(this.system.http, 'integrator', this.system.siteId, request);
  }

  get(below: string, headers?: Request['headers']): Promise<Answer> {
    return this.send({ below, ...(headers && { headers }) });
  }

  put(below: string, middlename: string, options: Pick<Request, 'signal'> = {}): Promise<Answer> {
    return this.send({ method: 'PUT', below, body: { middlename }, ...options });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack[Symbol.asyncDispose]();
    const leaked = plantedIn(this.logs.join(''));
    if (leaked.length > 0) throw new Error(`The link's log says ${leaked.join(', ')}.`);
  }
}

export function sendFhir(
  http: HttpClient,
  mount: 'integrator' | 'desktop',
  siteId: string,
  { below, ...request }: Omit<Request, 'path'> & { readonly below: string },
): Promise<Answer> {
  const query = below.split('?')[1];
  plant(query, query && decodeURIComponent(query));
  if (typeof request.body === 'string') plant(request.body);
  return http.send({ ...request, path: `/${mount}/sites/${siteId}/fhir/R4/${below}` });
}

async function runFhirLink(system: System, logs: string[]): Promise<RunningLink> {
  const dataDir = system.linkDir;
  const config = await readLinkConfig(dataDir);
  const { driver, loginOf } = await openDatabase({
    config,
    host: engineHost,
    resolvePath: (path) => resolve(dataDir, path),
    env: process.env,
  });
  return runLink({
    version: '26.1122.0',
    resolveIdentity: () => readIdentity(dataDir),
    catalogues: config.database.catalogues.map(({ name, isDefault }) => ({ name, isDefault })),
    driver,
    loginOf,
    fhir: HAND_MADE_FHIR,
    maxConnections: config.database.maxConnections,
    journalPath: resolve(dataDir, 'journal.db'),
    policyPath: policyPath(dataDir),
    auditFolder: auditFolder(dataDir),
    logger: createLogger('link', 'debug', { write: (line: string) => void logs.push(line) }),
  });
}
