import type { Place } from '../../mapping/problems.ts';
import { columnText } from '../../values/column-values.ts';
import { isOfForm } from '../../values/fhir-text.ts';
import {
  type Compiler,
  checkMembers,
  type Expected,
  type JsonObject,
  type Node,
  type Rendering,
  valueReader,
} from '../node.ts';
import { filling } from './column-form.ts';

const TEXT_TYPES = ['string', 'markdown', 'code', 'id', 'uri', 'url', 'canonical'];

type Part = string | ((rendering: Rendering) => string | undefined);

function readParts(text: string, compiler: Compiler, place: Place): Part[] | undefined {
  let isWrong = false;
  let hasColumns = false;
  const parts = text.split(/(\{[^{}]*\})/).map((part): Part => {
    if (!part.startsWith('{')) {
      if (/[{}]/.test(part)) {
        place.error('columns stand as {alias.Column}');
        isWrong = true;
      }
      return part;
    }
    hasColumns = true;
    const column = compiler.column(part.slice(1, -1).trim(), place);
    if (column?.column.type === 'binary') {
      place.error(`${column.column.name} is ${column.column.sqlType}, which is no text`);
    }
    isWrong ||= !column;
    if (!column) return '';
    const read = valueReader(column);
    const toText = columnText(column.column);
    return (rendering) => toText(read(rendering));
  });
  if (!hasColumns && !isWrong)
    place.error('has no column: write it as a constant, without "$text"');
  return isWrong || !hasColumns ? undefined : parts;
}

/** `{"$text": "{p.Title} {p.Surname}"}`: text with columns in it, nothing when all of them are empty. */
export function textForm(
  json: JsonObject,
  expected: Expected,
  compiler: Compiler,
  place: Place,
): Node | undefined {
  checkMembers(json, ['$text'], place);
  const { type } = expected;
  const text = json['$text'];
  if (!TEXT_TYPES.includes(type)) {
    place.error(`"$text" gives text, here stands a ${type}`);
    return undefined;
  }
  if (typeof text !== 'string') {
    place.at('$text').error('must be text');
    return undefined;
  }
  const parts = readParts(text, compiler, place.at('$text'));
  return parts && filling(false, (rendering) => joined(parts, type, rendering));
}

function joined(parts: readonly Part[], type: string, rendering: Rendering): string | undefined {
  let hasValue = false;
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    else {
      const value = part(rendering);
      hasValue ||= value !== undefined;
      text += value ?? '';
    }
  }
  if (!hasValue) return undefined;
  const trimmed = text.replaceAll(/[ \t]+/g, ' ').trim();
  return isOfForm(trimmed, type) ? trimmed : undefined;
}
