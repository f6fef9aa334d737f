import { describe, expect, it } from 'vitest';
import { findElement, parseElementPath } from './element-path.ts';

const patient = {
  name: [
    { use: 'usual', given: ['Kit'] },
    { use: 'official', family: 'Ng', given: ['Christopher', 'Lee'] },
    { family: 'Huang' },
  ],
  identifier: [
    { system: 'http://ns.electronichealth.net.au/id/medicare-number', value: '2123456701' },
  ],
  telecom: [
    { system: 'phone', use: 'home', value: '02 1' },
    { system: 'phone', use: 'mobile', value: '04 1' },
  ],
  generalPractitioner: [{ reference: 'Organization/1' }, { reference: 'Practitioner/2' }],
  birthDate: '1970-01-01',
  maritalStatus: null,
};

const find = (text: string) => {
  const path = parseElementPath(text);
  return path && findElement(patient, path);
};

describe('a path into a resource', () => {
  it.each([
    ['birthDate', '1970-01-01', 'birthDate'],
    ['name.given', 'Kit', 'name[0].given[0]'],
    ['name[use=official].family', 'Ng', 'name[1].family'],
    ['name[use=].family', 'Huang', 'name[2].family'],
    ['name[use=official].given[1]', 'Lee', 'name[1].given[1]'],
    ['telecom[system=phone,use=mobile].value', '04 1', 'telecom[1].value'],
    [
      'generalPractitioner[reference^=Practitioner/].reference',
      'Practitioner/2',
      'generalPractitioner[1].reference',
    ],
    ['telecom[system=phone][1].value', '04 1', 'telecom[1].value'],
    [
      'identifier[system=http://ns.electronichealth.net.au/id/medicare-number].value',
      '2123456701',
      'identifier[0].value',
    ],
  ])('%s leads to %s', (text, value, place) => {
    expect(find(text)).toEqual({ value, place });
  });

  it.each(['gender', 'name[use=old].family', 'name[5].family', 'birthDate.value', 'maritalStatus'])(
    '%s leads nowhere',
    (text) => {
      expect(find(text)).toBeUndefined();
    },
  );

  it.each(['', 'name..given', 'name[', 'name[official].family', '1name', 'toString()'])(
    '"%s" is no path',
    (text) => {
      expect(parseElementPath(text)).toBeUndefined();
    },
  );

  it('does not lead to what every object inherits', () => {
    expect(find('constructor')).toBeUndefined();
    expect(find('birthDate.length')).toBeUndefined();
  });
});
