import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { createSecretBox } from '../../lib/secret-box.ts';
import { fhirProblem } from '../outcome/fhir-problem.ts';
import type { Parameter } from '../request/parameters.ts';
import type { Position } from '../sql/index.ts';

/** Where a search goes on, with all that it needs for that: the link to the next page carries nothing else. */
export interface Cursor {
  /** The parameters that were followed, those about the result included. */
  readonly parameters: readonly Parameter[];
  readonly after: Position;
  /** When the search began, milliseconds since 1970: what is relative to now stays the same on all pages. */
  readonly beganAt: number;
  /** The number of matches, where the first page told it. */
  readonly total?: number;
}

/** Turns cursors into texts that say nothing to whoever sees the link, and back. */
export interface CursorBox {
  /** @throws FhirProblem `tooCostly` when the search is too long for a link */
  seal(type: string, cursor: Cursor): string;
  /** @throws FhirProblem `invalidCursor` for all but what this site has sealed for this type */
  open(type: string, text: string): Cursor;
}

/** Half of what Node's HTTP server takes for all headers of a request together. */
const MAX_SEALED_CHARACTERS = 8_000;

/** What is written: short names, as it stands in a URL. */
interface Written {
  readonly p: readonly (readonly [string, string])[];
  readonly a: Position;
  readonly b: number;
  readonly t?: number;
}

function write({ parameters, after, beganAt, total }: Cursor): string {
  const written: Written = {
    p: parameters.map(({ name, value }) => [name, value]),
    a: after,
    b: beganAt,
    ...(total === undefined ? {} : { t: total }),
  };
  return deflateRawSync(JSON.stringify(written)).toString('base64');
}

/** Only what {@link write} wrote comes here: the box has proven it. */
function read(text: string): Cursor {
  const { p, a, b, t } = JSON.parse(
    inflateRawSync(Buffer.from(text, 'base64')).toString(),
  ) as Written;
  return {
    parameters: p.map(([name, value]) => ({ name, value })),
    after: a,
    beganAt: b,
    ...(t === undefined ? {} : { total: t }),
  };
}

/** Makes the box of a site: AES-GCM under a key that is derived from its own. */
export function createCursorBox(cursorKey: Uint8Array): CursorBox {
  const box = createSecretBox(Buffer.from(cursorKey).toString('base64'), 'FHIR page links');
  return {
    seal(type, cursor) {
      const sealed = box.seal(write(cursor), type);
      if (sealed.length > MAX_SEALED_CHARACTERS) {
        const diagnostics =
          'the parameters are too long for a link to the next page: ask for less at once, or raise _count';
        throw fhirProblem('tooCostly', diagnostics);
      }
      return sealed;
    },
    open(type, text) {
      const opened = box.open(text, type);
      if (opened === undefined) throw fhirProblem('invalidCursor', undefined, 'http._cursor');
      return read(opened);
    },
  };
}
