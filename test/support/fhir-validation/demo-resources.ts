import { stringify } from 'lossless-json';
import type { FhirStatement, StatementResult } from '../../../src/fhir/course.ts';
import { loadMapping } from '../../../src/fhir/mapping/load-mapping.ts';
import type { SiteSettings } from '../../../src/fhir/mapping/site-settings.ts';
import type { SystemMapping } from '../../../src/fhir/mapping/system-mapping.ts';
import { metaColumns, renderResource } from '../../../src/fhir/render/render-resource.ts';
import { parseSearch } from '../../../src/fhir/search/index.ts';
import { matchesStatement, type Position, positionOf } from '../../../src/fhir/sql/index.ts';
import { demoPractice } from '../../../src/fhir/systems/demo-practice/index.ts';
import type { Value } from '../../../src/sql/driver.ts';
import { openSession } from '../../../src/sql/drivers/sqlite/open-session.ts';
import type { SqliteSession } from '../../../src/sql/drivers/sqlite/session.ts';
import type { PracticeFiles } from '../practice-copy.ts';
import type { Json } from './definition-types.ts';

const context = { timeZone: 'Australia/Sydney', baseUrl: 'http://127.0.0.1/fhir' };
const pageSize = 20_000;

/** The demo practice's rows as resources, read by the statements that the link runs. */
export class DemoResources implements Disposable {
  readonly mapping: SystemMapping;
  readonly #sessions = new Map<string, SqliteSession>();

  constructor(files: PracticeFiles, settings: SiteSettings = {}) {
    this.mapping = loadMapping(demoPractice, 'tsql', settings);
    for (const [name, file] of Object.entries(files)) {
      const others = Object.entries(files).filter(([other]) => other !== name);
      const attached = others.map(([other, path]) => ({ name: other, file: String(path) }));
      const catalogue = { name, file: String(file) };
      this.#sessions.set(name, openSession({ catalogue, attached, dialect: 'tsql' }));
    }
  }

  /** All resources of a type, deleted ones left out, in the order of their ids. */
  *ofType(type: string): Generator<Json> {
    const mapping = this.mapping.resources.get(type);
    if (mapping === undefined) throw new Error(`the demo practice has no ${type}`);
    const columns = [
      ...mapping.elements.flatMap((element) => element.columns),
      ...metaColumns(mapping),
    ];
    let after: Position | undefined;
    do {
      const page = matchesStatement(
        { dialect: 'tsql', mapping },
        { columns, filters: [], sort: [], limit: pageSize, ...(after ? { after } : {}) },
      );
      const rows = page.rows(this.run(page.statement));
      for (const child of page.children(rows)) child.attach(this.run(child.statement));
      for (const row of rows) {
        const resource = renderResource(mapping, row, {}, context);
        yield JSON.parse(stringify(resource) ?? '') as Json;
      }
      const last = rows.at(-1);
      after = last && rows.length === pageSize ? positionOf(mapping, [], last) : undefined;
    } while (after !== undefined);
  }

  /** Ids of the first matches of a search, written as in an address but not encoded. */
  search(type: string, query: string): string[] {
    const mapping = this.mapping.resources.get(type);
    if (mapping === undefined) throw new Error(`the demo practice has no ${type}`);
    const parameters = query.split('&').map((each): [string, string] => {
      const at = each.indexOf('=');
      return [each.slice(0, at), each.slice(at + 1)];
    });
    const { filters, unknown } = parseSearch(mapping, this.mapping, parameters, {
      ...context,
      now: Date.now(),
    });
    if (unknown.length > 0) throw new Error(`unknown: ${unknown.join()}`);
    const page = matchesStatement(
      { dialect: 'tsql', mapping },
      { columns: [], filters, sort: [], limit: 100 },
    );
    return page.rows(this.run(page.statement)).map((row) => row.id);
  }

  [Symbol.dispose](): void {
    for (const session of this.#sessions.values()) session.close();
  }

  /** Runs one statement as the link does. */
  run({ catalogue = 'Patients', text, parameters }: FhirStatement): StatementResult {
    const rows: (readonly Value[])[] = [];
    const session = this.#sessions.get(catalogue);
    if (session === undefined) throw new Error(`no catalogue ${catalogue}`);
    for (const event of session.run({ text, type: 'text', parameters })) {
      if (event.kind === 'rows') rows.push(...event.rows);
    }
    return { rows, rowsAffected: 0, outputs: {} };
  }
}
