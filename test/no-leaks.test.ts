import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CANARIES } from './support/canaries.ts';
import { requireNoLeaks } from './support/leaks.ts';
import { untilBusy, untilIdle } from './support/process-tree.ts';
import { rowsOf } from './support/query-client.ts';
import { ENDLESS_READ } from './support/statements.ts';
import { startSystem } from './support/system.ts';

test('nothing of what callers and practices say gets into a log', {
  timeout: 120_000,
}, async () => {
  await using system = await startSystem({
    gatewayEnv: { PARHELION_LOG_LEVEL: 'debug', PARHELION_IMMEDIATE_EXECUTION_LIMIT_MS: '1500' },
    linkEnv: { PARHELION_LOG_LEVEL: 'debug' },
  });
  const { queries, http } = system;
  const withCanary = (text: string) => ({
    command: {
      text,
      parameters: [{ name: '@v', type: 'NVarChar', value: CANARIES.inParameter } as const],
    },
  });
  const write = `UPDATE Patients SET Surname = '${CANARIES.inRow}' WHERE InternalID = 1`;
  expect((await queries.nonQuery(write)).status).toBe(200);
  const read = await queries.run('SELECT Surname FROM Patients WHERE InternalID = 1');
  expect(rowsOf(read)).toEqual([{ Surname: CANARIES.inRow }]);
  const echoed = await queries.run(withCanary(`SELECT @v AS v, '${CANARIES.inText}' AS t`));
  expect(rowsOf(echoed)).toEqual([{ v: CANARIES.inParameter, t: CANARIES.inText }]);

  const failing = [
    withCanary(`SELECT ${CANARIES.inName} FROM Patients WHERE Surname = @v`),
    withCanary(`SELEKT '${CANARIES.inText}' @v`),
    withCanary(`SELECT CAST('${CANARIES.inText}' AS int) + CAST(@v AS int)`),
    withCanary(`INSERT INTO Patients (InternalID, Surname) VALUES (1, '${CANARIES.inText}')`),
    { command: { text: CANARIES.inName, type: 'storedProcedure' as const } },
    {
      command: {
        text: 'SELECT @v AS v',
        parameters: [{ name: '@v', type: 'Int', value: CANARIES.inParameter } as const],
      },
    },
    { command: { text: 'SELECT 1' }, catalogue: CANARIES.inName },
    withCanary(`${ENDLESS_READ} WHERE a.Surname <> '${CANARIES.inText}'`),
  ];
  for (const query of failing) await queries.run(query);
  expect((await http.post(queries.path, `{"command":"${CANARIES.inBody}`)).status).toBe(400);
  expect((await http.get(`/integrator/sites/${CANARIES.inPath}?a=${CANARIES.inPath}`)).status).toBe(
    404,
  );
  await http.get(`/integrator/sites?practiceManagementSiteId=${CANARIES.inPath}`);
  await http.get(`/${CANARIES.inPath}`);
  await http.get('/healthz', { 'ocp-apim-subscription-key': CANARIES.inName });

  const answer = queries.run(withCanary(`${ENDLESS_READ} WHERE a.Surname <> @v`));
  const [busy = 0] = await untilBusy(system.link.pid);
  process.kill(busy, 'SIGKILL');
  await answer;
  await untilIdle(system.link.pid);
  await system.untilAnswering();
  await system.link.stop();
  await system.gateway.stop();

  const logs = system.gateway.output + system.link.output;
  expect(logs).toContain('query succeeded');
  expect(logs).toContain('query failed');
  for (const canary of Object.values(CANARIES)) expect(logs).not.toContain(canary);
  const { primaryKey, secondaryKey } = system.integrator;
  for (const key of [primaryKey, secondaryKey]) expect(logs).not.toContain(key);

  // The store keeps the database's words about a failure for a day, and nothing else of a query.
  const dataDir = system.gatewayDir;
  const stored = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
  for (const canary of [CANARIES.inRow, CANARIES.inBody, CANARIES.inPath, primaryKey]) {
    expect(stored.includes(canary)).toBe(false);
  }
});

test('a program that says what it must not say is noticed', () => {
  const said = `{"level":30,"msg":"query","text":"SELECT '${CANARIES.inText}'"}`;
  expect(() => requireNoLeaks(['gateway'], said)).toThrow(CANARIES.inText);
  expect(() => requireNoLeaks(['link', 'run'], said)).toThrow(CANARIES.inText);
  // What a command shows to the person who called it is theirs.
  expect(() => requireNoLeaks(['query', 'SELECT 1'], said)).not.toThrow();
  expect(() => requireNoLeaks(['gateway'], '{"level":30,"msg":"answered"}')).not.toThrow();
});
