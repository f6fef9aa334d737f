import { isPrimitive } from '../definitions/elements.ts';
import { didYouMean, type Place } from '../mapping/problems.ts';
import type { ResourceScope } from '../mapping/resource-scope.ts';
import type { ColumnRef } from '../mapping/system-mapping.ts';
import { orAbsent, readAbsent } from './absent.ts';
import { readConstant } from './constants.ts';
import { firstForm, ifForm } from './forms/choice-forms.ts';
import { codingForm, columnForm } from './forms/column-form.ts';
import { eachForm } from './forms/each-form.ts';
import { identifierForm } from './forms/identifier-form.ts';
import { referenceForm } from './forms/reference-form.ts';
import { textForm } from './forms/text-form.ts';
import { readList } from './list-node.ts';
import { type Compiler, type Expected, isJsonObject, type JsonObject, type Node } from './node.ts';
import { objectNode } from './object-node.ts';
import { readTest } from './row-condition.ts';

type Form = (
  json: JsonObject,
  expected: Expected,
  compiler: Compiler,
  place: Place,
  children: ReadonlySet<string>,
) => Node | undefined;

/** The forms of the template language by the member that marks them. */
const FORMS: Readonly<Record<string, Form>> = {
  $: columnForm,
  $coding: codingForm,
  $text: textForm,
  $first: firstForm,
  $if: ifForm,
  $reference: referenceForm,
  $each: eachForm,
  $identifier: identifierForm,
};
const MARKS = Object.keys(FORMS);

/** What one top-level element reads of the database. */
export class ReadColumns {
  readonly columns = new Set<ColumnRef>();
  readonly children = new Set<string>();
}

/** Compiles the parts of one top-level element of a template. */
export class TemplateCompiler implements Compiler {
  readonly scope: ResourceScope;
  readonly child: string | undefined;
  readonly #children: ReadonlySet<string>;
  readonly #reads: ReadColumns;

  /** @param children names of the resource's child relations */
  constructor(
    scope: ResourceScope,
    children: ReadonlySet<string>,
    reads: ReadColumns,
    child?: string,
  ) {
    this.scope = scope;
    this.child = child;
    this.#children = children;
    this.#reads = reads;
  }

  within(child: string): Compiler {
    return new TemplateCompiler(this.scope, this.#children, this.#reads, child);
  }

  column(text: string, place: Place): ColumnRef | undefined {
    const column = this.scope.column(text, place, this.child);
    if (column) this.#reads.columns.add(column);
    return column;
  }

  readsChild(name: string): void {
    this.#reads.children.add(name);
  }

  list(json: unknown, expected: Expected, place: Place): Node | undefined {
    return readList(json, expected, this, place);
  }

  value(json: unknown, expected: Expected, place: Place): Node | undefined {
    if (Array.isArray(json)) {
      place.error('is no list in FHIR: write it without [ ]');
      return undefined;
    }
    if (!isJsonObject(json)) {
      if (isPrimitive(expected.type)) return readConstant(json, expected, place);
      place.error(`must be an object: here stands a ${expected.type}`);
      return undefined;
    }
    const { $when, $absent, ...own } = json;
    const node = this.#form(own, expected, place);
    const test = $when === undefined ? undefined : readTest($when, this, place.at('$when'));
    const absent =
      $absent === undefined ? undefined : readAbsent($absent, expected.type, place.at('$absent'));
    if (!node || ($when !== undefined && !test)) return undefined;
    const guarded: Node = test
      ? {
          ...node,
          level: node.level === 2 ? 2 : 1,
          isAlways: false,
          render(rendering) {
            if (!test(rendering)) return undefined;
            if (node.level < 2) rendering.chosen += 1;
            return node.render(rendering);
          },
        }
      : node;
    return orAbsent(guarded, absent);
  }

  #form(json: JsonObject, expected: Expected, place: Place): Node | undefined {
    const marks = Object.keys(json).filter((name) => name.startsWith('$'));
    const [mark] = marks;
    if (mark === undefined) {
      if (!isPrimitive(expected.type)) return objectNode(json, expected, this, place);
      place.error(
        `must be a value or one of {"$": …}, {"$text": …}: here stands a ${expected.type}`,
      );
      return undefined;
    }
    const known = marks.find((each) => Object.hasOwn(FORMS, each));
    const wrong = marks.find((each) => each !== known);
    if (wrong !== undefined) {
      const hint = known === undefined ? didYouMean(wrong, MARKS) : '';
      place.error(
        known === undefined
          ? `"${wrong}" is no form of the template language${hint}`
          : `"${wrong}" cannot stand beside "${known}"`,
      );
      return undefined;
    }
    return FORMS[known as string]?.(json, expected, this, place, this.#children);
  }
}
