import type { Value } from '../../../src/protocol/values.ts';
import type { Column } from '../../../src/sql/columns.ts';
import type { Connection, OutputParameter, SqlCommand } from '../../../src/sql/driver.ts';
import { createMssqlDriver } from '../../../src/sql/drivers/mssql/create-mssql-driver.ts';
import type { MssqlOptions } from '../../../src/sql/drivers/mssql/options.ts';
import type { TdsPeerOptions } from './peer-options.ts';
import { startTdsPeer, type TdsPeer } from './tds-peer.ts';

/** A peer and a driver that is set up for it. */
export interface PeerBed extends AsyncDisposable {
  readonly peer: TdsPeer;
  readonly options: MssqlOptions;
  connect(signal?: AbortSignal): Promise<Connection>;
}

const never = new AbortController().signal;

export async function startPeerBed(
  peerOptions: TdsPeerOptions = {},
  driverOptions: Partial<MssqlOptions> = {},
): Promise<PeerBed> {
  const peer = await startTdsPeer(peerOptions);
  const options: MssqlOptions = {
    driver: 'mssql',
    server: '127.0.0.1',
    port: peer.port,
    authentication: { type: 'sql', user: 'link', password: 'secret' },
    encrypt: 'off',
    catalogues: [{ name: 'Practice', isDefault: true }],
    maxConnections: 4,
    ...driverOptions,
  };
  return {
    peer,
    options,
    connect: (signal = never) => createMssqlDriver(options).connect({ signal }),
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}

/** A whole result. */
export interface Result {
  readonly sets: { readonly columns: readonly Column[]; readonly rows: (readonly Value[])[] }[];
  readonly rowsAffected: number;
  readonly outputs: readonly OutputParameter[];
}

export function text(sql: string, parameters: SqlCommand['parameters'] = []): SqlCommand {
  return { text: sql, type: 'text', parameters };
}

export async function run(
  connection: Connection,
  command: SqlCommand,
  signal: AbortSignal = never,
): Promise<Result> {
  const sets: Result['sets'] = [];
  let rowsAffected = -1;
  let outputs: readonly OutputParameter[] = [];
  for await (const event of connection.execute(command, { signal })) {
    if (event.kind === 'columns') sets.push({ columns: event.columns, rows: [] });
    else if (event.kind === 'rows') sets.at(-1)?.rows.push(...event.rows);
    else ({ rowsAffected, outputParameters: outputs } = event);
  }
  return { sets, rowsAffected, outputs };
}
