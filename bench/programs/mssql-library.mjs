// tedious by itself: each row becomes an object and then JSON, as its documentation shows; the JSON goes nowhere.
import { Connection, Request } from 'tedious';
import { serve } from './measured-loop.mjs';

/** What the driver asks for, so that both sides read the same packets. */
const PACKET_BYTES = 16_384;

const connection = new Connection({
  server: '127.0.0.1',
  authentication: { type: 'default', options: { userName: 'link', password: 'secret' } },
  options: {
    port: Number(process.argv[2]),
    database: 'Practice',
    encrypt: false,
    requestTimeout: 0,
    packetSize: PACKET_BYTES,
  },
});
await new Promise((resolve, reject) => {
  connection.connect((error) => (error ? reject(error) : resolve()));
});

await serve(
  (rows) =>
    new Promise((resolve, reject) => {
      let bytes = 0;
      let seen = 0;
      const request = new Request(String(rows), (error) => {
        if (error) reject(error);
        else if (seen === rows) resolve(bytes);
        else reject(new Error(`${seen} rows came instead of ${rows}.`));
      });
      request.on('row', (columns) => {
        const row = {};
        for (const { metadata, value } of columns) row[metadata.colName] = value;
        bytes += JSON.stringify(row).length;
        seen += 1;
      });
      connection.execSqlBatch(request);
    }),
);
connection.close();
