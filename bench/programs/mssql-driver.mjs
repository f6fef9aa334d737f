// The driver and its row encoder; the JSON goes nowhere.
import { createMssqlDriver } from '../../src/sql/drivers/mssql/create-mssql-driver.ts';
import { EncodedResult } from '../../src/sql/encoded-result.ts';
import { serve } from './measured-loop.mjs';

const { signal } = new AbortController();
const driver = createMssqlDriver({
  driver: 'mssql',
  server: '127.0.0.1',
  port: Number(process.argv[2]),
  authentication: { type: 'sql', user: 'link', password: 'secret' },
  encrypt: 'off',
  catalogues: [{ name: 'Practice', isDefault: true }],
  maxConnections: 2,
});
const connection = await driver.connect({ signal });

await serve(async (rows) => {
  const command = { type: 'text', text: String(rows), parameters: [] };
  const result = new EncodedResult(connection.execute(command, { signal }));
  let bytes = 0;
  for await (const chunk of result.chunks()) bytes += chunk.length;
  if (result.rows !== rows) throw new Error(`${result.rows} rows came instead of ${rows}.`);
  return bytes;
});
await connection[Symbol.asyncDispose]();
