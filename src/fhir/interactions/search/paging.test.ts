import { expect, it } from 'vitest';
import { BASE_URL, idsOf, linkOf } from '../../../../test/support/fhir-bed.ts';
import { describeDialects } from '../../../../test/support/fhir-dialects.ts';
import { PATIENTS, SMALL_PRACTICE_SCRIPT } from '../../../../test/support/small-practice-script.ts';
import { rowsOf } from '../../../sql/drivers/sqlite/testing/temporary-catalogues.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const LIVING = PATIENTS - 1;

describeDialects('the pages of a search', (here) => {
  const allPages = async (first: string, request = {}) => {
    const found: string[][] = [];
    let answer = await here.bed.ask(first, request);
    for (;;) {
      expect(answer.status).toBe(200);
      found.push(idsOf(answer.json));
      const next = linkOf(answer.json, 'next');
      if (next === undefined) return found;
      answer = await here.bed.ask(next);
    }
  };

  it.each([
    ['Patient?_count=4'],
    ['Patient?_count=1'],
    ['Patient?_count=4&_sort=-family,birthdate'],
  ])('walks through %s without losing or repeating any', async (search) => {
    const pages = await allPages(search);
    const whole = await here.bed.ask(search.replace(/_count=\d+/, '_count=100'));
    expect(pages.flat()).toEqual(idsOf(whole.json));
    expect(new Set(pages.flat()).size).toBe(LIVING);
  });

  it('has no next page when the last one is just full', async () => {
    const pages = await allPages(`Patient?_count=${LIVING}`);
    expect(pages.map((page) => page.length)).toEqual([LIVING]);
  });

  it('shows no parameter of a form in the link to its next page', async () => {
    const request = { method: 'POST', headers: FORM, body: 'family=ng&_count=2' } as const;
    const { json } = await here.bed.ask('Patient/_search?gender=male', request);
    expect(linkOf(json, 'self')).toBe(`${BASE_URL}/Patient?gender=male&family=ng&_count=2`);
    const next = linkOf(json, 'next') ?? '';
    expect(next).toMatch(new RegExp(`^${BASE_URL}/Patient\\?_cursor=[\\w.-]+$`));
    const pages = await allPages('Patient/_search?gender=male', request);
    expect(pages.flat().toSorted()).toEqual(['Patient/1', 'Patient/11', 'Patient/5', 'Patient/7']);
  });

  it('keeps the form of the answer', async () => {
    const { json } = await here.bed.ask('Patient?_count=2&_format=json&_pretty=true');
    const next = linkOf(json, 'next') ?? '';
    expect(next).toMatch(/&_format=json&_pretty=true$/);
    const second = await here.bed.ask(next);
    expect(second.body).toContain('\n');
    expect(linkOf(second.json, 'self')).toMatch(/\?_count=2&_cursor=.*&_format=json&_pretty=true$/);
    const again = await here.bed.ask(linkOf(second.json, 'self') ?? '');
    expect(again.json.entry).toEqual(second.json.entry);
  });

  it('refuses a link that was changed, is for another type, or has another search beside it', async () => {
    const { json } = await here.bed.ask('Patient?_count=2&family=ng');
    const next = linkOf(json, 'next') ?? '';
    const attempts = [
      `${next}x`,
      next.replace('/Patient?', '/Condition?'),
      `${next}&family=citizen`,
      `${next}&_count=3`,
      'Patient?_cursor=v1.abc',
    ];
    for (const attempt of attempts) {
      const answer = await here.bed.ask(attempt);
      expect(answer.status).toBe(400);
      expect(answer.json.resourceType).toBe('OperationOutcome');
    }
    expect((await here.bed.ask(`${next}&family=ng`)).status).toBe(200);
  });

  it('is not disturbed by rows that come in', async () => {
    const [first, second] = await here.withOther(SMALL_PRACTICE_SCRIPT, async (bed) => {
      const page = await bed.ask('Practitioner?_count=2&_sort=family');
      await rowsOf(bed.connection, "INSERT INTO Practitioners VALUES (9, 'Abel', 'New', NULL)");
      return [page, await bed.ask(linkOf(page.json, 'next') ?? '')];
    });
    expect([...idsOf(first.json), ...idsOf(second.json)]).toEqual([
      'Practitioner/1',
      'Practitioner/2',
      'Practitioner/3',
    ]);
  });
});
