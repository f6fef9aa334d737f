// A TDS peer in a process of its own: answers every batch with as many rows as its text says.
import { kinds } from '../../test/support/tds-peer/column-kinds.ts';
import { startTdsPeer } from '../../test/support/tds-peer/tds-peer.ts';
import { columnsToken, doneToken, rowToken } from '../../test/support/tds-peer/tokens.ts';

const COLUMNS = [
  { name: 'InternalID', kind: kinds.intN(4) },
  { name: 'RecordNo', kind: kinds.intN(8) },
  { name: 'Surname', kind: kinds.nvarchar(50) },
  { name: 'Firstname', kind: kinds.nvarchar(50) },
  { name: 'DOB', kind: kinds.date },
  { name: 'Updated', kind: kinds.datetime2(7) },
  { name: 'Created', kind: kinds.datetimeN },
  { name: 'Balance', kind: kinds.decimal(18, 4) },
  { name: 'Active', kind: kinds.bitN },
  { name: 'Weight', kind: kinds.floatN },
];

const BLOCK_ROWS = 1_000;
const two = (number) => String(number).padStart(2, '0');

const block = Buffer.concat(
  Array.from({ length: BLOCK_ROWS }, (_, index) =>
    rowToken(COLUMNS, [
      index,
      BigInt(index) * 7_919n,
      `Surname${index}`,
      `Given${index % 97}`,
      `${1930 + (index % 90)}-${two(1 + (index % 12))}-${two(1 + (index % 28))}`,
      `2024-${two(1 + (index % 12))}-15T09:${two(index % 60)}:00.${String(index).padStart(7, '0')}`,
      { text: `2023-05-${two(1 + (index % 28))}T10:${two(index % 60)}:00`, ticks: index % 300 },
      `${index}.${String(index % 10_000).padStart(4, '0')}`,
      index % 3 === 0,
      index / 7,
    ]),
  ),
);

function* handler({ text }) {
  const rows = Number(text);
  yield columnsToken(COLUMNS);
  for (let sent = 0; sent < rows; sent += BLOCK_ROWS) yield block;
  yield doneToken({ command: 0xc1, rowCount: rows });
}

const peer = await startTdsPeer({ handler });
process.stdout.write(`${peer.port}\n`);
