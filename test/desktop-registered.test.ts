import { expect, test } from 'vitest';
import { DesktopUser } from './support/desktop-user.ts';
import { startSystem } from './support/system.ts';
import { until } from './support/until.ts';

const body = {
  name: 'Waiting room',
  registeredQueryType: 'query',
  frequency: 60,
  duration: 600,
  registerCommand: { command: { text: 'SELECT 1 AS n' } },
};

test('registered queries of a desktop: 201, its own list, its result, and nobody else’s', async () => {
  await using system = await startSystem();
  const [desktop, other] = [await DesktopUser.of(system, 'a'), await DesktopUser.of(system, 'b')];
  const created = await desktop.http.post(desktop.path('registered'), body);
  expect(created.status).toBe(201);
  const { id } = created.json as { id: string };
  expect(created.json).toEqual({ id });
  const ofIntegrator = `/integrator/sites/${system.siteId}/queries/registered`;
  expect((await system.http.post(ofIntegrator, body)).status).toBe(202);

  const idsAt = async (http: DesktopUser['http'], path: string) => {
    const { json } = await http.get(path);
    const { registeredQueries } = json as { registeredQueries: readonly { id: string }[] };
    return registeredQueries.map((query) => query.id);
  };
  expect(await idsAt(desktop.http, desktop.path('registered'))).toEqual([id]);
  expect(await idsAt(other.http, other.path('registered'))).toEqual([]);
  expect(await idsAt(system.http, ofIntegrator)).toHaveLength(2);

  const result = await until('the first result is there', async () => {
    const answer = await desktop.http.get(desktop.path(`registered/${id}/results`));
    return answer.status === 200 ? answer : undefined;
  });
  expect(result.json).toMatchObject({ rows: 1, parameters: null });
  for (const path of [`registered/${id}`, `registered/${id}/results`]) {
    expect((await desktop.http.get(desktop.path(path))).status).toBe(200);
    expect((await other.http.get(other.path(path))).status).toBe(404);
  }
  const cancel = { method: 'DELETE', path: desktop.path(`registered/${id}`) };
  expect((await other.http.send(cancel)).status).toBe(404);
  expect((await desktop.http.send(cancel)).status).toBe(204);
  const { json } = await desktop.http.get(desktop.path(`registered/${id}`));
  expect(json).toMatchObject({ status: 'cancelled' });
}, 90_000);
