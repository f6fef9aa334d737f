import { describe, expect, it } from 'vitest';
import {
  failed,
  procedureEnd,
  resultSet,
  single,
} from '../../../../test/support/tds-peer/answers.ts';
import { kinds } from '../../../../test/support/tds-peer/column-kinds.ts';
import { run, startPeerBed, text } from '../../../../test/support/tds-peer/peer-bed.ts';
import {
  COMMAND,
  doneToken,
  environment,
  errorToken,
  infoToken,
} from '../../../../test/support/tds-peer/tokens.ts';
import type { SqlParameter } from '../../driver.ts';
import { SqlError } from '../../sql-error.ts';

const ID = { name: 'ID', kind: kinds.int };
const NAME = { name: 'Name', kind: kinds.nvarchar(50) };

describe('a text without parameters', () => {
  it('runs as a batch and yields its columns and rows', async () => {
    await using bed = await startPeerBed({
      handler: () => [
        resultSet(
          [ID, NAME],
          [
            [1, 'Ng'],
            [2, null],
          ],
        ),
      ],
    });
    await using connection = await bed.connect();
    const { sets, rowsAffected, outputs } = await run(connection, text('SELECT ID, Name FROM P'));
    expect(sets).toEqual([
      {
        columns: [
          { name: 'ID', type: 'integer' },
          { name: 'Name', type: 'text' },
        ],
        rows: [
          [1, 'Ng'],
          [2, null],
        ],
      },
    ]);
    expect({ rowsAffected, outputs }).toEqual({ rowsAffected: 0, outputs: [] });
    expect(bed.peer.seen.requests).toEqual([
      { kind: 'batch', text: 'SELECT ID, Name FROM P', parameters: [] },
    ]);
  });

  it('yields every result set, and counts the changed rows of all statements but none that were read', async () => {
    const changed = (command: number, rowCount: number) =>
      doneToken({ command, rowCount, hasMore: true });
    await using bed = await startPeerBed({
      handler: () => [
        changed(COMMAND.insert, 3),
        resultSet([ID], [[1], [2]], { hasMore: true }),
        changed(COMMAND.update, 4),
        infoToken({ number: 0, message: 'printed' }),
        resultSet([ID], [], { hasMore: true }),
        doneToken({ command: COMMAND.delete, rowCount: 5 }),
      ],
    });
    await using connection = await bed.connect();
    const { sets, rowsAffected } = await run(connection, text('INSERT …'));
    expect(sets.map(({ rows }) => rows)).toEqual([[[1], [2]], []]);
    expect(rowsAffected).toBe(12);
  });
});

describe('parameters', () => {
  const input = (name: string, typeName: string, value: SqlParameter['value']): SqlParameter => ({
    name,
    direction: 'input',
    typeName,
    value,
  });

  it('of a text go with sp_executesql, declared by their types', async () => {
    await using bed = await startPeerBed({ handler: () => [single(kinds.int, 1)] });
    await using connection = await bed.connect();
    await run(
      connection,
      text('SELECT 1 WHERE @id = @name', [
        input('@id', 'Int', 66),
        input('@name', 'NVarChar', 'Ñ'),
      ]),
    );
    expect(bed.peer.seen.requests).toEqual([
      {
        kind: 'statement',
        text: 'SELECT 1 WHERE @id = @name',
        declarations: '@id int, @name nvarchar(4000)',
        parameters: [
          { name: '@id', isOutput: false, type: 'int', value: 66 },
          { name: '@name', isOutput: false, type: 'nvarchar(4000)', value: 'Ñ' },
        ],
      },
    ]);
  });

  it('of a procedure come back with its output, its status and its result sets', async () => {
    await using bed = await startPeerBed({
      handler: () => [
        resultSet([ID], [[7]], { isInProcedure: true }),
        procedureEnd(
          [
            { name: '@total', kind: kinds.varchar(41), value: '12345678901234567890.0500' },
            { name: '@note', kind: kinds.nvarcharMax, value: 'x'.repeat(9_000) },
          ],
          -4,
        ),
      ],
    });
    await using connection = await bed.connect();
    const { sets, outputs } = await run(connection, {
      type: 'storedProcedure',
      text: 'dbo.Totals',
      parameters: [
        { name: '@total', direction: 'output', typeName: 'Decimal', value: null },
        { name: '@note', direction: 'inputOutput', typeName: 'NVarChar', value: 'in' },
        { name: '@result', direction: 'returnValue', typeName: 'Int', value: null },
      ],
    });
    expect(sets[0]?.rows).toEqual([[7]]);
    expect(outputs).toEqual([
      { name: '@total', type: 'text', value: '12345678901234567890.0500' },
      { name: '@note', type: 'text', value: 'x'.repeat(9_000) },
      { name: '@result', type: 'integer', value: -4 },
    ]);
    expect(bed.peer.seen.requests).toEqual([
      {
        kind: 'procedure',
        text: 'dbo.Totals',
        parameters: [
          { name: '@total', isOutput: true, type: 'varchar(41)', value: null },
          { name: '@note', isOutput: true, type: 'nvarchar(max)', value: 'in' },
        ],
      },
    ]);
  });

  it('that cannot be sent are refused by name, and the connection goes on', async () => {
    await using bed = await startPeerBed({ handler: () => [single(kinds.int, 1)] });
    await using connection = await bed.connect();
    const tooLong = text('SELECT @v', [input('@v', 'Variant', 'x'.repeat(4_001))]);
    await expect(run(connection, tooLong)).rejects.toThrow(/@v .*4000/);
    await expect(
      run(connection, text('SELECT @t', [input('@t', 'Structured', null)])),
    ).rejects.toThrow(/@t .*Structured/);
    expect((await run(connection, text('SELECT 1'))).sets[0]?.rows).toEqual([[1]]);
    expect(bed.peer.connectionsMade).toBe(1);
  });
});

describe('an error', () => {
  it("keeps SQL Server's number and wording, with state and line as its cause", async () => {
    await using bed = await startPeerBed({
      handler: () => [
        failed({
          number: 2812,
          message: "Could not find stored procedure 'dbo.Missing'.",
          state: 62,
          class: 16,
          lineNumber: 3,
          procName: 'outer',
        }),
      ],
    });
    await using connection = await bed.connect();
    const failure = await run(connection, text('EXEC dbo.Missing')).catch((error) => error);
    expect(failure).toBeInstanceOf(SqlError);
    expect(failure).toMatchObject({
      kind: 'statement',
      errorType: 'mssql',
      errorCode: 2812,
      message: "Could not find stored procedure 'dbo.Missing'.",
      cause: { state: 62, class: 16, lineNumber: 3, procName: 'outer' },
    });
    expect(connection.isUsable).toBe(true);
  });

  it('is the first of the batch; rows before it are there, rows after it are not', async () => {
    await using bed = await startPeerBed({
      handler: () => [
        resultSet([ID], [[1]], { hasMore: true }),
        errorToken({ number: 8134, message: 'Divide by zero error encountered.' }),
        doneToken({ isError: true, hasMore: true }),
        resultSet([ID], [[2]], { hasMore: true }),
        failed({ number: 208, message: "Invalid object name 'x'." }),
      ],
    });
    await using connection = await bed.connect();
    const seen: unknown[] = [];
    const execution = connection.execute(text('…'), { signal: new AbortController().signal });
    await expect(async () => {
      for await (const event of execution) if (event.kind === 'rows') seen.push(...event.rows);
    }).rejects.toMatchObject({ errorCode: 8134 });
    expect(seen).toEqual([[1]]);
  });

  it('that ends the session is still told by its number', async () => {
    await using bed = await startPeerBed({
      handler: () => [
        errorToken({ number: 596, class: 21, message: 'The session is in the kill state.' }),
        { waitMs: 0 },
        { waitMs: 20 },
        { fault: 'cut' },
      ],
    });
    await using connection = await bed.connect();
    await expect(run(connection, text('…'))).rejects.toMatchObject({ errorCode: 596 });
    expect(connection.isUsable).toBe(false);
  });

  it.each(['tidy', 'mid-row'])('of the line is 1004 when it is cut %s', async (where) => {
    const whole = resultSet([ID, NAME], [[1, 'Nguyen']]);
    await using bed = await startPeerBed({
      handler: () => [
        where === 'tidy' ? Buffer.alloc(0) : whole.subarray(0, whole.length - 20),
        { waitMs: 0 },
        { fault: 'cut' },
      ],
    });
    await using connection = await bed.connect();
    await expect(run(connection, text('…'))).rejects.toMatchObject({
      kind: 'connection',
      errorType: 'haloLink',
      errorCode: 1004,
    });
    expect(connection.isUsable).toBe(false);
  });

  it('of an answer that makes no sense is told, not guessed at', async () => {
    await using bed = await startPeerBed({ handler: () => [Buffer.of(0x07, 1, 2, 3)] });
    await using connection = await bed.connect();
    await expect(run(connection, text('…'))).rejects.toThrow('Unknown type: 7');
    expect(connection.isUsable).toBe(false);
  });
});

describe('between two commands', () => {
  it('the session is reset', async () => {
    await using bed = await startPeerBed({ handler: () => [single(kinds.int, 1)] });
    await using connection = await bed.connect();
    await run(connection, text('USE Other'));
    await run(connection, text('SELECT 1'));
    expect(bed.peer.seen.resets).toBeGreaterThanOrEqual(1);
    expect(bed.peer.connectionsMade).toBe(1);
  });

  it('a transaction left open ends with its session', async () => {
    await using bed = await startPeerBed({
      handler: () => [environment.beginTransaction(7n), doneToken()],
    });
    await using connection = await bed.connect();
    await run(connection, text('BEGIN TRANSACTION'));
    expect(connection.isUsable).toBe(false);
    await expect.poll(() => bed.peer.connections).toBe(0);
  });
});

describe('an answer', () => {
  it.each([1, 2, 3, 7])(
    'that arrives in pieces of %i bytes is read the same',
    async (splitBytes) => {
      const rows = [
        [1, 'Ng', null, 'a'.repeat(12_000)],
        [2, null, '1.50', null],
        [3, 'Ó', '-0.01', ''],
      ];
      const columns = [
        ID,
        NAME,
        { name: 'Fee', kind: kinds.decimal(9, 2) },
        { name: 'Notes', kind: kinds.nvarcharMax },
      ];
      await using bed = await startPeerBed({
        handler: () => [
          resultSet(columns, rows, { isInProcedure: true }),
          procedureEnd([{ name: '@out', kind: kinds.datetimeoffset(7), value: null }]),
        ],
        splitBytes,
        packetBytes: 512,
      });
      await using connection = await bed.connect();
      const { sets, outputs } = await run(connection, {
        type: 'storedProcedure',
        text: 'p',
        parameters: [
          { name: '@out', direction: 'output', typeName: 'DateTimeOffset', value: null },
        ],
      });
      expect(sets[0]?.rows).toEqual(rows);
      expect(outputs).toEqual([{ name: '@out', type: 'datetimeoffset', value: null }]);
    },
  );

  it('whose packets hold one byte each is read the same', async () => {
    const rows = [
      [1, 'Ng', '-0.01'],
      [null, 'é'.repeat(50), null],
    ];
    const columns = [
      { name: 'ID', kind: kinds.intN(4) },
      NAME,
      { name: 'Fee', kind: kinds.decimal(38, 2) },
    ];
    await using bed = await startPeerBed({
      handler: () => [
        infoToken({ number: 5701, message: 'Changed database context.' }),
        resultSet(columns, rows, { isInProcedure: true }),
        procedureEnd([{ name: '@out', kind: kinds.nvarcharMax, value: 'out' }], 3),
      ],
      packetBytes: 9,
    });
    await using connection = await bed.connect();
    const { sets, outputs } = await run(connection, text('EXEC p'));
    expect(sets[0]?.rows).toEqual(rows);
    expect(outputs).toEqual([{ name: '@out', type: 'text', value: 'out' }]);
  });
});
