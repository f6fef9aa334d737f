import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, readAll, send, setUp } from '../../../test/support/link-setup.ts';
import {
  type TemporaryCatalogues,
  temporaryCatalogues,
} from '../../sql/drivers/sqlite/testing/temporary-catalogues.ts';

const COUNT = 'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r LIMIT';

let files: TemporaryCatalogues;
beforeAll(() => {
  files = temporaryCatalogues({
    Clinic: 'CREATE TABLE Patients(ID INTEGER PRIMARY KEY, Name TEXT NOT NULL);',
    Images: 'CREATE TABLE Scans(ID INTEGER PRIMARY KEY);',
  });
});
afterAll(() => files[Symbol.dispose]());

async function live() {
  const catalogues = [
    { name: 'Clinic', isDefault: true },
    { name: 'Images', isDefault: false },
  ];
  const { gateway, link } = await setUp({}, { driver: files.driver, catalogues });
  return { gateway, link, session: await gateway.session() };
}

it('writes to and reads from a real database', async () => {
  const { session } = await live();
  const parameters = [{ name: '@name', type: 'NVarChar' as const, value: 'Ng' }];
  const text = 'INSERT INTO Patients(Name) VALUES (@name)';
  const insert = await ask(session, { text, parameters, executionMode: 'nonQuery' });
  expect(insert.frame).toMatchObject({ type: 'result', rowsAffected: 1 });
  const { body } = await ask(session, { text: 'SELECT * FROM Patients' });
  expect(body?.toString()).toBe('[{"ID":1,"Name":"Ng"}]');
  const other = await ask(session, { text: 'SELECT * FROM Scans' }, { catalogue: 'Images' });
  expect(other.body?.toString()).toBe('[]');
});

it('streams a large result', async () => {
  const { gateway, session } = await live();
  const query = send(session, { text: `${COUNT} 100000) SELECT n FROM r` });
  const bytes = await readAll(await gateway.dataChannel(), query.streamId);
  expect(JSON.parse(bytes.toString())).toHaveLength(100_000);
  const { frame } = await session.outcome(query.queryId);
  expect(frame).toMatchObject({ rows: 100_000, size: bytes.length });
});

it('stops what runs for ever at its limit, when cancelled and at the end, and goes on', async () => {
  const { session, link } = await live();
  const text = `${COUNT} -1) SELECT max(n) FROM r`;
  const limited = await ask(session, { text }, { executionLimitMs: 50 });
  expect(limited.frame).toMatchObject({ reason: 'limit', errorDetails: { errorCode: 1003 } });
  const { queryId } = send(session, { text });
  await expect.poll(() => link.status().counters.queriesRunning).toBe(1);
  session.send({ type: 'cancel', queryId });
  expect((await session.outcome(queryId)).frame).toMatchObject({ reason: 'cancelled' });
  const { body } = await ask(session, { text: 'SELECT 1 AS one' });
  expect(body?.toString()).toBe('[{"one":1}]');
  const last = send(session, { text });
  await expect.poll(() => link.status().counters.queriesRunning).toBe(1);
  await link.stop();
  const { frame } = await session.outcome(last.queryId);
  expect(frame).toMatchObject({ type: 'failure', errorDetails: { errorType: 'haloLink' } });
});
