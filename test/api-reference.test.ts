import { Compile } from 'typebox/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DevSystem, TempFolder } from './support/dev-system.ts';
import { type Answer, HttpClient } from './support/http-client.ts';
import { queryOf } from './support/query-client.ts';

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly deprecated?: boolean;
  readonly security?: readonly object[];
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: object }[];
  readonly responses: Record<
    string,
    { description: string; content?: Record<string, { schema: object }> }
  >;
}

interface Document {
  readonly openapi: string;
  readonly info: { title: string; version: string };
  readonly servers: readonly { url: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { securitySchemes: Record<string, object> };
}

const folder = new TempFolder();
let dev: DevSystem;
let reference: Document;
beforeAll(async () => {
  dev = await DevSystem.start(folder.path);
  reference = (await new HttpClient(dev.facts.baseUrl).get('/openapi.json')).json as Document;
});
afterAll(async () => {
  await dev.program.stop();
  folder[Symbol.dispose]();
});

function operations(): { path: string; method: string; operation: Operation }[] {
  return Object.entries(reference.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
}

/** Every object in the document, with the way to it. */
function* nodes(value: unknown, way = '#'): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [way, value as Record<string, unknown>];
  for (const [key, member] of Object.entries(value)) yield* nodes(member, `${way}/${key}`);
}

const INTEGRATOR_OPERATIONS = {
  pairSite: 'post /integrator/pair-site',
  getSites: 'get /integrator/sites',
  getSite: 'get /integrator/sites/{siteId}',
  createImmediateQuery: 'post /integrator/sites/{siteId}/queries/immediate',
  getQuery: 'get /integrator/sites/{siteId}/queries/{queryId}',
};

describe('the document', () => {
  test('is OpenAPI 3.1 and says where the API is', () => {
    expect(reference.openapi).toMatch(/^3\.1\.\d+$/);
    expect(reference.info).toMatchObject({ title: 'Parhelion', version: expect.any(String) });
    expect(reference.servers).toEqual([{ url: dev.facts.baseUrl }]);
  });

  test('lists the operations of integrators by their names', () => {
    const listed = new Map(
      operations().map(({ path, method, operation }) => [
        operation.operationId,
        `${method} ${path}`,
      ]),
    );
    expect(Object.fromEntries(listed)).toMatchObject(INTEGRATOR_OPERATIONS);
    expect(reference.paths['/integrator/pairSite']?.['post']?.deprecated).toBe(true);
  });

  test('gives every operation a name of its own, a summary and answers', () => {
    const names = operations().map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const { operation } of operations()) {
      expect(operation).toMatchObject({ operationId: expect.any(String) });
      expect(operation.summary).toMatch(/\S/);
      expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
    }
  });

  test('declares every parameter of a path, and nothing else as one', () => {
    for (const { path, operation } of operations()) {
      const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
      const declared = (operation.parameters ?? []).filter((each) => each.in === 'path');
      expect(new Set(declared.map(({ name }) => name))).toEqual(new Set(inPath));
      expect(declared.every(({ required }) => required)).toBe(true);
    }
  });

  test('has no reference that leads nowhere', () => {
    const all = new Map(nodes(reference));
    for (const node of all.values()) {
      const { $ref: target = '#' } = node as { $ref?: string };
      expect(all.has(target)).toBe(true);
    }
  });

  test('asks for a key exactly where one is needed', () => {
    const schemes = Object.keys(reference.components.securitySchemes);
    for (const { path, operation } of operations()) {
      const asked = (operation.security ?? []).flatMap((each) => Object.keys(each));
      expect(schemes).toEqual(expect.arrayContaining(asked));
      expect(asked.length > 0).toBe(/^\/(?:integrator|admin|desktop)\//.test(path));
    }
  });
});

describe('real answers fit the schemas', () => {
  /** What the schema of the operation's answer finds wrong with this one. */
  function misfits(operationId: string, { status, json }: Answer): unknown {
    const found = operations().find(({ operation }) => operation.operationId === operationId);
    const described = found?.operation.responses[String(status)];
    const schema = described?.content?.['application/json']?.schema;
    if (!schema) return `${operationId} does not describe ${status}`;
    const [isFit, errors] = Compile(schema).Errors(json);
    return isFit ? [] : errors;
  }

  const site = () => `/integrator/sites/${dev.facts.site.siteId}`;

  test('of sites and pairing', async () => {
    const { integrator, facts } = dev;
    const { pmsId } = facts.site;
    const search = `practiceManagementSiteId=${pmsId}&practiceManagementName=Best%20Practice`;
    const nobody = new HttpClient(facts.baseUrl);
    for (const [operationId, answer] of [
      ['getSite', await integrator.get(site())],
      ['getSite', await nobody.get(site())],
      ['getSite', await integrator.get('/integrator/sites/x')],
      ['getSites', await integrator.get(`/integrator/sites?${search}`)],
      ['getSites', await integrator.get('/integrator/sites')],
      ['pairSite', await integrator.post(`/integrator/pair-site?${search}`)],
      ['pairSite', await integrator.post('/integrator/pair-site')],
      ['listIntegrators', await dev.admin.get('/admin/integrators')],
      ['listSites', await dev.admin.get('/admin/sites')],
    ] as const) {
      expect(misfits(operationId, answer)).toEqual([]);
    }
  });

  test('and others do not', async () => {
    const sites = await dev.admin.get('/admin/sites');
    expect(misfits('listSites', sites)).toEqual([]);
    expect(misfits('listIntegrators', sites)).not.toEqual([]);
    expect(misfits('getSite', sites)).not.toEqual([]);
  });

  test('of queries, good and bad', async () => {
    const { queries } = dev;
    const output = [{ name: '@o', type: 'Int', direction: 'output' }] as const;
    const answers = [
      await queries.run('SELECT TOP 3 * FROM Patients'),
      await queries.run({
        command: { text: 'SET @o = 1; SELECT 1 AS n', parameters: [...output] },
      }),
      await queries.nonQuery('UPDATE Patients SET Title = Title WHERE InternalID = 1'),
      await queries.run('SELECT Nothing FROM Nowhere'),
      await queries.run(''),
      await queries.run('SELECT a.InternalID, b.Surname FROM Patients a, Patients b'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 400, 400, 413]);
    for (const answer of answers) expect(misfits('createImmediateQuery', answer)).toEqual([]);
    for (const answer of answers.filter((each) => queryOf(each).id !== undefined)) {
      expect(misfits('getQuery', await queries.record(queryOf(answer).id))).toEqual([]);
    }
  });
});

describe('the page', () => {
  test('loads with everything it needs from the gateway itself', async () => {
    const nobody = new HttpClient(dev.facts.baseUrl);
    let path = '/docs';
    let page = await nobody.get(path);
    for (let hops = 0; page.status >= 300 && page.status < 400 && hops < 3; hops += 1) {
      path = new URL(page.headers.location ?? '', dev.facts.baseUrl + path).pathname;
      page = await nobody.get(path);
    }
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    const parts = [...page.text.matchAll(/(?:src|href)="([^"#]+)"/g)]
      .map((match) => match[1] ?? '')
      .filter((part) => !part.startsWith('data:'));
    expect(parts.length).toBeGreaterThan(0);
    for (const part of parts) {
      const url = new URL(part, dev.facts.baseUrl + path);
      expect(url.origin).toBe(dev.facts.baseUrl);
      expect((await nobody.get(url.pathname + url.search)).status).toBe(200);
    }
  });
});
