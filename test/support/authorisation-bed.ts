import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader, type JWTHeaderParameters, SignJWT } from 'jose';
import type { DesktopTokens } from '../../src/gateway/desktop/index.ts';
import { createSites } from '../../src/gateway/sites/index.ts';
import { type Database, openDatabase } from '../../src/gateway/store/index.ts';
import { DisposalStack } from '../../src/lib/disposal.ts';
import { createIdentityKey, publicKeyText } from '../../src/link/config/identity-key.ts';
import { plant } from './canaries.ts';
import { DesktopUser, tokenForm } from './desktop-user.ts';
import { TempFolder } from './dev-system.ts';
import type { Names } from './documented-operations.ts';
import { HttpClient } from './http-client.ts';
import { queryOf } from './query-client.ts';
import { RegisteredClient } from './registered-client.ts';
import {
  asIntegrator,
  createIntegrator,
  createPairedSite,
  createSite,
  type IntegratorKeys,
  OPERATOR_KEY,
  type System,
  startGateway,
  startSystem,
} from './system.ts';
import { until } from './until.ts';

const OWNER_DEVICE = 'reception-of-the-owner';
const SECOND_DEVICE = 'second-device-of-the-owner';
const LOST_DEVICE = 'lost-device-of-the-owner';
const ROW = 'RowThatOnlyItsOwnerMayRead';
const WRITE = "UPDATE Patients SET Surname = 'ChangedByTheMatrix' WHERE InternalID = 1";

/** Where nobody who is refused may have left a trace, and what of it stands still by itself. */
const WATCHED = [
  'SELECT * FROM integrators ORDER BY id',
  'SELECT integrator_id, slot, key_hash, revoked_at FROM subscription_keys ORDER BY 1, 2',
  'SELECT id, status, authoritative, requires_code FROM sites ORDER BY id',
  'SELECT * FROM pairings ORDER BY integrator_id, site_id',
  'SELECT * FROM pairing_codes ORDER BY code_hash',
  'SELECT * FROM enrolment_tokens ORDER BY token_hash',
  'SELECT * FROM link_identities ORDER BY id',
  'SELECT * FROM webhooks ORDER BY id',
  'SELECT * FROM token_revocations ORDER BY sequence',
  'SELECT id, status FROM registered_queries ORDER BY id',
];

/** A gateway and a link, and everybody who might call: their keys, tokens, sites and queries by name. */
export class AuthorisationBed implements AsyncDisposable {
  readonly system: System;
  readonly names: Names;
  readonly #database: Database;
  readonly #stack: DisposalStack;

  /** Built by {@link openAuthorisationBed}. */
  constructor(system: System, names: Names, database: Database, stack: DisposalStack) {
    this.system = system;
    this.names = names;
    this.#database = database;
    this.#stack = stack;
  }

  /** All that a refused caller could have changed in the store, as one text. */
  async storeState(): Promise<string> {
    const tables: unknown[] = [];
    for (const sql of WATCHED) tables.push(await this.#database.all(sql));
    const refused = [this.names['refusedId'] ?? '', this.names['readerId'] ?? ''];
    tables.push(
      await this.#database.all(
        'SELECT id, status FROM queries WHERE integrator_id NOT IN (?, ?) ORDER BY id',
        refused,
      ),
    );
    return JSON.stringify(tables);
  }

  /** Whether one of the commands of refused callers has reached the practice's database. */
  async hasChangedThePractice(): Promise<boolean> {
    const sql = "SELECT COUNT(*) AS n FROM Patients WHERE Surname = 'ChangedByTheMatrix'";
    return (await this.system.queries.scalar(sql)) !== 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack[Symbol.asyncDispose]();
  }
}

interface Built {
  readonly system: System;
  readonly storeUrl: string;
  readonly database: Database;
  readonly stack: DisposalStack;
}

export async function openAuthorisationBed(): Promise<AuthorisationBed> {
  const stack = new DisposalStack();
  try {
    const folder = stack.use(new TempFolder()).path;
    const storeUrl = `sqlite:${join(folder, 'store.db')}`;
    const gatewayEnv = { PARHELION_STORE_URL: storeUrl, PARHELION_DESKTOP_CLOCK_SKEW_MS: '0' };
    const system = stack.use(await startSystem({ gatewayEnv }));
    await offerFhir(system);
    const database = stack.use(await openDatabase(storeUrl));
    const built: Built = { system, storeUrl, database, stack };
    const integrators = await createIntegrators(built);
    const sites = await createOtherSites(built, integrators['otherId'] ?? '');
    const names: Names = { ...integrators, ...sites };
    const desktops = await createDesktops(built, names);
    const queries = await createQueries(built, desktops.owner);
    await endPairingOf(built, names['formerId'] ?? '');
    await removeSite(built, sites.removedSiteId);
    const all = { ...names, ...desktops.names, ...queries, ...(await constants(built)) };
    plant(...Object.entries(all).flatMap(([name, value]) => (isSecret(name) ? [value] : [])));
    return new AuthorisationBed(system, all, database, stack);
  } catch (error) {
    await stack[Symbol.asyncDispose]();
    throw error;
  }
}

/** The site's link again, with FHIR. */
async function offerFhir(system: System): Promise<void> {
  await system.link.stop();
  const path = join(system.linkDir, 'link.json');
  const config = JSON.parse(readFileSync(path, 'utf8')) as object;
  const fhir = { mapping: 'demo-practice', timeZone: 'Australia/Sydney' };
  writeFileSync(path, JSON.stringify({ ...config, fhir }));
  system.link = system.startLink();
  await system.untilAnswering();
}

/** Names of what lets somebody in. */
export const isSecret = (name: string) => /Key$|Token$|Secret$/.test(name);

async function createIntegrators({ system }: Built): Promise<Record<string, string>> {
  const { admin, siteId, integrator, linkDir } = system;
  const names: Record<string, string> = { ownerId: integrator.id, ownerKey: integrator.primaryKey };
  const add = async (name: string, { isPaired }: { isPaired: boolean }) => {
    const made: IntegratorKeys = await createIntegrator(admin, `The ${name} of the matrix`);
    if (isPaired) {
      await admin.send({ method: 'PUT', path: `/admin/sites/${siteId}/pairings/${made.id}` });
    }
    names[`${name}Id`] = made.id;
    names[`${name}Name`] = `The ${name} of the matrix`;
    names[`${name}Key`] = made.primaryKey;
    return made;
  };
  await add('other', { isPaired: false });
  await add('unpaired', { isPaired: false });
  for (const name of ['neighbour', 'former', 'limited', 'refused', 'reader']) {
    await add(name, { isPaired: true });
  }
  const settings = `/admin/integrators/${names['limitedId']}/settings`;
  await admin.send({ method: 'PUT', path: settings, body: { allowedAddresses: ['203.0.113.7'] } });
  const ended = await add('ended', { isPaired: true });
  const keys = `/admin/integrators/${ended.id}/keys`;
  await admin.send({ method: 'DELETE', path: `${keys}/primary` });
  await admin.post(`${keys}/secondary`);
  names['revokedKey'] = ended.primaryKey;
  names['rotatedKey'] = ended.secondaryKey;
  writeFileSync(
    join(linkDir, 'policy.json'),
    JSON.stringify({
      refusedIntegrators: [names['refusedId']],
      readOnlyIntegrators: [names['readerId']],
    }),
  );
  return names;
}

async function createOtherSites({ system }: Built, otherId: string) {
  const { admin, integrator, pmsId } = system;
  const otherSiteId = await createPairedSite(admin, 'ZM-OF-OTHERS', otherId);
  const secondSiteId = await createPairedSite(admin, 'ZM-SECOND', integrator.id);
  const removedSiteId = await createPairedSite(admin, 'ZM-REMOVED', integrator.id);
  const rival = await admin.post('/admin/sites', {
    practiceManagementName: 'Best Practice',
    practiceManagementSiteId: pmsId,
  });
  const { id: rivalSiteId } = rival.json as { id: string };
  await admin.send({
    method: 'PUT',
    path: `/admin/sites/${rivalSiteId}/pairings/${integrator.id}`,
  });
  return { otherSiteId, secondSiteId, removedSiteId, rivalSiteId, removedPmsId: 'ZM-REMOVED' };
}

async function endPairingOf({ system }: Built, integratorId: string): Promise<void> {
  const path = `/admin/sites/${system.siteId}/pairings/${integratorId}`;
  await system.admin.send({ method: 'DELETE', path });
}

/** No operation does that yet. The gateway sees what another one has changed after a second. */
async function removeSite({ database, system }: Built, siteId: string): Promise<void> {
  const clock = { now: Date.now };
  await using sites = createSites({
    database,
    clock,
    unreachableAfterMs: 120_000,
    silenceCountsFrom: clock.now(),
    onFlushFailed: () => {},
  });
  await sites.registry.setStatus(siteId, 'removed');
  await until('the gateway sees that the site is removed', async () => {
    const { json } = await system.http.get(`/integrator/sites/${siteId}`);
    return (json as { status: string }).status === 'removed';
  });
}

async function createDesktops(built: Built, names: Names) {
  const { system } = built;
  const named = (name: string) => names[name] ?? '';
  const of = (key: string, siteId: string, deviceId: string) => {
    const form = tokenForm({ siteId }, { device_id: deviceId });
    return DesktopUser.from(asIntegrator(system.url, named(key)), form, deviceId, siteId);
  };
  const { siteId } = system;
  const owner = await of('ownerKey', siteId, OWNER_DEVICE);
  const tokens = {
    secondToken: await of('ownerKey', siteId, SECOND_DEVICE),
    neighbourToken: await of('neighbourKey', siteId, OWNER_DEVICE),
    formerToken: await of('formerKey', siteId, OWNER_DEVICE),
    refusedToken: await of('refusedKey', siteId, OWNER_DEVICE),
    otherToken: await of('otherKey', named('otherSiteId'), 'device-of-others'),
    rivalToken: await of('ownerKey', named('rivalSiteId'), OWNER_DEVICE),
    removedToken: await of('ownerKey', named('removedSiteId'), OWNER_DEVICE),
    revokedToken: await of('ownerKey', siteId, LOST_DEVICE),
  };
  await system.admin.post('/admin/token-revocations', { deviceId: LOST_DEVICE });
  const issued = Object.entries(tokens).map(([name, { token }]) => [name, token] as const);
  return {
    owner,
    names: {
      ownerToken: owner.token,
      ownerDevice: OWNER_DEVICE,
      secondDevice: SECOND_DEVICE,
      otherDevice: 'device-of-others',
      lostDevice: LOST_DEVICE,
      ...(Object.fromEntries(issued) as Record<keyof typeof tokens, string>),
      expiredToken: await expiredToken(built),
      ...(await forgedTokens(built, owner.token, named('secondSiteId'))),
    },
  };
}

/** From another gateway of the store, whose tokens live for a second. */
async function expiredToken({ system, storeUrl }: Built): Promise<string> {
  using folder = new TempFolder();
  const { program, url } = await startGateway({
    PARHELION_STORE_URL: storeUrl,
    PARHELION_DATA_DIR: folder.path,
    PARHELION_DESKTOP_TOKEN_TTL_S: '1',
  });
  await using _gateway = program;
  const http = asIntegrator(url, system.integrator.primaryKey);
  const form = tokenForm(system, { device_id: OWNER_DEVICE });
  const user = await DesktopUser.from(http, form, OWNER_DEVICE, system.siteId);
  const ended = user.at(system.url);
  await until('the token expires', async () => {
    const answer = await ended.getQuery(system.siteId);
    return answer.status === 401;
  });
  return user.token;
}

type Claims = Parameters<DesktopTokens['issue']>;

async function forgedTokens({ system }: Built, token: string, otherSiteId: Claims[1]) {
  const { keys } = (await new HttpClient(system.url).get('/.well-known/jwks.json')).json as {
    keys: { kid: string; x: string }[];
  };
  const { kid, typ } = decodeProtectedHeader(token);
  const [head = '', payload = '', signature = ''] = token.split('.');
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const confused = `${encode({ alg: 'HS256', typ, kid })}.${payload}`;
  const secret = JSON.stringify(keys.find((each) => each.kid === kid));
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const header = { alg: 'ES256', typ, kid } as JWTHeaderParameters;
  return {
    unsignedToken: `${encode({ alg: 'none', typ, kid })}.${payload}.AAAA`,
    confusedToken: `${confused}.${createHmac('sha256', secret).update(confused).digest('base64url')}`,
    strangerToken: await new SignJWT(decodeJwt(token)).setProtectedHeader(header).sign(privateKey),
    changedToken: `${head}.${encode({ ...decodeJwt(token), site: otherSiteId })}.${signature}`,
  };
}

async function createQueries({ system }: Built, owner: DesktopUser) {
  const text = `SELECT '${ROW}' AS Word`;
  const path = `/integrator/sites/${system.siteId}/queries`;
  const queryId = await finishedQuery(system.http, path, text);
  const desktopQueryId = await finishedQuery(owner.http, owner.path('').slice(0, -1), text);
  const page = await system.http.get(`${path}/${queryId}/results/1`);
  const registered = new RegisteredClient(system.http, system.siteId);
  const registeredId = await registered.create(text, { frequency: 3_600 });
  const desktopPath = owner.path('registered');
  const desktop = await owner.http.post(desktopPath, JSON.parse(registeredBody(text)) as object);
  const { id: desktopRegisteredId } = desktop.json as { id: string };
  await until('both registered queries have a result', async () => {
    const ofDesktop = await owner.http.get(`${desktopPath}/${desktopRegisteredId}/results`);
    return ofDesktop.status === 200 && (await registered.result(registeredId)).status === 200;
  });
  const { data: rowsInBase64 } = page.json as { data: string };
  return { queryId, desktopQueryId, registeredId, desktopRegisteredId, row: ROW, rowsInBase64 };
}

async function finishedQuery(http: HttpClient, path: string, text: string): Promise<string> {
  const answer = await http.post(`${path}/async`, { command: { text } });
  const { id } = queryOf(answer);
  await until('the query of the owner is successful', async () => {
    return queryOf(await http.get(`${path}/${id}`)).status === 'successful';
  });
  return id;
}

const registeredBody = (text: string) =>
  JSON.stringify({
    name: 'registered by the matrix',
    registeredQueryType: 'query',
    frequency: 3_600,
    duration: 3_600,
    registerCommand: { command: { text } },
  });

/** What is not made by anybody. The commands write, so that one that slips through shows. */
async function constants({ system }: Built) {
  const { admin, siteId, pmsId, integrator } = system;
  const tokenPath = `/admin/sites/${await createSite(admin, 'ZM-TO-ENROL')}/enrolment-tokens`;
  const issue = async () => ((await admin.post(tokenPath)).json as { token: string }).token;
  const usedEnrolmentToken = await issue();
  const publicKey = publicKeyText(createIdentityKey());
  await new HttpClient(system.url).post('/link/enrol', { token: usedEnrolmentToken, publicKey });
  return {
    usedEnrolmentToken,
    enrolmentToken: await issue(),
    publicKey,
    adminKey: OPERATOR_KEY,
    unknownKey: randomBytes(32).toString('hex'),
    webhookSecret: randomBytes(24).toString('hex'),
    siteId,
    pmsId,
    practiceName: 'Test Practice',
    integratorId: integrator.id,
    ownerName: 'First integrator',
    unknownSiteId: '0199b1c0-0000-7000-8000-000000000001',
    deliveryId: '0199b1c0-0000-7000-8000-000000000002',
    pageNumber: '1',
    slot: 'secondary',
    source: 'async',
    immediateBody: JSON.stringify({ command: { text: WRITE } }),
    registeredBody: registeredBody(WRITE),
    soon: new Date(Date.now() + 3_600_000).toISOString(),
  };
}
