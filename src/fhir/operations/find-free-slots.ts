import { searchsetBundle, searchUrl } from '../bundle/searchset.ts';
import type { InteractionCourse } from '../interactions/index.ts';
import { attachChildren, type PartOfCourse, readPages } from '../interactions/read-rows.ts';
import { type Selection, selectElements } from '../interactions/result-view.ts';
import { readInclude } from '../interactions/search/include-parameters.ts';
import {
  type IncludeScope,
  includeColumns,
  readIncluded,
} from '../interactions/search/included-rows.ts';
import { includedEntries, resultEntries } from '../interactions/search/result-entries.ts';
import type { ResourceMapping, SystemMapping } from '../mapping/system-mapping.ts';
import { operationOutcome } from '../outcome/operation-outcome.ts';
import type { SearchFilter } from '../search/index.ts';
import { matchesStatement, type Position, positionOf, type ResourceRow } from '../sql/index.ts';
import { type FreeSlot, runStarts } from './find-free/free-runs.ts';
import { type FreeTimeRequest, readFreeTimeRequest } from './find-free/free-time-request.ts';
import { slotFilters, slotOrder } from './find-free/slot-search.ts';
import type { Operation, OperationCall, OperationParameter } from './operation.ts';
import { namesOf, type OperationInput, readOperationInput } from './operation-input.ts';

const PARAMETERS: readonly OperationParameter[] = [
  {
    name: 'start',
    type: 'dateTime',
    min: 1,
    documentation: 'No slot begins before this time or day.',
  },
  {
    name: 'end',
    type: 'dateTime',
    min: 1,
    documentation: 'All has ended by this time or day, which is at most 62 days after `start`.',
  },
  {
    name: 'practitioner',
    type: 'string',
    searchType: 'reference',
    documentation: 'Whose slots: ids or references.',
  },
  {
    name: 'location',
    type: 'string',
    searchType: 'reference',
    documentation: 'Where: ids or references.',
  },
  {
    name: 'appointment-type',
    type: 'string',
    searchType: 'token',
    documentation: 'What for. Slots without a type are for every type.',
  },
  {
    name: 'duration',
    type: 'integer',
    documentation:
      'Minutes that are needed: a slot is given if free slots of the same schedule follow it for so long.',
  },
  { name: '_count', type: 'integer', documentation: 'Slots at most; 50 where it is left out.' },
];

/** Slots that are read for one answer at most, in pages. */
const PAGE_ROWS = 1_000;
const MAX_PAGES = 5;

interface FoundSlot extends FreeSlot {
  readonly row: ResourceRow;
}

/** The slots at which the wanted time begins. */
interface FoundSlots {
  readonly slots: readonly FoundSlot[];
  /** The window was read to its end. */
  readonly isWhole: boolean;
}

interface SlotReading {
  readonly mapping: ResourceMapping;
  readonly selection: Selection;
  readonly includes: IncludeScope['includes'];
  readonly filters: readonly SearchFilter[];
}

/** A row's times and schedule, as the resource says them; undefined for one without. */
function slotOf(
  mapping: ResourceMapping,
  row: ResourceRow,
  scope: { timeZone: string; baseUrl: string },
) {
  const members: Record<string, unknown> = {};
  for (const element of mapping.elements) {
    if (TIMES.has(element.name)) Object.assign(members, element.render(row, scope));
  }
  const { start, end, schedule } = members;
  const startMs = Date.parse(String(start));
  const endMs = Date.parse(String(end));
  return Number.isNaN(startMs) || Number.isNaN(endMs)
    ? undefined
    : { row, startMs, endMs, schedule: JSON.stringify(schedule) };
}

const TIMES: ReadonlySet<string> = new Set(['start', 'end', 'schedule']);

/** Reads free slots by their start until enough are found, the window ends, or too much was read. */
function* findSlots(
  call: OperationCall,
  { mapping, selection, includes, filters }: SlotReading,
  wanted: FreeTimeRequest,
): PartOfCourse<FoundSlots> {
  const { context, request } = call;
  const scope = { timeZone: context.timeZone, baseUrl: request.baseUrl };
  const columns = [...selection.columns, ...includeColumns(mapping, includes)];
  const sort = slotOrder({ context, baseUrl: request.baseUrl }, mapping);
  const limit = wanted.durationMs === undefined ? Math.min(wanted.count + 1, PAGE_ROWS) : PAGE_ROWS;
  const slots: FoundSlot[] = [];
  let found: FoundSlot[] = [];
  let after: Position | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const statement = matchesStatement(
      { dialect: context.dialect, mapping },
      { columns, filters, sort, limit, ...(after ? { after } : {}) },
    );
    const [page] = yield* readPages([statement]);
    const rows = page?.rows ?? [];
    yield* attachChildren([{ page: statement, rows }]);
    slots.push(...rows.flatMap((row) => slotOf(mapping, row, scope) ?? []));
    const last = rows.at(-1);
    const isWhole = last === undefined || rows.length < limit;
    found = runStarts(slots, wanted, isWhole ? Infinity : (slots.at(-1)?.startMs ?? -Infinity));
    if (isWhole || found.length > wanted.count) return { slots: found, isWhole };
    after = positionOf(mapping, sort, last);
  }
  return { slots: found, isWhole: false };
}

function selfLink({ request }: OperationCall, input: OperationInput, count: number): string {
  const given = input.given.filter(({ name }) => name !== '_count');
  const parameters = [...given, { name: '_count', value: String(count) }];
  return searchUrl(request.baseUrl, 'Slot/$find-free', parameters);
}

function cutEntry() {
  const diagnostics = `only the first ${PAGE_ROWS * MAX_PAGES} free slots were looked at: ask for a shorter time, or name a practitioner or a location`;
  const resource = operationOutcome([{ kind: 'searchCut', diagnostics }]);
  return { resource, search: { mode: 'outcome' as const } };
}

function* findFreeSlots(call: OperationCall): InteractionCourse {
  const { request, context, resource: mapping } = call;
  if (!mapping) throw new Error('$find-free stands at a type');
  const input = readOperationInput(request, namesOf(PARAMETERS), '$find-free');
  const wanted = readFreeTimeRequest(input, context);
  const filters = slotFilters({ context, baseUrl: request.baseUrl }, mapping, input, wanted);
  const view = { summary: 'false' } as const;
  const selection = selectElements(mapping, view, 'match');
  const include = { name: '_include', value: 'Slot:schedule' };
  const manner = { isReverse: false, isIterated: false };
  const includes = readInclude(include, context.mapping, 'Slot', manner);
  const found = yield* findSlots(call, { mapping, selection, includes, filters }, wanted);
  const slots = found.slots.slice(0, wanted.count);
  const matches = { mapping, selection, rows: slots.map(({ row }) => row) };
  const included = yield* readIncluded({ context, view, includes }, matches);
  const isAll = found.isWhole && found.slots.length <= wanted.count;
  const isCut = !found.isWhole && found.slots.length <= wanted.count;
  const entries = [
    ...(yield* resultEntries(matches, 'match', call)),
    ...(yield* includedEntries(included, call)),
    ...(isCut ? [cutEntry()] : []),
  ];
  const resource = searchsetBundle({
    ...(isAll ? { total: slots.length } : {}),
    self: selfLink(call, input, wanted.count),
    entries,
  });
  return { status: 200, resource };
}

function isOffered({ resources }: SystemMapping): boolean {
  const [slot, schedule] = [resources.get('Slot'), resources.get('Schedule')];
  const hasAll = ['start', 'status', 'schedule'].every((name) => slot?.search.has(name));
  return hasAll && schedule?.search.has('actor') === true;
}

/** `Slot/$find-free`: where an appointment can be booked. */
export const findFreeSlotsOperation: Operation = {
  name: 'find-free',
  definition: { id: 'Slot-find-free', title: 'Find free slots', parameters: PARAMETERS },
  documentation:
    'Free slots between `start` and `end` (required, at most 62 days), of a `practitioner`, at a `location` (an id or a reference), for an `appointment-type` (a token). With a `duration` in minutes: the slots from which it fits into free slots of the same schedule that follow each other. `_count` slots at most, with their schedules.',
  levels: new Set(['type']),
  types: new Set(['Slot']),
  affectsState: false,
  isOffered,
  run: findFreeSlots,
};
