import { describe, expect, test } from 'vitest';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import { deferred } from '../../lib/deferred.ts';
import { newId } from '../../lib/ids.ts';
import type { Bus, BusMessage } from './bus.ts';
import { openBus } from './open-bus.ts';

interface Request {
  readonly text: string;
}
interface Response {
  readonly echo: string;
}

/** One row per engine: two nodes' views of one bus, the same view where there is only one node. */
const ENGINES = [
  {
    name: 'in process',
    open: async () => {
      const bus = openBus<Request, Response>('');
      return { caller: bus, holder: bus };
    },
  },
];

const never = new AbortController().signal;

async function textOf(message: BusMessage<unknown>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of message.body ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function* bytes(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

function call(bus: Bus<Request, Response>, siteId: string, signal = never) {
  return bus.call(siteId, { header: { text: 'hello' }, body: bytes('a', 'b') }, { signal });
}

describe.each(ENGINES)('the bus $name', ({ open }) => {
  test('a request reaches the holder of the site and its answer comes back, bytes and all', async () => {
    const { caller, holder } = await open();
    const [site, other] = [newId(), newId()];
    holder.serve(site, async (request) => ({
      header: { echo: request.header.text },
      body: bytes(`got ${await textOf(request)}`, '!'),
    }));
    holder.serve(other, async () => ({ header: { echo: 'another site' } }));
    const result = await call(caller, site);
    if (result.outcome !== 'answered') throw new Error(result.outcome);
    expect(result.response.header).toEqual({ echo: 'hello' });
    expect(await textOf(result.response)).toBe('got ab!');
  });

  test('a site that nobody serves has no holder, also after its holder left', async () => {
    const { caller, holder } = await open();
    const site = newId();
    expect(await call(caller, site)).toEqual({ outcome: 'noHolder' });
    const registration = holder.serve(site, async () => ({ header: { echo: '' } }));
    registration[Symbol.dispose]();
    expect(await call(caller, site)).toEqual({ outcome: 'noHolder' });
  });

  test('the newest holder gets the requests, and the end of the older one changes nothing', async () => {
    const { caller, holder } = await open();
    const site = newId();
    const older = holder.serve(site, async () => ({ header: { echo: 'older' } }));
    holder.serve(site, async () => ({ header: { echo: 'newer' } }));
    older[Symbol.dispose]();
    expect(await call(caller, site)).toMatchObject({ response: { header: { echo: 'newer' } } });
  });

  test('giving up ends the call with the reason and tells the holder', async () => {
    const { caller, holder } = await open();
    const site = newId();
    const told = deferred<void>();
    const arrived = deferred<void>();
    holder.serve(site, async (_request, { signal }) => {
      signal.addEventListener('abort', () => told.resolve());
      arrived.resolve();
      return await deferred<BusMessage<Response>>().promise;
    });
    const controller = new AbortController();
    const reason = new Error('the caller left');
    const result = call(caller, site, controller.signal);
    await arrived.promise;
    controller.abort(reason);
    await expect(result).rejects.toBe(reason);
    await told.promise;
    await expect(call(caller, site, controller.signal)).rejects.toBe(reason);
  });

  test('an error of the holder keeps its code and sentence; an unforeseen one becomes internal', async () => {
    const { caller, holder } = await open();
    const site = newId();
    holder.serve(site, async () => {
      throw new ParhelionError('tooManyRequests', 'Slow down.');
    });
    await expect(call(caller, site)).rejects.toMatchObject({
      code: 'tooManyRequests',
      message: 'Slow down.',
    });
    holder.serve(site, async () => {
      throw new TypeError('x is not a function');
    });
    await expect(call(caller, site)).rejects.toMatchObject({ code: 'internal' });
  });

  test('waiting for a holder ends when one comes, at once when there is one', async () => {
    const { caller, holder } = await open();
    const site = newId();
    const waits = [1, 2].map(() => caller.waitForHolder(site, { signal: never }));
    holder.serve(newId(), async () => ({ header: { echo: '' } }));
    holder.serve(site, async () => ({ header: { echo: '' } }));
    await Promise.all(waits);
    await caller.waitForHolder(site, { signal: never });
    expect(await call(caller, site)).toMatchObject({ outcome: 'answered' });
  });

  test('waiting for a holder can be given up, by one and not by the other', async () => {
    const { caller, holder } = await open();
    const site = newId();
    const controller = new AbortController();
    const impatient = caller.waitForHolder(site, { signal: controller.signal });
    const patient = caller.waitForHolder(site, { signal: never });
    controller.abort(new Error('five seconds are over'));
    await expect(impatient).rejects.toThrow('five seconds are over');
    holder.serve(site, async () => ({ header: { echo: '' } }));
    await patient;
  });

  test('a published payload reaches every subscriber of its topic as a copy, later', async () => {
    const { caller, holder } = await open();
    const got: unknown[] = [];
    const both = [deferred<void>(), deferred<void>()];
    for (const { resolve } of both) {
      holder.subscribe('site.woken', (payload) => {
        got.push(payload);
        resolve();
      });
    }
    holder.subscribe('site.other', () => got.push('other topic'));
    const payload = { siteIds: ['a'] };
    caller.publish('site.woken', payload);
    payload.siteIds.push('b');
    expect(got).toEqual([]);
    await Promise.all(both.map(({ promise }) => promise));
    expect(got).toEqual([{ siteIds: ['a'] }, { siteIds: ['a'] }]);
  });

  test('who has unsubscribed hears nothing, not even what was published before', async () => {
    const { caller, holder } = await open();
    const got: unknown[] = [];
    const heard = deferred<void>();
    const subscription = holder.subscribe('wake', (payload) => got.push(payload));
    caller.publish('wake', 1);
    subscription[Symbol.dispose]();
    holder.subscribe('wake', () => heard.resolve());
    caller.publish('wake', 2);
    await heard.promise;
    expect(got).toEqual([]);
  });

  test('a topic that a broker would misread is refused', async () => {
    const { caller } = await open();
    for (const topic of ['', 'a..b', 'a b', 'a.*', '>']) {
      expect(() => caller.publish(topic)).toThrow(ParhelionError);
    }
  });

  test('closing the bus ends calls under way as lost, and waits with an error', async () => {
    const { caller, holder } = await open();
    const site = newId();
    holder.serve(site, () => deferred<BusMessage<Response>>().promise);
    const result = call(caller, site);
    const wait = caller.waitForHolder(newId(), { signal: never }).catch((error: unknown) => error);
    await holder[Symbol.asyncDispose]();
    expect(await result).toEqual({ outcome: 'holderLost' });
    expect(await wait).toBeInstanceOf(ParhelionError);
    await expect(call(caller, site)).rejects.toBeInstanceOf(ParhelionError);
  });
});

test('an address of a bus that does not exist yet is refused with a sentence', () => {
  expect(() => openBus('nats://user:s3cret@host')).toThrow('A NATS bus is not supported yet');
  expect(() => openBus('redis://host')).toThrow('not understood');
});
