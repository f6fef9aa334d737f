import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clinicRows } from '../../../test/support/clinic-rows.ts';
import { clinicEngines, type SmallClinic } from '../../../test/support/small-clinic.ts';
import type { ColumnRef } from '../mapping/system-mapping.ts';
import { keyOfId, parseSearch, referenceReader } from '../search/index.ts';
import {
  deletedColumns,
  isDeleted,
  keysStatements,
  matchesStatement,
  type Position,
  positionOf,
  type ResourceRow,
  referringStatements,
} from './index.ts';

const rows = clinicRows();
const options = { baseUrl: 'https://g.example/R4', timeZone: 'Australia/Sydney', now: 0 };

const engines = clinicEngines(rows);

describe.each(engines)('pages on %s', (_title, open) => {
  let clinic: SmallClinic;
  beforeAll(async () => {
    clinic = await open();
  });
  afterAll(async () => {
    await clinic?.[Symbol.asyncDispose]();
  });

  const target = (type: string) => {
    const mapping = clinic.system.resources.get(type);
    if (!mapping) throw new Error(type);
    return { dialect: clinic.dialect, mapping };
  };
  const columnsOf = (type: string): ColumnRef[] =>
    target(type).mapping.elements.flatMap(({ columns }) => columns);

  const pageOf = async (
    type: string,
    sort: string,
    page: { readonly limit: number; readonly after?: Position },
  ): Promise<{ found: ResourceRow[]; positions: Position[] }> => {
    const { mapping } = target(type);
    const search = parseSearch(mapping, clinic.system, [['_sort', sort]], options);
    const { filters, sort: keys } = search;
    const query = matchesStatement(target(type), { columns: [], filters, sort: keys, ...page });
    const found = query.rows(await clinic.run(query.statement));
    return {
      found,
      // As a cursor carries it.
      positions: found.map((row) => JSON.parse(JSON.stringify(positionOf(mapping, keys, row)))),
    };
  };

  it.each([
    ['Patient', ''],
    ['Patient', '-_id'],
    ['Patient', 'family'],
    ['Patient', '-family,birthdate'],
    ['Patient', '-birthdate,active,-family'],
    ['Patient', '-death-date,_id'],
    ['Patient', 'general-practitioner,gender,_lastUpdated'],
    ['Encounter', '-date'],
    ['Encounter', 'length,-location-period'],
    ['Procedure', 'date'],
    ['Procedure', '-date,_id'],
  ])('%s in the order %s are the same row by row as all at once', async (type, sort) => {
    const { found: all } = await pageOf(type, sort, { limit: 1000 });
    const ids: string[] = [];
    let after: Position | undefined;
    for (;;) {
      const { found, positions } = await pageOf(type, sort, { limit: 17, ...(after && { after }) });
      ids.push(...found.map(({ id }) => id));
      after = positions.at(-1);
      if (found.length < 17) break;
    }
    expect(ids).toEqual(all.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(100);
  });

  it('sorts rows without a value last in both directions', async () => {
    const { mapping } = target('Patient');
    for (const sort of ['birthdate', '-birthdate']) {
      const { sort: keys } = parseSearch(mapping, clinic.system, [['_sort', sort]], options);
      const query = matchesStatement(target('Patient'), {
        columns: [],
        filters: [],
        sort: keys,
        limit: 1000,
      });
      const found = query.rows(await clinic.run(query.statement));
      const [column] = keys.map((key) => key.places[0].column);
      const days = found.map((row) => column && row.value(column));
      const first = days.indexOf(null);
      expect(first).toBeGreaterThan(0);
      expect(days.slice(first).every((day) => day === null)).toBe(true);
      const sorted = days
        .slice(0, first)
        .map(String)
        .toSorted((one, other) => (one < other ? -1 : 1));
      expect(days.slice(0, first)).toEqual(sort === 'birthdate' ? sorted : sorted.toReversed());
    }
  });

  it('sorts a date wherever it stands', async () => {
    const { found } = await pageOf('Procedure', '-date', { limit: 1000 });
    const visits = new Map((rows['Visits'] ?? []).map((row) => [String(row['VisitID']), row]));
    const dates = found.map(({ id }) => {
      const { StartAt, VisitDate, EndAt, StatusCode } = visits.get(id) ?? {};
      const day = VisitDate ? `${String(VisitDate)}T00:00:00` : null;
      return StartAt ?? day ?? (StatusCode === 'F' ? EndAt : null) ?? '';
    });
    expect(dates).toHaveLength(visits.size);
    expect(dates).toEqual(dates.toSorted((one, other) => (one < other ? 1 : one > other ? -1 : 0)));
    expect(new Set(dates).size).toBeGreaterThan(15);
  });

  it('refuses a position of another order', async () => {
    await expect(pageOf('Patient', '_id', { limit: 1, after: ['1', '2'] })).rejects.toMatchObject({
      name: 'SearchError',
      code: 'invalid',
    });
    await expect(pageOf('Patient', '_id', { limit: 1, after: ["1' OR 1"] })).rejects.toMatchObject({
      name: 'SearchError',
    });
  });

  it('reads rows by key with their children, in one statement for all children', async () => {
    const { mapping } = target('Patient');
    const ids = Array.from({ length: 30 }, (_, index) => String(index + 1));
    const keys = ids.map((id) => keyOfId(mapping, id)).filter((key) => key !== undefined);
    const columns = [...columnsOf('Patient'), ...deletedColumns(mapping)];
    const [page, ...others] = keysStatements(target('Patient'), {
      keys,
      columns,
      withDeleted: true,
    });
    expect(others).toEqual([]);
    if (!page) throw new Error('no statement');
    const found = page.rows(await clinic.run(page.statement));
    const children = page.children(found);
    expect(children).toHaveLength(1);
    for (const child of children) child.attach(await clinic.run(child.statement));
    const number = mapping.elements
      .flatMap((own) => own.columns)
      .find((own) => own.column.name === 'Number');
    if (!number) throw new Error('no column');
    for (const row of found) {
      const own = (rows['Numbers'] ?? []).filter((each) => String(each['PersonID']) === row.id);
      expect(row.children('numbers').map((each) => each.value(number))).toEqual(
        own.map((each) => each['Number']),
      );
    }
    const deleted = found.filter((row) => isDeleted(mapping, row)).map(({ id }) => id);
    const marked = (rows['People'] ?? []).filter((row) => row['IsDeleted'] === true);
    expect(deleted.toSorted()).toEqual(
      marked
        .map((row) => String(row['PersonID']))
        .filter((id) => ids.includes(id))
        .toSorted(),
    );
    const [living] = keysStatements(target('Patient'), { keys, columns: [] });
    if (!living) throw new Error('no statement');
    expect(living.rows(await clinic.run(living.statement))).toHaveLength(30 - deleted.length);
    expect(keysStatements(target('Patient'), { keys: [], columns: [] })).toEqual([]);
  });

  it('follows references in both directions', async () => {
    const reader = referenceReader(target('Encounter').mapping, 'patient');
    if (!reader) throw new Error('no reference');
    const query = matchesStatement(target('Encounter'), {
      columns: reader.columns,
      filters: [],
      sort: [],
      limit: 20,
    });
    const found = query.rows(await clinic.run(query.statement));
    const targets = found.flatMap((row) => reader.read(row));
    expect(targets).toHaveLength(20);
    expect(targets[0]).toEqual({ type: 'Patient', key: [(rows['Visits'] ?? [])[0]?.['PersonID']] });
    const keys = targets.slice(0, 3).map(({ key }) => key);
    const [referring] = referringStatements(target('Encounter'), {
      parameter: 'patient',
      referred: target('Patient').mapping,
      keys,
      columns: reader.columns,
      limit: 1000,
    });
    if (!referring) throw new Error('no statement');
    const visits = referring.rows(await clinic.run(referring.statement)).map(({ id }) => id);
    const wanted = new Set(keys.map(([id]) => id));
    expect(visits).toEqual(
      (rows['Visits'] ?? [])
        .filter((row) => wanted.has(row['PersonID'] ?? null))
        .map((row) => String(row['VisitID'])),
    );
  });
});
