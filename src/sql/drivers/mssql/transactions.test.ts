import { describe, expect, it } from 'vitest';
import { FOREVER, failed, single } from '../../../../test/support/tds-peer/answers.ts';
import { kinds } from '../../../../test/support/tds-peer/column-kinds.ts';
import {
  type PeerBed,
  run,
  startPeerBed,
  text,
} from '../../../../test/support/tds-peer/peer-bed.ts';
import type { TdsPeerOptions } from '../../../../test/support/tds-peer/peer-options.ts';

const never = { signal: new AbortController().signal };

/** A peer that answers batches with 1, and what a test says to some of them. */
function bedWith(
  handler: NonNullable<TdsPeerOptions['handler']> = () => undefined,
): Promise<PeerBed> {
  return startPeerBed({
    handler: (request, context) => {
      const answer = handler(request, context);
      return answer ?? (request.kind === 'transaction' ? undefined : [single(kinds.int, 1)]);
    },
  });
}

const texts = ({ peer }: PeerBed): string[] => peer.seen.requests.map((request) => request.text);

describe('a transaction', () => {
  it('is READ COMMITTED, and what is sent inside belongs to it', async () => {
    await using bed = await bedWith();
    await using connection = await bed.connect();
    await run(connection, text('SELECT 0'));
    const transaction = await connection.begin(never);
    await run(connection, text('SELECT 1'));
    await run(connection, text('SELECT 2'));
    await transaction.commit();
    await run(connection, text('SELECT 3'));
    expect(texts(bed)).toEqual(['SELECT 0', 'begin', 'SELECT 1', 'SELECT 2', 'commit', 'SELECT 3']);
    expect(bed.peer.seen.requests[1]).toMatchObject({ isolationLevel: 2 });
    expect(bed.peer.seen.descriptors).toEqual([0n, 0n, 1n, 1n, 1n, 0n]);
    expect(connection.isUsable).toBe(true);
  });

  it('keeps the session as it is until its end, which makes it clean', async () => {
    await using bed = await bedWith();
    await using connection = await bed.connect();
    const transaction = await connection.begin(never);
    await run(connection, text('SELECT 1'));
    await run(connection, text('SELECT 2'));
    expect(bed.peer.seen.resets).toBe(0);
    await transaction.rollback();
    await run(connection, text('SELECT 3'));
    expect(bed.peer.seen.resets).toBeGreaterThan(0);
    expect(texts(bed)).toContain('rollback');
  });

  it('whose commit is not answered has an unknown outcome', async () => {
    await using bed = await bedWith(({ text: what }) =>
      what === 'commit' ? [{ fault: 'cut' }] : undefined,
    );
    await using connection = await bed.connect();
    const transaction = await connection.begin(never);
    await expect(transaction.commit()).rejects.toMatchObject({
      kind: 'connection',
      errorType: 'haloLink',
      errorCode: 1004,
    });
    expect(connection.isUsable).toBe(false);
  });

  it('whose commit is refused does not stand', async () => {
    await using bed = await bedWith(({ text: what }) =>
      what === 'commit' ? [failed({ number: 3930, message: 'It is doomed.' })] : undefined,
    );
    await using connection = await bed.connect();
    const transaction = await connection.begin(never);
    await expect(transaction.commit()).rejects.toMatchObject({
      kind: 'statement',
      errorCode: 3930,
    });
    expect(connection.isUsable).toBe(false);
  });

  it('that the server has rolled back takes nothing more, and is not committed', async () => {
    await using bed = await bedWith(({ text: what }) =>
      what === 'SELECT 1'
        ? [{ endsTransaction: 'rollback' }, failed({ number: 245, message: 'Conversion failed.' })]
        : undefined,
    );
    await using connection = await bed.connect();
    const transaction = await connection.begin(never);
    await expect(run(connection, text('SELECT 1'))).rejects.toMatchObject({ errorCode: 245 });
    const over = { kind: 'statement', message: expect.stringContaining('The transaction is over') };
    await expect(run(connection, text('SELECT 2'))).rejects.toMatchObject(over);
    await expect(transaction.commit()).rejects.toMatchObject(over);
    expect(texts(bed)).toEqual(['begin', 'SELECT 1']);
  });

  it('that the server has rolled back is ended by its disposal, and the session goes on', async () => {
    await using bed = await bedWith(({ text: what }) =>
      what === 'ROLLBACK' ? [{ endsTransaction: 'rollback' }, single(kinds.int, 1)] : undefined,
    );
    await using connection = await bed.connect();
    const transaction = await connection.begin(never);
    await run(connection, text('ROLLBACK'));
    await transaction[Symbol.asyncDispose]();
    await run(connection, text('SELECT 1'));
    expect(texts(bed)).toEqual(['begin', 'ROLLBACK', 'SELECT 1']);
  });

  it('that cannot begin says why, and ends the session', async () => {
    await using bed = await bedWith(({ text: what }) =>
      what === 'begin' ? [failed({ number: 3906, message: 'It is read-only.' })] : undefined,
    );
    await using connection = await bed.connect();
    await expect(connection.begin(never)).rejects.toMatchObject({ errorCode: 3906 });
    expect(connection.isInTransaction).toBe(false);
    expect(connection.isUsable).toBe(false);
  });

  it('is not waited for when the signal aborts', async () => {
    const caller = new AbortController();
    await using bed = await bedWith(({ text: what }) => {
      if (what !== 'begin') return undefined;
      queueMicrotask(() => caller.abort());
      return [FOREVER];
    });
    await using connection = await bed.connect();
    const beginning = connection.begin({ signal: caller.signal });
    await expect(beginning).rejects.toMatchObject({ kind: 'cancelled' });
    await expect.poll(() => bed.peer.connections).toBe(0);
  });

  it('ends with the session when a statement inside is cancelled', async () => {
    const caller = new AbortController();
    await using bed = await bedWith(({ text: what }) => {
      if (what !== 'WAITFOR') return undefined;
      queueMicrotask(() => caller.abort());
      return [FOREVER];
    });
    await using connection = await bed.connect();
    const transaction = await connection.begin(never);
    await expect(run(connection, text('WAITFOR'), caller.signal)).rejects.toMatchObject({
      kind: 'cancelled',
    });
    await expect(transaction.commit()).rejects.toMatchObject({
      kind: 'statement',
      errorCode: 1004,
    });
    await expect.poll(() => bed.peer.connections).toBe(0);
  });
});
