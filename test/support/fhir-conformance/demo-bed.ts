import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FhirAnswer, FhirService, type FhirStatement } from '../../../src/fhir/index.ts';
import type { SystemMapping } from '../../../src/fhir/mapping/system-mapping.ts';
import { type AnswerJson, BASE_URL, type BedRequest, idsOf, linkOf } from '../fhir-bed.ts';
import type { Json } from '../fhir-validation/definition-types.ts';
import { DemoResources } from '../fhir-validation/demo-resources.ts';
import { copyPractice } from '../practice-copy.ts';
import { ZONE } from './plain-search.ts';

/** The day around which the data lies: with it, values that are taken from the data are the same on every day. */
const TODAY = new Date('2026-07-01T00:00:00Z');

/** An answer with what it took. */
export interface DemoAnswer extends FhirAnswer {
  /** The body, parsed; an empty object when there is none. */
  readonly json: AnswerJson;
  readonly statements: readonly FhirStatement[];
  /** How often the course went to the database. */
  readonly steps: number;
}

/** All matches of a search, over all pages. */
export interface AllMatches {
  readonly ids: readonly string[];
  readonly first: DemoAnswer;
}

/** The FHIR service of the demo practice, as a link has it, on a copy of the practice reached by T-SQL. */
export class DemoBed implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'fhir-demo-bed-'));
  readonly #demo = new DemoResources(copyPractice(this.#folder, TODAY));
  readonly #resources = new Map<string, readonly Json[]>();
  /** What ended as status 500. */
  readonly faults: unknown[] = [];
  readonly #service = new FhirService({
    mapping: this.#demo.mapping,
    dialect: 'tsql',
    timeZone: ZONE,
    siteId: '5f0c9bd6-6ff4-4f4b-a9d8-6a8b5b3c0a11',
    linkVersion: '26.1122.0',
    cursorKey: new Uint8Array(32).fill(1),
    now: () => TODAY.getTime(),
    onFault: (cause) => void this.faults.push(cause),
  });

  get mapping(): SystemMapping {
    return this.#demo.mapping;
  }

  /** All resources of a type. */
  all(type: string): readonly Json[] {
    const known = this.#resources.get(type) ?? [...this.#demo.ofType(type)];
    this.#resources.set(type, known);
    return known;
  }

  /** @param address below the base, or an absolute one below it, as links have it */
  ask(address: string, { method = 'GET', headers = {}, body }: BedRequest = {}): DemoAnswer {
    const below = address.startsWith(`${BASE_URL}/`) ? address.slice(BASE_URL.length + 1) : address;
    const [path = '', query = ''] = below.split(/\?(.*)/s);
    const request = { method, path, query, headers, baseUrl: BASE_URL };
    const course = this.#service.answer(body === undefined ? request : { ...request, body });
    const statements: FhirStatement[] = [];
    let steps = 0;
    let step = course.next();
    while (!step.done) {
      if (step.value.kind !== 'read') throw new Error(`a search wants to ${step.value.kind}`);
      // A step without statements only lets others have their turn.
      if (step.value.statements.length > 0) steps += 1;
      statements.push(...step.value.statements);
      step = course.next(step.value.statements.map((each) => this.#demo.run(each)));
    }
    const answer = step.value;
    return {
      ...answer,
      json: JSON.parse(String(answer.body ?? '{}')) as AnswerJson,
      statements,
      steps,
    };
  }

  /** Ids of all matches, page after page. */
  search(type: string, query: string): AllMatches {
    const first = this.ask(`${type}?${query}&_elements=id&_count=1000`, {
      headers: { prefer: 'handling=strict' },
    });
    const ids = [...idsOf(first.json)];
    let next = first.status === 200 ? linkOf(first.json, 'next') : undefined;
    while (next !== undefined) {
      const { json } = this.ask(next);
      ids.push(...idsOf(json));
      next = linkOf(json, 'next');
    }
    return { ids: ids.map((each) => each.slice(type.length + 1)), first };
  }

  [Symbol.dispose](): void {
    this.#demo[Symbol.dispose]();
    rmSync(this.#folder, { recursive: true });
  }
}
