import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFirebirdDriver } from '../src/sql/drivers/firebird/create-firebird-driver.ts';
import { createSqliteDriver } from '../src/sql/drivers/sqlite/create-sqlite-driver.ts';
import { ENTRY_POINT, NO_SIGNAL } from '../src/sql/drivers/sqlite/testing/temporary-catalogues.ts';
import { type AnswerJson, type BedRequest, type FhirBed, openFhirBed } from './support/fhir-bed.ts';
import {
  createFirebirdPractice,
  FIREBIRD_PRACTICE_TIMEOUT_MS,
  type FirebirdPractice,
} from './support/firebird-practice.ts';
import { describeOnFirebird } from './support/firebird-server.ts';
import { copyPractice } from './support/practice-copy.ts';

const DEMO = fileURLToPath(new URL('../src/fhir/systems/demo-practice', import.meta.url));

type Json = Record<string, unknown>;

/** What writing to the demo practice has to do, whatever database it is in. */
function describeDemoWrites(open: () => FhirBed): void {
  const send = (
    method: 'POST' | 'PUT',
    address: string,
    resource: object,
    headers: BedRequest['headers'] = {},
  ) =>
    open().ask(address, {
      method,
      headers: { 'content-type': 'application/fhir+json', ...headers },
      body: JSON.stringify(resource),
    });
  const create = (resource: object, headers?: BedRequest['headers']) =>
    send('POST', (resource as AnswerJson).resourceType, resource, headers);
  const update = (resource: object, headers?: BedRequest['headers']) => {
    const { resourceType, id } = resource as AnswerJson;
    return send('PUT', `${resourceType}/${id}`, resource, headers);
  };
  const read = async (address: string): Promise<Json> => ({ ...(await open().ask(address)).json });
  const rows = async (text: string) => {
    const found: (readonly unknown[])[] = [];
    const command = { text, type: 'text', parameters: [] } as const;
    for await (const event of open().connection.execute(command, NO_SIGNAL)) {
      if (event.kind === 'rows') found.push(...event.rows);
    }
    return found;
  };
  const problems = ({ issue }: AnswerJson) =>
    issue.map(({ code, expression }) => expression?.[0] ?? code);

  const newPatient = {
    resourceType: 'Patient',
    name: [{ use: 'official', prefix: ['Ms'], given: ['Zoë', 'Ann'], family: "O'Brien" }],
    gender: 'female',
    birthDate: '1984-02-29',
    telecom: [{ system: 'phone', use: 'mobile', value: '0491 570 006' }],
    address: [
      {
        use: 'home',
        type: 'physical',
        line: ['1 Wattle St'],
        city: 'Bega',
        state: 'NSW',
        postalCode: '2550',
      },
    ],
  };

  describe('a patient', () => {
    it('is created and reads back as sent', async () => {
      const { status, headers, json } = await create(newPatient);
      expect(json).toMatchObject({
        resourceType: 'Patient',
        gender: 'female',
        birthDate: '1984-02-29',
      });
      expect(status).toBe(201);
      const { versionId } = json.meta;
      expect(headers['location']).toMatch(`/Patient/${json.id}/_history/${versionId}`);
      expect(headers['etag']).toBe(`W/"${versionId}"`);
      expect((await open().ask(headers['location'] ?? '')).json).toEqual(json);
      const found = await open().ask(
        `Patient?family=${encodeURIComponent("o'brien")}&given=zoe&birthdate=1984-02-29`,
      );
      expect(found.json.entry?.map(({ resource }) => resource.id)).toEqual([json.id]);
    });

    it('may come with a name without use', async () => {
      const { status, json } = await create({
        ...newPatient,
        name: [{ given: ['Lee'], family: 'Solo' }],
      });
      expect([status, json['name' as never]]).toMatchObject([
        201,
        [{ use: 'official', family: 'Solo' }],
      ]);
    });

    it.each([
      [
        'what the practice system owns',
        { identifier: [{ system: 'http://example.org', value: '1' }] },
        'Patient.identifier[0].system',
      ],
      [
        'an element that has no place',
        { maritalStatus: { text: 'married' } },
        'Patient.maritalStatus.text',
      ],
      ['a date without its day', { birthDate: '1984' }, 'Patient.birthDate'],
      ['a day that is on no calendar', { birthDate: '2023-02-29' }, 'Patient.birthDate'],
      [
        'a character that no text holds',
        { name: [{ use: 'official', family: 'A\u0000B' }] },
        'Patient.name[0].family',
      ],
      [
        'half of a character',
        { name: [{ use: 'official', family: 'A\ud83dB' }] },
        'Patient.name[0].family',
      ],
      [
        'rules that change its meaning',
        { implicitRules: 'http://example.org/rules' },
        'Patient.implicitRules',
      ],
      [
        'a text that is too long',
        { name: [{ use: 'official', family: 'x'.repeat(51) }] },
        'Patient.name[0].family',
      ],
      [
        'a country that is not kept',
        { address: [{ use: 'home', city: 'Wellington', country: 'NZ' }] },
        'Patient.address[0].country',
      ],
      [
        'a language in words alone',
        { communication: [{ language: { text: 'Klingon' } }] },
        'Patient.communication[0].language.text',
      ],
      [
        'one more name in words alone',
        { name: [...newPatient.name, { text: 'Zed' }] },
        'Patient.name[1].text',
      ],
      [
        'a reference to nobody',
        { generalPractitioner: [{ reference: 'Practitioner/x' }] },
        'Patient.generalPractitioner[0]',
      ],
    ])('is refused with %s, and nothing is stored', async (_case, part, expression) => {
      const before = await open().ask('Patient?_summary=count');
      const { status, json } = await create({ ...newPatient, ...part });
      expect(problems(json)).toContain(expression);
      expect(status).toBe(422);
      expect((await open().ask('Patient?_summary=count')).json.total).toBe(before.json.total);
    });

    it('needs a family name and a date of birth', async () => {
      const { status, json } = await create({ resourceType: 'Patient', gender: 'male' });
      expect([status, problems(json)]).toEqual([422, ['Patient.birthDate']]);
    });

    it('is updated under its version, and not under an older one', async () => {
      const { json } = await create(newPatient);
      const changed = { ...json, birthDate: '1984-03-01' };
      const first = await update(changed, { 'if-match': `W/"${json.meta.versionId}"` });
      expect(first.json).toMatchObject({ birthDate: '1984-03-01' });
      expect(first.status).toBe(200);
      const second = await update(changed, { 'if-match': `W/"${json.meta.versionId}"` });
      expect(second.status).toBe(412);
    });

    it('follows a change of name in the texts that are made of it', async () => {
      const { json } = await create(newPatient);
      const [name] = json['name' as never] as [Json];
      const { status, json: stored } = await update({ ...json, name: [{ ...name, family: 'Ng' }] });
      expect(status).toBe(200);
      expect(stored['name' as never]).toMatchObject([{ text: 'Ms Zoë Ann Ng', family: 'Ng' }]);
    });

    it('is not updated with a part of it', async () => {
      const { json } = await create(newPatient);
      const part = await read(`Patient/${json.id}?_elements=name,gender,birthDate`);
      const { status, json: outcome } = await update(part);
      expect([status, problems(outcome)]).toEqual([422, ['Patient.meta.tag']]);
      expect(await read(`Patient/${json.id}`)).toEqual(json);
    });

    it('loses what is left out of an update', async () => {
      const { json } = await create(newPatient);
      const { telecom: _telecom, ...rest } = json as AnswerJson & Json;
      const { json: stored } = await update(rest);
      expect(stored).not.toHaveProperty('telecom');
    });

    it.each([
      ['GenderIdentityCode = 4'],
      ['SexCode IS NULL'],
      ['DOB IS NULL'],
      ['Surname IS NULL'],
    ])('keeps what FHIR does not tell of one whose %s when a phone is changed', async (what) => {
      const [[id] = []] = await rows(
        `SELECT MIN(InternalID) FROM Patients WHERE IsDeleted = 0 AND ${what}`,
      );
      const own = `SELECT Title, Firstname, Middlename, Surname, PreferredName, PreviousSurname, DOB, SexCode,
          IndigenousStatusCode, GenderIdentityCode, PronounCode, InterpreterRequired, MedicareNo, MedicareLineNo,
          MedicareExpiry, HomePhone, WorkPhone, Email, Address1, Address2, City, State, Postcode, PostalAddress1,
          PostalCity, PostalState, PostalPostcode, LanguageCode, UsualPractitionerID
          FROM Patients WHERE InternalID = ${String(id)}`;
      const before = await rows(own);
      const { telecom = [], ...patient } = await read(`Patient/${String(id)}`);
      const mobile = { system: 'phone', use: 'mobile', value: '0491 570 110' };
      const others = (telecom as Json[]).filter(({ use }) => use !== 'mobile');
      const { status, json } = await update({ ...patient, telecom: [mobile, ...others] });
      expect({ status, json }).toMatchObject({
        status: 200,
        json: { telecom: expect.arrayContaining([mobile]) },
      });
      expect(await rows(own)).toEqual(before);
    });

    it('is not updated under another id, and not made by an update', async () => {
      const { json } = await create(newPatient);
      const other = await send('PUT', `Patient/${json.id}`, { ...json, id: '1' });
      expect([other.status, problems(other.json)]).toEqual([400, ['Patient.id']]);
      expect((await update({ ...json, id: '99999999' })).status).toBe(404);
    });

    it('is created once under If-None-Exist', async () => {
      const condition = { 'if-none-exist': 'family=Einmalig&birthdate=1984-02-29' };
      const once = { ...newPatient, name: [{ use: 'official', family: 'Einmalig' }] };
      const first = await create(once, condition);
      const second = await create(once, { ...condition, prefer: 'return=minimal' });
      expect([first.status, second.status]).toEqual([201, 200]);
      expect(second.headers['location']).toBe(first.headers['location']);
      await create(once);
      expect((await create(once, condition)).status).toBe(412);
      expect((await create(once, { 'if-none-exist': 'shoe-size=44' })).status).toBe(400);
    });

    it('answers what Prefer asks for', async () => {
      const minimal = await create(newPatient, { prefer: 'return=minimal' });
      expect([minimal.status, minimal.body]).toEqual([201, undefined]);
      const outcome = await create(newPatient, { prefer: 'return=OperationOutcome' });
      expect([outcome.status, outcome.json.resourceType]).toEqual([201, 'OperationOutcome']);
    });
  });

  /** Slots that are free, soonest first. */
  async function freeSlots(count: number): Promise<AnswerJson[]> {
    const { json } = await open().ask(`Slot?status=free&_count=${count}`);
    return (json.entry ?? []).map(({ resource }) => resource);
  }

  const booking = (slotId: string, patientId = '1') => ({
    resourceType: 'Appointment',
    status: 'booked',
    slot: [{ reference: `Slot/${slotId}` }],
    reasonCode: [{ text: 'Cough' }],
    participant: [{ actor: { reference: `Patient/${patientId}` }, status: 'accepted' }],
  });

  const appointmentType = (code: string) => ({
    coding: [{ system: 'http://demo-practice.example.com/CodeSystem/appointment-type', code }],
  });

  describe('an appointment', () => {
    it('takes its slot, and the next one finds it taken', async () => {
      const [slot] = await freeSlots(1);
      const first = await create(booking(slot!.id));
      expect(first.json).toMatchObject({ status: 'booked', start: slot!['start' as never] });
      expect(first.status).toBe(201);
      expect(await read(`Slot/${slot!.id}`)).toMatchObject({ status: 'busy' });
      const second = await create(booking(slot!.id));
      expect([second.status, problems(second.json)]).toEqual([409, ['Appointment.slot[0]']]);
    });

    it('is not booked beside its slot’s time, and the slot stays free', async () => {
      const [slot] = await freeSlots(1);
      const { status, json } = await create({
        ...booking(slot!.id),
        start: '2001-01-01T09:00:00+11:00',
      });
      expect([status, problems(json)]).toEqual([422, ['Appointment.start']]);
      expect(await read(`Slot/${slot!.id}`)).toMatchObject({ status: 'free' });
    });

    it.each([
      ['without a slot', { slot: [] }, 422, 'Appointment.slot'],
      [
        'into a slot that does not exist',
        { slot: [{ reference: 'Slot/99999999' }] },
        422,
        'Appointment.slot[0]',
      ],
      [
        'for a patient who does not exist',
        { participant: [{ actor: { reference: 'Patient/99999999' }, status: 'accepted' }] },
        422,
        'Appointment.participant[0].actor',
      ],
      ['as a proposal', { status: 'proposed' }, 422, 'Appointment.status'],
      [
        'for a patient who has declined',
        { participant: [{ actor: { reference: 'Patient/1' }, status: 'declined' }] },
        422,
        'Appointment.participant[0].status',
      ],
      [
        'as a type beyond all numbers',
        { appointmentType: appointmentType('99999999999') },
        422,
        'Appointment.appointmentType.coding[0].code',
      ],
    ])('is not booked %s', async (_case, part, status, place) => {
      const [slot] = await freeSlots(1);
      const answer = await create({ ...booking(slot!.id), ...part });
      expect([answer.status, problems(answer.json)]).toEqual([status, [place]]);
    });

    it('moves to another slot and frees its own', async () => {
      const [from, to] = await freeSlots(2);
      const { json } = await create(booking(from!.id));
      const moved = await update({ ...json, slot: [{ reference: `Slot/${to!.id}` }] });
      expect(moved.json).toMatchObject({ start: to!['start' as never] });
      expect(moved.status).toBe(200);
      expect(await read(`Slot/${from!.id}`)).toMatchObject({ status: 'free' });
      expect(await read(`Slot/${to!.id}`)).toMatchObject({ status: 'busy' });
    });

    it('is cancelled, frees its slot, and is not changed any more', async () => {
      const [slot] = await freeSlots(1);
      const { json } = await create(booking(slot!.id));
      const cancelled = {
        ...json,
        status: 'cancelled',
        cancelationReason: { text: 'Feels better' },
      };
      const { status, json: stored } = await update(cancelled);
      expect(stored).toMatchObject({
        status: 'cancelled',
        cancelationReason: { text: 'Feels better' },
      });
      expect(status).toBe(200);
      expect(await read(`Slot/${slot!.id}`)).toMatchObject({ status: 'free' });
      expect((await update({ ...cancelled, status: 'booked' })).status).toBe(422);
      expect((await create(booking(slot!.id))).status).toBe(201);
    });
  });
}

describe('on SQLite', () => {
  let folder: string;
  let bed: FhirBed;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parhelion-writes-'));
    const { Patients, Documents } = copyPractice(folder);
    const driver = createSqliteDriver({
      catalogues: [
        { name: 'Patients', file: Patients, isDefault: true },
        { name: 'Documents', file: Documents, isDefault: false },
      ],
      dialect: 'tsql',
      timeZone: 'Australia/Sydney',
      entryPoint: ENTRY_POINT,
      nodePath: process.execPath,
      env: process.env,
    });
    bed = await openFhirBed(driver, 'tsql', { folder: DEMO, now: Date.now });
  });

  afterAll(async () => {
    await bed?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  describeDemoWrites(() => bed);
});

describeOnFirebird('writes to the demo practice', () => {
  let practice: FirebirdPractice;
  let bed: FhirBed;

  beforeAll(async () => {
    practice = await createFirebirdPractice();
    const driver = createFirebirdDriver(practice.options);
    bed = await openFhirBed(driver, 'firebird', { folder: DEMO, now: Date.now });
  }, FIREBIRD_PRACTICE_TIMEOUT_MS);

  afterAll(async () => {
    await bed?.[Symbol.asyncDispose]();
    await practice?.[Symbol.asyncDispose]();
  });

  describeDemoWrites(() => bed);
});
