import { describe, expect, it } from 'vitest';
import { readRoute } from './route.ts';

describe('readRoute', () => {
  it.each([
    ['metadata', { kind: 'metadata' }],
    ['', { kind: 'system' }],
    ['_history', { kind: 'systemHistory' }],
    ['_search', { kind: 'systemSearch' }],
    ['Patient', { kind: 'type', type: 'Patient' }],
    ['Patient/', { kind: 'type', type: 'Patient' }],
    ['Patient/_search', { kind: 'typeSearch', type: 'Patient' }],
    ['Patient/_history', { kind: 'typeHistory', type: 'Patient' }],
    ['Patient/12', { kind: 'instance', type: 'Patient', id: '12' }],
    ['Patient/a%2Fb', { kind: 'instance', type: 'Patient', id: 'a/b' }],
    ['Patient/12/_history', { kind: 'instanceHistory', type: 'Patient', id: '12' }],
    ['Patient/12/_history/3', { kind: 'version', type: 'Patient', id: '12', versionId: '3' }],
    ['$convert', { kind: 'operation', name: 'convert' }],
    ['Slot/$find-free', { kind: 'operation', name: 'find-free', type: 'Slot' }],
    ['Slot/%24find-free', { kind: 'operation', name: 'find-free', type: 'Slot' }],
    ['Patient/12/$summary', { kind: 'operation', name: 'summary', type: 'Patient', id: '12' }],
  ])('reads %j', (path, route) => {
    expect(readRoute(path)).toEqual(route);
  });

  it.each([
    ['Patient/12/Condition'],
    ['Patient/12/_history/3/4'],
    ['Patient//12'],
    ['patient/12'],
    ['Patient/_search/12'],
    ['Patient/$summary/12'],
    ['Patient/12/other/3'],
  ])('has no meaning for %j', (path) => {
    expect(() => readRoute(path)).toThrow(expect.objectContaining({ status: 404 }));
  });

  it('refuses bad percent-encoding by 400', () => {
    expect(() => readRoute('Patient/%zz')).toThrow(expect.objectContaining({ status: 400 }));
  });
});
