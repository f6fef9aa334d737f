import { didYouMean, type Place } from '../../mapping/problems.ts';
import { readReferenceKey } from '../../mapping/reference-key.ts';
import { keyReader } from '../../values/logical-id.ts';
import {
  type Compiler,
  checkMembers,
  type Expected,
  type JsonObject,
  type Node,
  valueReader,
} from '../node.ts';
import { filling } from './column-form.ts';

/** `{"$reference": "Patient", "key": ["c.InternalID"]}`: a Reference, nothing when the key is not whole. */
export function referenceForm(
  json: JsonObject,
  expected: Expected,
  compiler: Compiler,
  place: Place,
): Node | undefined {
  checkMembers(json, ['$reference', 'key', 'display'], place);
  const target = json['$reference'];
  const key = json['key'];
  if (expected.type !== 'Reference') {
    place.error(`"$reference" gives a Reference, here stands a ${expected.type}`);
    return undefined;
  }
  if (typeof target !== 'string' || !isTextList(key)) {
    place.error('write {"$reference": "Patient", "key": ["alias.Column"]}');
    return undefined;
  }
  const { targets } = expected;
  if (targets.length > 0 && !targets.includes(target)) {
    const hint = didYouMean(target, targets);
    place.at('$reference').error(`may be to ${targets.join(', ')}, not to ${target}${hint}`);
  }
  const columns = readReferenceKey(target, key, compiler.scope, place, compiler.child);
  const display = json['display'];
  const shown =
    display === undefined ? undefined : compiler.value(display, DISPLAY, place.at('display'));
  if (!columns) return undefined;
  for (const [index, text] of key.entries()) compiler.column(text, place.at('key').at(index));
  const idOf = keyReader(columns.map((column) => column.column));
  const readers = columns.map((column) => valueReader(column));
  const isAlways = columns.every((column) => !column.isNullable);
  return filling(isAlways, (rendering) => {
    const id = idOf(readers.map((read) => read(rendering)));
    if (id === undefined) return undefined;
    const reference = `${target}/${id}`;
    const name = shown?.render(rendering);
    return name === undefined ? { reference } : { reference, display: name };
  });
}

const DISPLAY: Expected = { type: 'string', targets: [], isListItem: false };

const isTextList = (json: unknown): json is readonly string[] =>
  Array.isArray(json) && json.length > 0 && json.every((each) => typeof each === 'string');
