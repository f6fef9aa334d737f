import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { single } from '../../../../test/support/tds-peer/answers.ts';
import { kinds } from '../../../../test/support/tds-peer/column-kinds.ts';
import { run, startPeerBed, text } from '../../../../test/support/tds-peer/peer-bed.ts';
import { TEST_CERTIFICATE_FILE } from '../../../../test/support/tds-peer/tls-in-tds.ts';
import { createMssqlDriver } from './create-mssql-driver.ts';
import { MssqlOptions } from './options.ts';

const certificate = new X509Certificate(readFileSync(TEST_CERTIFICATE_FILE));
const sha256 = createHash('sha256').update(certificate.raw).digest('hex');
const handler = () => [single(kinds.int, 1)];

describe('logging in', () => {
  it('sends user, password and database', async () => {
    await using bed = await startPeerBed(
      { databases: ['BPSPatients'] },
      {
        catalogues: [{ name: 'Practice', database: 'BPSPatients', isDefault: true }],
      },
    );
    await using connection = await bed.connect();
    expect(connection.isUsable).toBe(true);
    expect(bed.peer.seen.logins).toMatchObject([
      { user: 'link', password: 'secret', database: 'BPSPatients', appName: 'Parhelion' },
    ]);
  });

  it('with a wrong password fails once, with the number and the text of SQL Server', async () => {
    await using bed = await startPeerBed({ password: 'other' });
    await expect(bed.connect()).rejects.toMatchObject({
      kind: 'connection',
      errorType: 'mssql',
      errorCode: 18_456,
      message: "Login failed for user 'link'.",
    });
    expect(bed.peer.connectionsMade).toBe(1);
    await expect.poll(() => bed.peer.connections).toBe(0);
  });

  it('to a database that is missing fails with 4060, which comes before 18456', async () => {
    await using bed = await startPeerBed({ databases: [] });
    await expect(bed.connect()).rejects.toMatchObject({
      kind: 'connection',
      errorType: 'mssql',
      errorCode: 4060,
      message: 'Cannot open database "Practice" requested by the login. The login failed.',
    });
    expect(bed.peer.connectionsMade).toBe(1);
  });

  it('to a catalogue that is not configured fails with 4060 as well', async () => {
    await using bed = await startPeerBed();
    const connecting = createMssqlDriver(bed.options).connect({
      catalogue: 'Nothing',
      signal: new AbortController().signal,
    });
    await expect(connecting).rejects.toMatchObject({ errorType: 'mssql', errorCode: 4060 });
    expect(bed.peer.connectionsMade).toBe(0);
  });

  it('with NTLM answers the challenge for the account given', async () => {
    await using bed = await startPeerBed(
      { handler },
      {
        authentication: { type: 'ntlm', domain: 'clinic', user: 'link', password: 'secret' },
      },
    );
    await using connection = await bed.connect();
    expect((await run(connection, text('SELECT 1'))).sets[0]?.rows).toEqual([[1]]);
    expect(bed.peer.seen.ntlmAnswers).toMatchObject([{ domain: 'CLINIC', user: 'link' }]);
    expect(bed.peer.seen.ntlmAnswers[0]?.proofBytes).toBe(16);
  });
});

describe('encryption', () => {
  const pinned = (value: string) =>
    ({ encrypt: 'required', certificate: { trust: 'pinned', sha256: value } }) as const;

  it.each(['on', 'required'] as const)(
    'that the server has %s carries login and results',
    async (encryption) => {
      await using bed = await startPeerBed({ handler, encryption }, pinned(sha256));
      await using connection = await bed.connect();
      expect((await run(connection, text('SELECT 1'))).sets[0]?.rows).toEqual([[1]]);
    },
  );

  it('takes a pin as certificate tools print it', async () => {
    const printed = certificate.fingerprint256;
    await using bed = await startPeerBed({ handler, encryption: 'on' }, pinned(printed));
    await using connection = await bed.connect();
    expect(connection.isUsable).toBe(true);
  });

  it('with another certificate than the pinned one ends before the password is sent', async () => {
    await using bed = await startPeerBed({ encryption: 'on' }, pinned('00'.repeat(32)));
    await expect(bed.connect()).rejects.toMatchObject({
      kind: 'connection',
      errorCode: 1004,
      message: expect.stringContaining(`not the pinned one: its SHA-256 is ${sha256}`),
    });
    expect(bed.peer.seen.logins).toEqual([]);
    await expect.poll(() => bed.peer.connections).toBe(0);
  });

  it('that is required is not given up: no password goes out in clear text', async () => {
    await using bed = await startPeerBed({ encryption: 'off' }, pinned(sha256));
    await expect(bed.connect()).rejects.toThrow('does not offer encryption');
    expect(bed.peer.seen.logins).toEqual([]);
  });

  it('with a certificate of an authority that is named is trusted, and of others is not', async () => {
    const ca = { trust: 'ca', file: fileURLToPath(TEST_CERTIFICATE_FILE) } as const;
    const encrypted = { encrypt: 'required', server: 'localhost' } as const;
    await using bed = await startPeerBed(
      { handler, encryption: 'on' },
      { ...encrypted, certificate: ca },
    );
    await using connection = await bed.connect();
    expect(connection.isUsable).toBe(true);
    await using strict = await startPeerBed({ handler, encryption: 'on' }, encrypted);
    await expect(strict.connect()).rejects.toThrow(
      /certificate of SQL Server at localhost.* is not trusted: self-signed certificate/,
    );
    expect(strict.peer.seen.logins).toEqual([]);
  });

  it('with any certificate works where that was chosen', async () => {
    await using bed = await startPeerBed(
      { handler, encryption: 'on' },
      { encrypt: 'required', certificate: { trust: 'any' } },
    );
    await using connection = await bed.connect();
    expect(connection.isUsable).toBe(true);
  });

  it('that the server insists on is named when the link has it off', async () => {
    await using bed = await startPeerBed({ encryption: 'required' });
    await expect(bed.connect()).rejects.toThrow('accepts encrypted connections only');
  });

  it('with a file of authorities that is missing says so', async () => {
    await using bed = await startPeerBed(
      { encryption: 'on' },
      {
        encrypt: 'required',
        certificate: { trust: 'ca', file: '/nowhere/ca.pem' },
      },
    );
    await expect(bed.connect()).rejects.toThrow('/nowhere/ca.pem cannot be read');
  });

  it('of a large result in both directions', async () => {
    const value = 'ü'.repeat(3_000_000);
    await using bed = await startPeerBed(
      {
        handler: (request) => [single(kinds.nvarcharMax, request.parameters[0]?.value)],
        encryption: 'on',
      },
      pinned(sha256),
    );
    await using connection = await bed.connect();
    const { sets } = await run(
      connection,
      text('SELECT @v', [{ name: '@v', direction: 'input', typeName: 'NVarChar', value }]),
    );
    expect(sets[0]?.rows[0]?.[0] === value).toBe(true);
  });
});

describe('a server that cannot be reached', () => {
  it('because nothing listens is refused, in a plain sentence', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await using bed = await startPeerBed({}, { port });
    await expect(bed.connect()).rejects.toMatchObject({
      kind: 'connection',
      errorType: 'haloLink',
      errorCode: 1004,
      message: `SQL Server at 127.0.0.1:${port} refused the connection: nothing listens there.`,
    });
  });

  it('because its name is unknown says that', async () => {
    await using bed = await startPeerBed({}, { server: 'no-such-host.invalid' });
    await expect(bed.connect()).rejects.toThrow(/could not be found/);
  });

  it.each(['prelogin', 'login'] as const)(
    'because it is silent at the %s times out, and is let go',
    async (silentAt) => {
      await using bed = await startPeerBed({ silentAt }, { connectTimeoutMs: 200 });
      await expect(bed.connect()).rejects.toThrow(
        `SQL Server at 127.0.0.1:${bed.peer.port} did not answer in time.`,
      );
      await expect.poll(() => bed.peer.connections).toBe(0);
    },
  );

  it.each(['prelogin', 'login'] as const)(
    'is no longer waited for once nobody wants it (%s)',
    async (silentAt) => {
      await using bed = await startPeerBed({ silentAt });
      const caller = new AbortController();
      const connecting = bed.connect(caller.signal);
      connecting.catch(() => {});
      await expect.poll(() => bed.peer.connections).toBe(1);
      caller.abort();
      await expect(connecting).rejects.toMatchObject({ kind: 'cancelled' });
      await expect.poll(() => bed.peer.connections).toBe(0);
    },
  );
});

describe('the options', () => {
  it('are checked: a pin must be a SHA-256, and what is unknown is refused', async () => {
    await using bed = await startPeerBed();
    const { options } = bed;
    const certificateOf = (value: string) => ({ trust: 'pinned', sha256: value });
    expect(Check(MssqlOptions, options)).toBe(true);
    expect(Check(MssqlOptions, { ...options, certificate: certificateOf(sha256) })).toBe(true);
    expect(Check(MssqlOptions, { ...options, certificate: certificateOf('abc') })).toBe(false);
    expect(Check(MssqlOptions, { ...options, pasword: 'x' })).toBe(false);
  });
});
