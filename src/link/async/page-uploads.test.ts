import { describe, expect, it } from 'vitest';
import { setUpAsync } from '../../../test/support/async-setup.ts';
import { until } from '../../../test/support/until.ts';

const refuse = (status: number) => (_page: string, request: never, response: never) => {
  (request as { resume: () => void }).resume();
  (response as { writeHead: (code: number) => { end: () => void } }).writeHead(status).end();
  return true;
};

describe('the pages of a query', () => {
  it('arrive whole although uploads are cut, refused and answered late, each try with a token of its own', async () => {
    const failures = new Map<string, number>();
    const { remote, logs } = await setUpAsync(
      {},
      {
        onPut: (page, request, response) => {
          const tries = failures.get(page) ?? 0;
          failures.set(page, tries + 1);
          switch (tries) {
            case 0:
              request.once('data', () => request.socket.destroy());
              return true;
            case 1:
              return refuse(503)(page, request as never, response as never);
            case 2:
              return refuse(409)(page, request as never, response as never);
            default:
              return false;
          }
        },
      },
    );
    const end = await remote.run({ text: 'SELECT 5 MB' });
    expect(end).toMatchObject({ state: 'successful', rows: 5, pages: 5 });
    expect(remote.rows(end.queryId)).toHaveLength(5);
    expect([...failures.values()]).toEqual([4, 4, 4, 4, 4]);
    expect(remote.cuts.length).toBeGreaterThanOrEqual(20);
    expect(logs.some(({ status, pageNumber }) => status === 503 && pageNumber === 1)).toBe(true);
  });

  it('are not sent when the gateway has them already', async () => {
    const { remote } = await setUpAsync({}, { onPageCut: () => 'cached' });
    expect((await remote.run({ text: 'SELECT 5 MB' })).state).toBe('successful');
    expect(remote.pages.size).toBe(0);
  });

  it('end the query when the gateway wants no more of them: a read stops, a write finishes', async () => {
    const { remote, database } = await setUpAsync({}, { onPageCut: () => 'over' });
    for (const text of ['SELECT 20 MB', 'UPDATE 20 MB']) {
      const { queryId } = remote.enqueue({ text });
      await until('the query is forgotten', () => {
        remote.session?.send({ type: 'enquire', queryIds: [queryId] });
        return remote.statesOf(queryId).includes('unknown 0');
      });
    }
    expect(database).toMatchObject({ stopped: ['SELECT 20 MB'], finished: ['UPDATE 20 MB'] });
  });

  it.each([
    { text: 'SELECT 20 MB', left: 'stopped' as const },
    { text: 'UPDATE 20 MB', left: 'finished' as const },
    { text: 'SELECT 1', left: 'finished' as const },
  ])('fail the query when none arrives for too long: $text is $left', async ({ text, left }) => {
    const { remote, database } = await setUpAsync(
      { timings: { uploadPatienceMs: 2_000 } },
      {
        onPut: (page, request, response) => refuse(507)(page, request as never, response as never),
      },
    );
    expect(await remote.run({ text })).toMatchObject({
      state: 'uploadFailed',
      errorDetails: {
        errorType: 'http',
        errorCode: 507,
        errorMessage: 'No page could be uploaded for 2 seconds (HTTP 507).',
      },
    });
    expect(database[left]).toEqual([text]);
  });

  it('are given up also when the gateway says nothing of them', async () => {
    const { remote } = await setUpAsync(
      { timings: { uploadPatienceMs: 100 } },
      { onPageCut: () => undefined },
    );
    expect(await remote.run({ text: 'SELECT 1' })).toMatchObject({
      state: 'uploadFailed',
      errorDetails: { errorType: 'http', errorCode: 502 },
    });
  });

  it('go on with the next session, and meanwhile the rows wait in the database', async () => {
    let isOpen = false;
    const { remote, database } = await setUpAsync(
      {},
      { onPageCut: () => (isOpen ? 'upload' : undefined) },
    );
    const { queryId } = remote.enqueue({ text: 'SELECT 20 MB' });
    await until('pages are cut', () => remote.cuts.length >= 2);
    const lost = remote.session;
    lost?.socket.terminate();
    await until('another session', () => remote.session !== lost);
    await until('pages are asked for again', () => remote.cuts.length >= 4);
    expect(new Set(remote.cuts.map(({ pageNumber }) => pageNumber))).toEqual(new Set([1, 2]));
    expect(database.finished).toEqual([]);
    isOpen = true;
    expect(await remote.ended(queryId)).toMatchObject({ state: 'successful', rows: 20 });
    expect(remote.rows(queryId)).toHaveLength(20);
  });

  it('leave the connection free once the database has finished', async () => {
    let isOpen = false;
    const { remote, database } = await setUpAsync(
      { maxConnections: 2 },
      { onPageCut: () => (isOpen ? 'upload' : undefined) },
    );
    const { queryId } = remote.enqueue({ text: 'SELECT 1' });
    await remote.reported(queryId, 'uploading');
    expect(database.finished).toEqual(['SELECT 1']);
    isOpen = true;
    await remote.ended(queryId);
  });
});
