import { describe, expect, it } from 'vitest';
import type { ResultFrame } from '../../protocol/frames.ts';
import { Exchange } from './exchange.ts';

const queryId = '00000000-0000-7000-8000-000000000000';

function header(size: number, isOnDataStream: boolean): ResultFrame {
  return { type: 'result', queryId, size, rows: 1, isOnDataStream };
}

async function* stream(...chunks: string[]): AsyncGenerator<Buffer, void, void> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

async function* brokenStream(): AsyncGenerator<Buffer, void, void> {
  yield Buffer.from('[{"a"');
  throw new Error('reset');
}

async function outcomeOf(exchange: Exchange) {
  const { outcome, body } = await exchange.answer;
  return { outcome, text: Buffer.concat(body).toString() };
}

describe('Exchange', () => {
  it('takes a small result with its frame', async () => {
    const exchange = new Exchange(1, 100);
    exchange.result(header(2, false), Buffer.from('[]'));
    expect(await outcomeOf(exchange)).toEqual({
      outcome: { kind: 'result', size: 2, rows: 1 },
      text: '[]',
    });
  });

  it.each(['before', 'after'])('takes a result whose frame comes %s its stream', async (when) => {
    const exchange = new Exchange(1, 100);
    if (when === 'before') exchange.result(header(6, true), undefined);
    await exchange.collect(stream('[1,', '2,', '3'));
    if (when === 'after') exchange.result(header(6, true), undefined);
    expect(await outcomeOf(exchange)).toMatchObject({ text: '[1,2,3' });
  });

  it('waits for the reason when the stream breaks off', async () => {
    const exchange = new Exchange(1, 100);
    exchange.isSent = true;
    await exchange.collect(brokenStream());
    const errorDetails = { errorType: 'http', errorCode: 413, errorMessage: 'too large' } as const;
    exchange.failure({ type: 'failure', queryId, reason: 'failed', errorDetails });
    expect(await outcomeOf(exchange)).toMatchObject({
      outcome: { kind: 'failure', errorDetails },
    });
  });

  it('never passes on a result that is short of bytes', async () => {
    const exchange = new Exchange(1, 100);
    exchange.isSent = true;
    exchange.result(header(50, true), undefined);
    await exchange.collect(brokenStream());
    expect(await outcomeOf(exchange)).toEqual({
      outcome: { kind: 'siteWentAway', wasSent: true },
      text: '',
    });
  });

  it('refuses more bytes than were asked for', async () => {
    const exchange = new Exchange(1, 4);
    exchange.result(header(6, true), undefined);
    await exchange.collect(stream('[1,', '2,3'));
    expect((await exchange.answer).outcome.kind).toBe('siteWentAway');
  });

  it('gives a cancelled write its outcome without rows', async () => {
    const exchange = new Exchange(1, 100);
    exchange.cancel();
    exchange.result(header(50, true), undefined);
    expect(await outcomeOf(exchange)).toEqual({
      outcome: { kind: 'result', size: 50, rows: 1 },
      text: '',
    });
  });
});
