import { afterAll, describe, expect, test } from 'vitest';
import { readIdentityKey } from '../src/link/config/identity-key.ts';
import callers from './authorisation/callers.json' with { type: 'json' };
import classes from './authorisation/classes.json' with { type: 'json' };
import { isSecret, openAuthorisationBed } from './support/authorisation-bed.ts';
import { TempFolder } from './support/dev-system.ts';
import {
  documentedOperations,
  fillInAll,
  type Names,
  OPERATIONS,
  type Operation,
  requestOf,
} from './support/documented-operations.ts';
import { type Answer, HttpClient } from './support/http-client.ts';
import { type Signer, signedBody } from './support/signed-bodies.ts';
import { startGateway } from './support/system.ts';

interface Caller {
  readonly door: string;
  readonly who: string;
  readonly headers: Names;
  /** Status by operation, class or `*`; what is in none does not apply. */
  readonly expects: Readonly<Record<string, number>>;
  /** Names that mean something else for this caller. */
  readonly target: Names;
  /** Names of what it may read because it is its own. */
  readonly knows: readonly string[];
}

/** Every name of a caller is one shape; JSON gives each entry a type of its own. */
const CALLERS = callers as unknown as readonly Caller[];

// The cases are made of the gateway's own document, so it has to run before they are known.
const bed = await openAuthorisationBed();
const { system, names } = bed;
const nobody = new HttpClient(system.url);
const operations = await documentedOperations(nobody);
const identity = await readIdentityKey(system.linkDir);
afterAll(() => bed[Symbol.asyncDispose]());

const DOORS: readonly (readonly [door: string, prefix: string])[] = [
  ['integrator', '/integrator/'],
  ['desktop', '/desktop/'],
  ['operator', '/admin/'],
  ['link', '/link/'],
];

const doorOf = ({ path }: Operation) =>
  DOORS.find(([, prefix]) => path.startsWith(prefix))?.[0] ?? 'public';

const classOf = ({ id }: Operation) => OPERATIONS[id]?.class ?? '';

function send(operation: Operation, caller: Pick<Caller, 'headers' | 'target'>): Promise<Answer> {
  const called: Names = { ...names, ...fillInAll(caller.target, names) };
  const request = requestOf(operation, called);
  const facts = OPERATIONS[operation.id];
  const signer = (caller.target['signer'] ?? 'site') as Signer;
  return nobody.send({
    ...request,
    ...(facts?.class === 'signed' && { body: signedBody(facts, signer, identity, called) }),
    headers: { ...request.headers, ...fillInAll(caller.headers, names) },
  });
}

/** What the caller has not said itself and must not be told: ids, names, keys and data of others. */
function requireNothingOfOthers(answer: Answer, operation: Operation, caller: Caller): void {
  const {
    path,
    body = '',
    headers,
  } = requestOf(operation, {
    ...names,
    ...fillInAll(caller.target, names),
  });
  const said = JSON.stringify([path, body, headers, fillInAll(caller.headers, names)]);
  const told = answer.text + JSON.stringify(answer.headers);
  const leaked = Object.entries(names)
    .filter(([name, value]) => isPrivate(name) && value.length > 3 && told.includes(value))
    .filter(([name, value]) => !said.includes(value) && !caller.knows.includes(name));
  expect(leaked).toEqual([]);
}

const isPrivate = (name: string) =>
  isSecret(name) || /Id$|Name$|^row|Device$/.test(name) || name === 'registeredBody';

/** Errors of FHIR are an OperationOutcome, all others the envelope. */
function requireErrorBody({ status, json }: Answer, { path }: Operation): void {
  const ofFhir = { resourceType: 'OperationOutcome' };
  const envelope = { error: { status, message: expect.stringMatching(/\S/) } };
  expect(json).toMatchObject(path.includes('/fhir/') ? ofFhir : envelope);
}

describe('the classification', () => {
  test('knows every operation of the OpenAPI document, and no other', () => {
    const documented = operations.map(({ id }) => id).toSorted();
    expect(Object.keys(OPERATIONS).toSorted()).toEqual(documented);
  });

  test('gives each operation a class that is described', () => {
    const unknown = operations.filter((operation) => !(classOf(operation) in classes));
    expect(unknown).toEqual([]);
  });

  test('expects something of each kind of caller, and nothing of what is not there', () => {
    const known = new Set(['*', ...Object.keys(classes), ...operations.map(({ id }) => id)]);
    const doors = new Set([...DOORS.map(([door]) => door), 'public']);
    for (const { who, door, expects } of CALLERS) {
      expect({ who, isKnown: doors.has(door) }).toEqual({ who, isKnown: true });
      expect({ who, unknown: Object.keys(expects).filter((key) => !known.has(key)) }).toEqual({
        who,
        unknown: [],
      });
    }
  });
});

interface Case {
  readonly who: string;
  readonly id: string;
  readonly status: number;
  readonly caller: Caller;
  readonly operation: Operation;
}

const cases: Case[] = CALLERS.flatMap((caller) =>
  operations
    .filter((operation) => doorOf(operation) === caller.door)
    .flatMap((operation) => {
      const { expects, who } = caller;
      const status = expects[operation.id] ?? expects[classOf(operation)] ?? expects['*'];
      if (status === undefined) return [];
      return [{ who, id: operation.id, status, caller, operation }];
    }),
);

test('the table makes hundreds of cases', () => {
  expect(cases.length).toBeGreaterThan(500);
});

for (const door of ['integrator', 'desktop', 'operator', 'link', 'public']) {
  describe(`at the door of the ${door}`, () => {
    test.each(cases.filter(({ caller }) => caller.door === door))(
      '$who: $id is $status',
      async ({ operation, caller, status }) => {
        const before = await bed.storeState();
        const answer = await send(operation, caller);
        expect({ status: answer.status, text: answer.text }).toMatchObject({ status });
        requireNothingOfOthers(answer, operation, caller);
        if (status < 400) return;
        requireErrorBody(answer, operation);
        expect(await bed.storeState()).toBe(before);
      },
    );
  });
}

test('none of the refused commands has changed the practice’s data', async () => {
  expect(await bed.hasChangedThePractice()).toBe(false);
});

test('a gateway without an operator’s key has no operator', async () => {
  using folder = new TempFolder();
  const { program, url } = await startGateway({
    PARHELION_DATA_DIR: folder.path,
    PARHELION_ADMIN_KEY: '',
  });
  await using _gateway = program;
  for (const operation of operations.filter((each) => doorOf(each) === 'operator')) {
    for (const key of ['', names['adminKey'] ?? '']) {
      const headers = { authorization: `Bearer ${key}` };
      const answer = await new HttpClient(url).send({ ...requestOf(operation, names), headers });
      expect({ id: operation.id, status: answer.status }).toMatchObject({ status: 403 });
    }
  }
});

const read = JSON.stringify({ command: { text: 'SELECT 1 AS n' } });
const RIGHT: Readonly<Record<string, Pick<Caller, 'headers' | 'target'>>> = {
  integrator: {
    headers: { 'ocp-apim-subscription-key': '{{ownerKey}}' },
    target: { immediateBody: read },
  },
  desktop: {
    headers: { authorization: 'Bearer {{ownerToken}}', deviceid: '{{ownerDevice}}' },
    target: { immediateBody: read },
  },
  link: { headers: {}, target: {} },
  operator: {
    headers: { authorization: 'Bearer {{adminKey}}' },
    // What it ends must not be what the other callers need.
    target: { integratorId: '{{unpairedId}}' },
  },
  public: { headers: {}, target: {} },
};

/** In the order of the table: what ends something comes after what needs it. */
const order = Object.keys(OPERATIONS);
const controls = operations.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));

describe('the same requests of whoever may', () => {
  test.each(controls)('$id succeeds', async (operation) => {
    const right = RIGHT[doorOf(operation)];
    if (!right) throw new Error(`Nobody may call ${operation.path}.`);
    const answer = await send(operation, right);
    expect({ status: answer.status, text: answer.text }).toMatchObject({
      status: OPERATIONS[operation.id]?.success,
    });
  });
});
