import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { ConformanceTarget } from '../../src/sql/conformance/expectations.ts';
import { ConnectionPool } from '../../src/sql/connection-pool.ts';
import { createMssqlDriver } from '../../src/sql/drivers/mssql/create-mssql-driver.ts';
import type { MssqlOptions } from '../../src/sql/drivers/mssql/options.ts';
import { sqliteConformanceTarget } from './sqlite-conformance.ts';
import { carryOut } from './tds-peer/carry-out.ts';
import { startTdsPeer } from './tds-peer/tds-peer.ts';

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** The TDS peer, which has every statement carried out by the SQLite engine in its T-SQL dialect. */
export async function mssqlConformanceTarget(): Promise<ConformanceTarget> {
  const engine = await sqliteConformanceTarget();
  const pool = new ConnectionPool({
    driver: engine.driver,
    maxConnections: 8,
    defaultCatalogue: 'Practice',
  });
  let running = 0;
  const peer = await startTdsPeer({
    databases: ['Practice', 'Images'],
    async *handler(request, context) {
      running += 1;
      try {
        yield* carryOut(pool, request, context);
      } finally {
        running -= 1;
      }
    },
  });
  const options: MssqlOptions = {
    driver: 'mssql',
    server: '127.0.0.1',
    port: peer.port,
    authentication: { type: 'sql', user: 'link', password: 'secret' },
    encrypt: 'off',
    catalogues: [
      { name: 'Practice', isDefault: true },
      { name: 'Images', isDefault: false },
    ],
    maxConnections: 4,
  };
  const stranger = { type: 'sql', user: 'link', password: 'wrong' } as const;
  return {
    driver: createMssqlDriver(options),
    strangerDriver: createMssqlDriver({ ...options, authentication: stranger }),
    unreachableDriver: createMssqlDriver({ ...options, port: await unusedPort() }),
    countSessions: async () => peer.connections,
    killSessions: async () => peer.cut(),
    isRunning: async () => running > 0,
    async [Symbol.asyncDispose]() {
      await peer[Symbol.asyncDispose]();
      await pool[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}
