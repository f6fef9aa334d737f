import { existsSync, readFileSync } from 'node:fs';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { DesktopUser } from './support/desktop-user.ts';
import { runCommand } from './support/program.ts';
import { describeOnEveryEngine } from './support/store-engines.ts';
import { OPERATOR_KEY, type System, startSystem } from './support/system.ts';

const DEVICE = 'device-that-a-backup-must-not-tell';
const OWN_SECRET = 'secret-that-its-receiver-knew-already';

/** Everything that lets somebody in, made anew. */
async function makeSecrets(system: System) {
  const { admin, integrator, siteId, linkDir } = system;
  const path = `/admin/integrators/${integrator.id}`;
  const member = async (method: string, below: string, name: string, body?: object) => {
    const asked = { method, path: below, ...(body && { body }) };
    const { json } = await admin.send(asked);
    return (json as Record<string, string>)[name] ?? '';
  };
  const url = 'https://receiver.invalid/hook';
  const rotated = await member('POST', `${path}/keys/secondary`, 'key');
  const made = await member('PUT', `${path}/webhooks/async`, 'secret', { url });
  const next = await member('POST', `${path}/webhooks/async/next-secret`, 'secret');
  await admin.send({
    method: 'PUT',
    path: `${path}/webhooks/registered`,
    body: { url, secret: OWN_SECRET },
  });
  const enrolment = await member('POST', `/admin/sites/${siteId}/enrolment-tokens`, 'token');
  const code = await runCommand(['link', 'pair-code', '--data-dir', linkDir], {});
  const desktop = await DesktopUser.of(system, DEVICE);
  return {
    primaryKey: integrator.primaryKey,
    secondaryKey: integrator.secondaryKey,
    rotated,
    made,
    next,
    enrolment,
    code: code.split('\n')[0] ?? '',
    token: desktop.token,
    identity: readFileSync(`${linkDir}/identity.key`, 'utf8').split('\n')[1] ?? '',
  };
}

/** The bytes of a copy: the files of SQLite, with what is in its log; all rows of PostgreSQL. */
async function copyOf(url: string): Promise<Buffer> {
  if (url.startsWith('sqlite:')) {
    const file = url.slice('sqlite:'.length);
    const files = [file, `${file}-wal`].filter((each) => existsSync(each));
    return Buffer.concat(files.map((each) => readFileSync(each)));
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    const tables = [];
    for (const { name } of rows) tables.push((await client.query(`SELECT * FROM ${name}`)).rows);
    return Buffer.from(JSON.stringify(tables));
  } finally {
    await client.end();
  }
}

describeOnEveryEngine('a copy of the store', (engine) => {
  test('lets nobody in who has not the secret key too', { timeout: 120_000 }, async () => {
    await using store = await engine.createStore();
    const gatewayEnv = { PARHELION_STORE_URL: store.url };
    await using system = await startSystem({ gatewayEnv });
    const secrets = await makeSecrets(system);
    const copy = await copyOf(store.url);
    // It is the right store, and it is read as it should be.
    expect(copy.includes(system.integrator.id)).toBe(true);
    expect(copy.includes('receiver.invalid')).toBe(true);
    for (const [name, secret] of Object.entries({ ...secrets, OWN_SECRET, OPERATOR_KEY, DEVICE })) {
      expect({ name, isThere: secret.length > 5 }).toEqual({ name, isThere: true });
      const forms = [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')];
      const readable = forms.filter((form) => copy.includes(form));
      expect({ name, readable }).toEqual({ name, readable: [] });
    }
    // The private halves of the keys that sign tokens.
    expect(copy.toString('latin1')).not.toMatch(/"d":|PRIVATE KEY/);
  });
});
