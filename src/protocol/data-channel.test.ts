import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deferred } from '../lib/deferred.ts';
import { DataChannel, INITIAL_CREDIT_BYTES, StreamReset } from './data-channel.ts';

const never = new AbortController().signal;

interface Wire {
  readonly sender: DataChannel;
  readonly receiver: DataChannel;
  /** Bytes of data messages that went over. */
  sentBytes: number;
}

/** Two channels over a wire that delivers each message a moment later, in order. */
function connect(accept: (streamId: number) => boolean = () => true): Wire {
  const deliver = (to: () => DataChannel) => async (message: Buffer) => {
    if (message.length > 64 * 1024) throw new Error('A message is too large.');
    if (message[0] === 1 && to() === wire.receiver) wire.sentBytes += message.length - 5;
    await Promise.resolve();
    to().receive(Buffer.from(message));
  };
  const wire: Wire = {
    sender: new DataChannel(
      deliver(() => wire.receiver),
      () => true,
    ),
    receiver: new DataChannel(
      deliver(() => wire.sender),
      accept,
    ),
    sentBytes: 0,
  };
  return wire;
}

async function readAll(channel: DataChannel, streamId: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of channel.read(streamId, never)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a stream', () => {
  it('carries the bytes of any chunks, many streams at a time', async () => {
    const chunk = fc
      .nat(INITIAL_CREDIT_BYTES + 200_000)
      .map((size) => Buffer.alloc(size, `${size},`));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(chunk, { maxLength: 4 }), { maxLength: 4 }),
        async (all) => {
          const { sender, receiver } = connect();
          const writes = all.map((chunks, index) => sender.write(index + 1, chunks, never));
          const reads = await Promise.all(all.map((_, index) => readAll(receiver, index + 1)));
          await Promise.all(writes);
          const sent = all.map((chunks) => Buffer.concat(chunks));
          expect(reads.every((bytes, index) => bytes.equals(sent[index] as Buffer))).toBe(true);
          expect([sender.isBusy, receiver.isBusy]).toEqual([false, false]);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('stops at its credit while nobody reads, and other streams go on', async () => {
    const wire = connect();
    const { sender, receiver } = wire;
    const large = sender.write(1, [Buffer.alloc(3 * INITIAL_CREDIT_BYTES)], never);
    await turn();
    expect(wire.sentBytes).toBe(INITIAL_CREDIT_BYTES);
    await sender.write(2, [Buffer.from('small')], never);
    expect((await readAll(receiver, 2)).toString()).toBe('small');
    expect(await readAll(receiver, 1)).toHaveLength(3 * INITIAL_CREDIT_BYTES);
    await large;
  });

  it('is reset for a sender when its reader leaves early', async () => {
    const { sender, receiver } = connect();
    const written = sender.write(1, [Buffer.alloc(3 * INITIAL_CREDIT_BYTES)], never);
    for await (const _ of receiver.read(1, never)) break;
    await expect(written).rejects.toThrow(StreamReset);
    expect([sender.isBusy, receiver.isBusy]).toEqual([false, false]);
  });

  it('that was left is told again to a sender who begins late', async () => {
    const { sender, receiver } = connect();
    const stop = new AbortController();
    const reading = receiver.read(1, stop.signal).next();
    stop.abort(new Error('too late'));
    await expect(reading).rejects.toThrow('too late');
    await turn();
    const written = sender.write(1, [Buffer.alloc(3 * INITIAL_CREDIT_BYTES)], never);
    await expect(written).rejects.toThrow(StreamReset);
    expect(receiver.isBusy).toBe(false);
  });

  it('is reset for a reader when its source fails', async () => {
    const { sender, receiver } = connect();
    const source = (function* () {
      yield Buffer.from('begun');
      throw new Error('source');
    })();
    const read = readAll(receiver, 1);
    await expect(sender.write(1, source, never)).rejects.toThrow('source');
    await expect(read).rejects.toThrow(StreamReset);
  });

  it('is reset when nobody is going to read it', async () => {
    const { sender } = connect(() => false);
    await expect(sender.write(1, [Buffer.alloc(3 * INITIAL_CREDIT_BYTES)], never)).rejects.toThrow(
      StreamReset,
    );
  });

  it('is reset when it is refused after it was accepted', async () => {
    const { sender, receiver } = connect();
    const written = sender.write(1, [Buffer.alloc(3 * INITIAL_CREDIT_BYTES)], never);
    await turn();
    receiver.refuse(1);
    await expect(written).rejects.toThrow(StreamReset);
    expect(receiver.isBusy).toBe(false);
  });

  it('ends with the reason of an aborted signal, on either side', async () => {
    const { sender, receiver } = connect();
    const stop = new AbortController();
    const written = sender.write(1, [Buffer.alloc(3 * INITIAL_CREDIT_BYTES)], stop.signal);
    await turn();
    const reason = new Error('stopped');
    stop.abort(reason);
    await expect(written).rejects.toBe(reason);
    await expect(readAll(receiver, 1)).rejects.toThrow(StreamReset);
    const reading = receiver.read(2, stop.signal).next();
    await expect(reading).rejects.toBe(reason);
  });
});

describe('a socket that is gone', () => {
  it('fails what is open and what comes later', async () => {
    const { sender, receiver } = connect();
    const written = sender.write(1, [Buffer.alloc(3 * INITIAL_CREDIT_BYTES)], never);
    const read = readAll(receiver, 2);
    await turn();
    sender[Symbol.dispose]();
    receiver[Symbol.dispose]();
    await expect(written).rejects.toThrow(StreamReset);
    await expect(read).rejects.toThrow(StreamReset);
    await expect(sender.write(3, [Buffer.from('x')], never)).rejects.toThrow(StreamReset);
    await expect(readAll(receiver, 4)).rejects.toThrow(StreamReset);
  });

  it('leaves what had arrived whole to be read', async () => {
    const { sender, receiver } = connect();
    await sender.write(1, [Buffer.from('whole')], never);
    receiver[Symbol.dispose]();
    expect((await readAll(receiver, 1)).toString()).toBe('whole');
  });

  it('is noticed by a failing send', async () => {
    const failed = deferred<void>();
    const channel = new DataChannel(
      () => failed.promise,
      () => true,
    );
    const written = channel.write(1, [Buffer.from('x')], never);
    failed.reject(new StreamReset('The data socket is closed.'));
    await expect(written).rejects.toThrow(StreamReset);
  });
});

/** A channel whose messages go nowhere. */
function unconnected(): DataChannel {
  return new DataChannel(
    () => Promise.resolve(),
    () => true,
  );
}

describe('a message', () => {
  it.each([
    { why: 'cut short', bytes: Buffer.from([1, 0, 0]) },
    { why: 'unknown kind', bytes: Buffer.from([9, 0, 0, 0, 1]) },
  ])('that is none of the protocol is refused: $why', ({ why, bytes }) => {
    expect(() => unconnected().receive(bytes)).toThrow(why);
  });

  it('beyond the credit is refused', () => {
    const receiver = unconnected();
    const full = Buffer.concat([Buffer.from([1, 0, 0, 0, 1]), Buffer.alloc(INITIAL_CREDIT_BYTES)]);
    receiver.receive(full);
    expect(() => receiver.receive(Buffer.from([1, 0, 0, 0, 1, 0]))).toThrow('More bytes');
  });

  it('about a stream that is over is ignored', () => {
    expect(() => unconnected().receive(Buffer.from([3, 0, 0, 0, 7, 0, 0, 0, 9]))).not.toThrow();
    expect(() => unconnected().receive(Buffer.from([4, 0, 0, 0, 7]))).not.toThrow();
  });
});
