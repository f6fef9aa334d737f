import {
  type FhirMethod,
  FhirService,
  loadMapping,
  type StatementResult,
} from '../../src/fhir/index.ts';
import { demoPractice } from '../../src/fhir/systems/demo-practice/index.ts';
import type { Value } from '../../src/sql/driver.ts';
import { openSession } from '../../src/sql/drivers/sqlite/open-session.ts';
import type { SqliteSession } from '../../src/sql/drivers/sqlite/session.ts';
import type { PracticeFiles } from './practice-copy.ts';

/** Where the FHIR base of the demo practice seems to be. */
export const DEMO_BASE_URL = 'https://gateway.example/integrator/sites/demo/fhir/R4';

/** What was asked, and what it took. */
export interface DemoAnswer {
  readonly status: number;
  readonly json: unknown;
  readonly statementCount: number;
}

/** The FHIR service of the demo practice, on a copy of its default catalogue. */
export class DemoFhir implements Disposable {
  readonly #service: FhirService;
  readonly #session: SqliteSession;

  constructor({ Patients: file }: PracticeFiles) {
    this.#session = openSession({
      catalogue: { name: 'Patients', file },
      attached: [],
      dialect: 'tsql',
    });
    this.#service = new FhirService({
      mapping: loadMapping(demoPractice, 'tsql'),
      dialect: 'tsql',
      timeZone: 'Australia/Sydney',
      siteId: 'demo',
      linkVersion: '26.1122.0',
      cursorKey: new Uint8Array(32).fill(1),
      now: () => Date.now(),
    });
  }

  /** @param address below the base, or an absolute one below it, as links have it */
  ask(address: string, method: FhirMethod = 'GET'): DemoAnswer {
    const [path = '', query = ''] = address.replace(`${DEMO_BASE_URL}/`, '').split('?');
    const course = this.#service.answer({
      method,
      path,
      query,
      headers: {},
      baseUrl: DEMO_BASE_URL,
    });
    let statementCount = 0;
    let step = course.next();
    while (!step.done) {
      const results =
        step.value.kind === 'read' ? step.value.statements.map((each) => this.#run(each)) : [];
      statementCount += results.length;
      step = course.next(results);
    }
    const { status, body } = step.value;
    return {
      status,
      json: JSON.parse(typeof body === 'string' ? body : 'null') as unknown,
      statementCount,
    };
  }

  /** Rows of a statement of the test's own. */
  rows(text: string): readonly (readonly Value[])[] {
    return this.#run({ text, parameters: [] }).rows;
  }

  [Symbol.dispose](): void {
    this.#session.close();
  }

  #run({
    text,
    parameters,
  }: Pick<Parameters<SqliteSession['run']>[0], 'text' | 'parameters'>): StatementResult {
    const rows: (readonly Value[])[] = [];
    for (const event of this.#session.run({ text, type: 'text', parameters })) {
      if (event.kind === 'rows') rows.push(...event.rows);
    }
    return { rows, rowsAffected: 0, outputs: {} };
  }
}
