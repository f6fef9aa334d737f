import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { DisposalStack } from '../../src/lib/disposal.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { publicKeyText } from '../../src/link/config/identity-key.ts';
import type { LinkIdentity } from '../../src/link/connection/dial-session.ts';
import type { LinkOptions } from '../../src/link/link-options.ts';
import { type RunningLink, runLink } from '../../src/link/run-link.ts';
import { MAX_INLINE_BYTES } from '../../src/protocol/codec.ts';
import type { Command } from '../../src/protocol/command.ts';
import type { DataChannel } from '../../src/protocol/data-channel.ts';
import type { ExecuteFrame } from '../../src/protocol/frames.ts';
import type { Column } from '../../src/sql/columns.ts';
import type { ResultEvent } from '../../src/sql/driver.ts';
import { SqlError } from '../../src/sql/sql-error.ts';
import { FakeGateway, type FakeGatewayOptions, type FakeSession } from './fake-gateway.ts';
import { type Script, ScriptedDatabase } from './scripted-database.ts';

export const SITE_ID = '11111111-1111-4111-8111-111111111111';
export const MAX_RESULT_BYTES = 8 * 1024 * 1024;
export const key = generateKeyPairSync('ed25519').privateKey;

const text: Column = { name: 'v', type: 'text' };
const done = (rowsAffected = 0): ResultEvent => ({
  kind: 'done',
  rowsAffected,
  outputParameters: [],
});
const rows = (...values: string[]): ResultEvent => ({ kind: 'rows', rows: values.map((v) => [v]) });

/** `[{"v":"xxx"}]` of exactly so many bytes. */
function resultOf(bytes: number): Script {
  return async function* () {
    yield { kind: 'columns', columns: [text] };
    const whole = 1_000_000;
    let left = bytes - 2;
    while (left > 0) {
      const size = left > whole + 100 ? whole : left;
      const separator = left === bytes - 2 ? 0 : 1;
      yield rows('x'.repeat(size - separator - '{"v":""}'.length));
      left -= size;
    }
    yield done();
  };
}

/** A row of 40,000 characters, and an output parameter of as many as given. */
function longOutput(characters: number): Script {
  return async function* () {
    yield { kind: 'columns', columns: [text] };
    yield rows('x'.repeat(40_000));
    const outputParameters = [
      { name: '@out', type: 'text' as const, value: 'y'.repeat(characters) },
    ];
    yield { kind: 'done', rowsAffected: 1, outputParameters };
  };
}

const SCRIPTS: Record<string, Script> = {
  'SELECT 1': async function* () {
    yield { kind: 'columns', columns: [text] };
    yield rows('one');
    yield done();
  },
  'SELECT 8 MB': resultOf(MAX_RESULT_BYTES),
  'SELECT 8 MB + 1': resultOf(MAX_RESULT_BYTES + 1),
  'SELECT 20 MB': resultOf(20_000_000),
  'UPDATE 20 MB': resultOf(20_000_000),
  'UPDATE 8 MB + 1': resultOf(MAX_RESULT_BYTES + 1),
  'SELECT 5 MB': resultOf(5_000_000),
  'UPDATE 5 MB': resultOf(5_000_000),
  'SELECT inline': resultOf(MAX_INLINE_BYTES),
  'SELECT inline + 1': resultOf(MAX_INLINE_BYTES + 1),
  'SELECT 2': async function* (_command, wait) {
    yield { kind: 'columns', columns: [text] };
    await wait();
    yield rows('two');
    yield done();
  },
  'UPDATE slowly': async function* (_command, wait) {
    await wait();
    yield done(3);
  },
  'two sets': async function* () {
    yield { kind: 'columns', columns: [text, { name: '', type: 'integer' }] };
    yield {
      kind: 'rows',
      rows: [
        ['a', 1],
        ['b', 2],
      ],
    };
    yield { kind: 'columns', columns: [text] };
    yield rows('not wanted');
    yield done(7);
  },
  echo: async function* ({ parameters }) {
    yield {
      kind: 'columns',
      columns: parameters.map(({ name }) => ({ name, type: 'variant' as const })),
    };
    yield { kind: 'rows', rows: [parameters.map(({ value }) => value)] };
    const outputParameters = [{ name: '@out', type: 'integer' as const, value: 42 }];
    yield { kind: 'done', rowsAffected: 0, outputParameters };
  },
  'UPDATE long output': longOutput(70_000),
  'full frame': longOutput(30_000),
  'wrong syntax': async function* () {
    yield { kind: 'columns', columns: [text] };
    throw new SqlError('statement', 'mssql', 102, "Incorrect syntax near 'x'.");
  },
  'SELECT bug': async function* () {
    yield { kind: 'columns', columns: [text] };
    throw new TypeError('secret value');
  },
};

const cleanup: DisposalStack[] = [];
afterEach(async () => {
  for (const stack of cleanup.splice(0)) await stack[Symbol.asyncDispose]();
});

export interface LinkSetup {
  gateway: FakeGateway;
  link: RunningLink;
  database: ScriptedDatabase;
  logs: Record<string, unknown>[];
}

export async function setUp(
  gatewayOptions: Partial<FakeGatewayOptions> = {},
  linkOptions: Partial<LinkOptions> = {},
): Promise<LinkSetup> {
  const stack = new DisposalStack();
  cleanup.push(stack);
  const gateway = stack.use(
    await new FakeGateway({ publicKey: publicKeyText(key), ...gatewayOptions }).listen(),
  );
  const database = new ScriptedDatabase(SCRIPTS);
  const folder = await mkdtemp(join(tmpdir(), 'parhelion-link-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const logs: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void logs.push(JSON.parse(line)) };
  const identity: LinkIdentity = {
    gatewayUrl: gateway.url,
    siteId: SITE_ID,
    privateKey: key,
    practice: { practiceName: 'Demo Practice' },
  };
  const link = stack.use(
    runLink({
      version: '26.1122.0',
      resolveIdentity: () => Promise.resolve(identity),
      catalogues: [
        { name: 'Main', isDefault: true },
        { name: 'Other', isDefault: false },
        { name: 'Broken', isDefault: false },
      ],
      driver: database,
      maxConnections: 2,
      journalPath: join(folder, 'journal.db'),
      policyPath: join(folder, 'policy.json'),
      auditFolder: join(folder, 'audit'),
      logger: createLogger('link', 'debug', destination),
      reconnect: { baseMs: 5, capMs: 10, displacedMs: 5, finalMs: 10 },
      ...linkOptions,
    }),
  );
  return { gateway, link, database, logs };
}

let streams = 0;
export function send(
  session: FakeSession,
  command: Command | undefined,
  frame: Partial<ExecuteFrame> = {},
): ExecuteFrame {
  streams += 1;
  const execute: ExecuteFrame = {
    type: 'execute',
    queryId: randomUUID(),
    integratorId: randomUUID(),
    streamId: streams,
    maxTimeInQueueMs: 30_000,
    executionLimitMs: 60_000,
    maxResultBytes: MAX_RESULT_BYTES,
    ...(command && { command }),
    ...frame,
  };
  session.send(execute);
  return execute;
}

export const ask = async (session: FakeSession, command: Command, frame?: Partial<ExecuteFrame>) =>
  session.outcome(send(session, command, frame).queryId);

export async function readAll(channel: DataChannel, streamId: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of channel.read(streamId, new AbortController().signal))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}
