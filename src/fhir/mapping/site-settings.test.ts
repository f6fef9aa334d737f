/* oxlint-disable unicorn/no-thenable -- "then" is a member of the template language */
import { expect, it } from 'vitest';
import { clinicFiles } from '../test-data/clinic.ts';
import { checkMapping } from './check-mapping.ts';
import { loadMapping } from './load-mapping.ts';
import { problemText } from './problems.ts';
import { applySettings, settingsIn } from './site-settings.ts';

const choice = (setting: string, yes: unknown, no?: unknown) => ({
  $if: { setting },
  then: yes,
  ...(no === undefined ? {} : { else: no }),
});

it('a setting chooses one part, or leaves out what has no other', () => {
  const template = {
    a: choice('x', 1, choice('y', 2, 3)),
    b: choice('x', [1]),
    c: [choice('x', 1)],
  };
  expect(applySettings(template, {})).toEqual({ a: 3 });
  expect(applySettings(template, { y: true })).toEqual({ a: 2 });
  expect(applySettings(template, { x: true })).toEqual({ a: 1, b: [1], c: [1] });
  expect(applySettings(choice('x', 1), {})).toBeUndefined();
  expect(settingsIn(template)).toEqual(['x', 'y']);
});

it('leaves other conditions alone', () => {
  const template = {
    a: { $if: { column: 'p.A', equals: 1 }, then: 1 },
    b: { $if: 'p.A', then: 2 },
  };
  expect(applySettings(template, { column: true })).toEqual(template);
});

it('a mapping is checked with its settings on and off', () => {
  const files = clinicFiles();
  files['Patient.json'].resource.active = choice('shy', { $: 'p.Shy' }, { $: 'p.Bold' });
  const told = checkMapping(files, 'tsql').map(problemText);
  expect(told).toContain(
    'Patient.json: resource.active.$: there is no column "Shy" in Patients (as p)',
  );
  expect(told).toContain(
    'Patient.json: resource.active.$: there is no column "Bold" in Patients (as p)',
  );
  expect(new Set(told).size).toBe(told.length);
});

it('only what is chosen is read of the database', () => {
  const files = clinicFiles();
  files['Patient.json'].resource.active = choice('shy', { $: 'p.IsDeleted' }, true);
  const columnsWith = (settings: Record<string, boolean>) =>
    loadMapping(files, 'tsql', settings)
      .resources.get('Patient')!
      .elements.find((element) => element.name === 'active')!.columns.length;
  expect([columnsWith({}), columnsWith({ shy: true })]).toEqual([0, 1]);
});
