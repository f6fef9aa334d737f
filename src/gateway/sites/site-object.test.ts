import { expect, test } from 'vitest';
import { mayAnswer, pmsNameOf, pmsTypeOf, type Site } from './site.ts';
import { toSiteObject } from './site-object.ts';

const FULL: Site = {
  id: '0199b1f4-0000-7000-8000-000000000001',
  pmsType: 'BestPractice',
  pmsId: '4711',
  name: 'as entered',
  status: 'active',
  availability: 'online',
  isAuthoritative: true,
  practiceName: 'Harbour Medical',
  pmsVersion: '1.12.2',
  linkVersion: '26.407.1',
  catalogues: [
    { name: 'BPSPATIENTS', isDefault: true },
    { name: 'BPSDOCUMENTS', isDefault: false },
  ],
  createdAt: Date.parse('2026-03-01T00:00:00Z'),
  updatedAt: Date.parse('2026-03-02T00:00:00Z'),
  enrichedAt: Date.parse('2026-03-02T01:02:03.004Z'),
  clientTime: Date.parse('2026-03-03T00:00:01Z'),
  heartbeatAt: Date.parse('2026-03-03T00:00:02Z'),
};

test('a site has every field of the contract', () => {
  expect(toSiteObject(FULL)).toStrictEqual({
    id: FULL.id,
    pmsType: 'BestPractice',
    availability: 'online',
    status: 'active',
    haloLinkVersion: '26.407.1',
    enrichedAt: '2026-03-02T01:02:03.004Z',
    catalogue: [
      { name: 'BPSPATIENTS', isDefault: true },
      { name: 'BPSDOCUMENTS', isDefault: false },
    ],
    practiceMetadata: {
      pmsType: 'BestPractice',
      practiceName: 'Harbour Medical',
      practiceManagementSiteId: '4711',
      practiceManagementVersion: '1.12.2',
    },
    name: 'Harbour Medical',
    practiceManagementSiteId: '4711',
    practiceManagementName: 'Best Practice',
    practiceManagementVersion: '1.12.2',
    createdAt: '2026-03-01T00:00:00.000Z',
    authoritative: true,
    clientTimestampUTC: '2026-03-03T00:00:01.000Z',
    heartbeatTimestampUTC: '2026-03-03T00:00:02.000Z',
  });
});

test('what has no value is left out, not null', () => {
  const fresh: Site = {
    ...FULL,
    status: 'initialising',
    availability: 'offline',
    practiceName: null,
    pmsVersion: null,
    linkVersion: null,
    catalogues: [],
    enrichedAt: null,
    clientTime: null,
    heartbeatAt: null,
  };
  expect(toSiteObject(fresh)).toStrictEqual({
    id: FULL.id,
    pmsType: 'BestPractice',
    availability: 'offline',
    status: 'initialising',
    catalogue: [],
    practiceMetadata: { pmsType: 'BestPractice', practiceManagementSiteId: '4711' },
    name: 'as entered',
    practiceManagementSiteId: '4711',
    practiceManagementName: 'Best Practice',
    createdAt: '2026-03-01T00:00:00.000Z',
    authoritative: true,
  });
});

test.each([
  ['BestPractice', 'Best Practice'],
  ['Zedmed', 'Zedmed'],
  ['D4w', 'D4w'],
] as const)('%s is called "%s" in the deprecated fields', (type, name) => {
  expect(pmsNameOf(type)).toBe(name);
  expect(pmsTypeOf(name)).toBe(type);
});

test('other names of practice systems are unknown', () => {
  for (const name of ['BestPractice', 'best practice', '', 'toString']) {
    expect(pmsTypeOf(name)).toBeUndefined();
  }
});

test('a site without authority, removed or uninstalled may not answer', () => {
  expect(mayAnswer(FULL)).toBe(true);
  expect(mayAnswer({ ...FULL, status: 'initialising' })).toBe(true);
  expect(mayAnswer({ ...FULL, isAuthoritative: false })).toBe(false);
  expect(mayAnswer({ ...FULL, status: 'removed' })).toBe(false);
  expect(mayAnswer({ ...FULL, status: 'uninstalled' })).toBe(false);
});
