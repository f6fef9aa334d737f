import type { Stored } from '../database.ts';
import { sqlServerError } from '../errors.ts';
import { bindFunction } from '../functions/index.ts';
import type { Expression, OrderItem, Query, QueryBody, SelectBody } from '../parse/ast.ts';
import { convertImplicitly } from '../types/convert.ts';
import { BIGINT, groupOf, NULL_TYPE, type SqlType } from '../types/sql-type.ts';
import { unifyTypes } from '../types/unify.ts';
import { withAffinity } from './affinity.ts';
import { bindCommonTables } from './bind-common-tables.ts';
import { bindExpression } from './bind-expression.ts';
import { type BoundItem, type BoundSelect, bindSelect } from './bind-select.ts';
import type { Bound } from './bound.ts';
import { groupKey, orderKey } from './compare.ts';
import { displaySql } from './display.ts';
import type { BoundQuery, Environment, OutputColumn, RenderOptions } from './environment.ts';
import type { StatementContext } from './statement-context.ts';

/** The environment of a statement: no rows in view. */
export function rootEnvironment(context: StatementContext): Environment {
  return { context, scope: undefined, commonTables: new Map(), bindQuery, bindFunction };
}

/** A subquery: ORDER BY needs TOP or OFFSET there. */
function bindQuery(query: Query, environment: Environment): BoundQuery {
  const hasTop = query.body.kind === 'select' && query.body.top !== undefined;
  if (query.orderBy.length > 0 && !hasTop && query.offset === undefined) throw sqlServerError(1033);
  return bindTopQuery(query, environment);
}

/** A whole query with its common tables, order and paging. */
export function bindTopQuery(query: Query, environment: Environment): BoundQuery {
  const outer =
    query.maxRecursion === undefined
      ? environment
      : { ...environment, maxRecursion: query.maxRecursion };
  const { prefix, inner } = bindCommonTables(outer, query.commonTables, bindMember);
  const bound = bindOrdered(query, inner);
  if (prefix === '') return bound;
  return { ...bound, render: (options) => `${prefix} ${bound.render(options)}` };
}

/** What ORDER BY and LIMIT are added to. */
interface Core {
  readonly items: readonly BoundItem[];
  readonly isSingleRow: boolean;
  /** Everything after the select list. */
  readonly tail: () => string;
  readonly orderKeyOf: (node: Expression) => Bound;
}

function bindOrdered(query: Query, environment: Environment): BoundQuery {
  const core = bindCore(query.body, environment, query.orderBy);
  const order = query.orderBy.map((item) => orderSql(environment, core, item));
  const limit = limitSql(environment, query);
  const isOne =
    core.isSingleRow ||
    (query.body.kind === 'select' &&
      query.body.top?.count.kind === 'literal' &&
      query.body.top.count.text === '1');
  const orderBy = order.length === 0 ? '' : ` ORDER BY ${order.join(',')}`;
  const tail = `${core.tail()}${orderBy}${limit}`;
  return {
    columns: core.items.map(
      ({ name, bound }): OutputColumn => ({ name, type: bound.type, isNullable: bound.isNullable }),
    ),
    atMostOneRow: isOne,
    render: (options = {}) => `SELECT ${selectList(environment, core.items, options)} ${tail}`,
  };
}

function selectList(
  { context }: Environment,
  items: readonly BoundItem[],
  { types, forDisplay, isInUnion }: RenderOptions,
): string {
  return items
    .map(({ bound }, index) => {
      const type = types?.[index];
      const value = type === undefined ? bound : convertImplicitly(context, bound, type);
      if (forDisplay === true) return `${displaySql(value)} AS c${index}`;
      return `${isInUnion === true ? withAffinity(value) : value.sql} AS c${index}`;
    })
    .join(',');
}

function orderSql(environment: Environment, core: Core, item: OrderItem): string {
  const bound = orderTarget(core, item.expression);
  if (['text', 'ntext', 'image', 'xml'].includes(bound.type.name)) {
    throw sqlServerError(
      306,
      'The text, ntext, and image data types cannot be compared or sorted, except when using IS NULL or LIKE operator.',
    );
  }
  // SQLite would read a constant as a column's number.
  if (bound.isConstant) return `(SELECT ${bound.sql})`;
  return `${orderKey(environment.context, bound)}${item.descending ? ' DESC' : ''}`;
}

/** A column's number, an output name, or any expression that the core allows. */
function orderTarget(core: Core, node: Expression): Bound {
  if (node.kind === 'literal' && node.type === 'integer') {
    const item = core.items[Number(node.text) - 1];
    if (item === undefined) {
      throw sqlServerError(
        108,
        `The ORDER BY position number ${node.text} is out of range of the number of items in the select list.`,
      );
    }
    return item.bound;
  }
  if (node.kind === 'literal') {
    throw sqlServerError(
      408,
      'A constant expression was encountered in the ORDER BY list, position 1.',
    );
  }
  if (node.kind === 'column' && node.parts.length === 1) {
    const name = node.parts[0]?.toLowerCase();
    const named = core.items.filter((item) => item.name.toLowerCase() === name);
    if (named.length > 1 && new Set(named.map((item) => item.bound.sql)).size > 1) {
      throw sqlServerError(209, node.parts[0] ?? '');
    }
    if (named[0] !== undefined) return named[0].bound;
  }
  return core.orderKeyOf(node);
}

/** The lowest number that a clause takes, and its error below that. */
const ROW_COUNT_LIMITS = {
  TOP: [0n, sqlServerError(127)],
  OFFSET: [0n, sqlServerError(10742)],
  FETCH: [1n, sqlServerError(10744)],
} as const;

const isBelow = (value: Stored, least: bigint): boolean =>
  typeof value === 'bigint' && value < least;

function rowCountSql(
  environment: Environment,
  node: Expression,
  clause: keyof typeof ROW_COUNT_LIMITS,
): string {
  const bound = bindExpression({ ...environment, scope: undefined }, node);
  if (groupOf(bound.type) !== 'integer' || bound.known?.isNull === true) throw sqlServerError(1060);
  const count = environment.context.fold(convertImplicitly(environment.context, bound, BIGINT));
  const [least, error] = ROW_COUNT_LIMITS[clause];
  if (count.known?.ask(isBelow, least) === true) throw error;
  return count.sql;
}

function limitSql(environment: Environment, query: Query): string {
  const top = query.body.kind === 'select' ? query.body.top : undefined;
  if (top !== undefined) {
    if (query.offset !== undefined) {
      throw sqlServerError(
        10741,
        'A TOP can not be used in the same query or sub-query as a OFFSET.',
      );
    }
    return ` LIMIT ${rowCountSql(environment, top.count, 'TOP')}`;
  }
  if (query.offset === undefined) return '';
  const fetch = query.fetch === undefined ? '-1' : rowCountSql(environment, query.fetch, 'FETCH');
  return ` LIMIT ${fetch} OFFSET ${rowCountSql(environment, query.offset, 'OFFSET')}`;
}

function bindCore(body: QueryBody, environment: Environment, orderBy: readonly OrderItem[]): Core {
  if (body.kind !== 'select')
    return closedCore(environment, bindMember(body, environment), undefined);
  const select = bindSelect(environment, body, orderBy);
  if (body.isDistinct) return distinctCore(environment, select);
  return {
    items: select.items,
    isSingleRow: select.isSingleRow,
    tail: select.tail,
    orderKeyOf: (node) => {
      if (select.grouped !== undefined) select.grouped.clauseError = 8127;
      return bindExpression(select.environment, node);
    },
  };
}

/** Columns of a subquery; ORDER BY sees those and nothing below. */
function closedCore(
  environment: Environment,
  member: BoundQuery,
  distinctKeys: ((alias: string) => string) | undefined,
): Core {
  const alias = environment.context.alias('u');
  const items = member.columns.map(
    ({ name, type }, index): BoundItem => ({
      name,
      bound: { sql: `${alias}.c${index}`, type, isSimple: true, isConstant: false },
    }),
  );
  return {
    items,
    isSingleRow: member.atMostOneRow,
    tail: () => `FROM (${member.render()}) AS ${alias}${distinctKeys?.(alias) ?? ''}`,
    orderKeyOf: () => {
      throw sqlServerError(
        104,
        'ORDER BY items must appear in the select list if the statement contains a UNION, INTERSECT or EXCEPT operator.',
      );
    },
  };
}

function groupByAll(context: StatementContext, types: readonly SqlType[], alias: string): string {
  const keys = types.map((type, index) =>
    groupKey(context, { sql: `${alias}.c${index}`, type, isSimple: true, isConstant: false }),
  );
  return ` GROUP BY ${keys.join(',')}`;
}

function distinctCore(environment: Environment, select: BoundSelect): Core {
  const { context } = environment;
  const types = select.items.map((item) => item.bound.type);
  const incomparable = types.find(({ name }) => ['text', 'ntext', 'image', 'xml'].includes(name));
  if (incomparable !== undefined) throw sqlServerError(421, incomparable.name);
  const member: BoundQuery = {
    columns: select.items.map(({ name, bound }) => ({ name, type: bound.type })),
    atMostOneRow: select.isSingleRow,
    render: () => `SELECT ${selectList(environment, select.items, {})} ${select.tail()}`,
  };
  const core = closedCore(environment, member, (alias) => groupByAll(context, types, alias));
  return {
    ...core,
    orderKeyOf: (node) => {
      const wanted = bindExpression(select.environment, node).sql;
      const index = select.items.findIndex((item) => item.bound.sql === wanted);
      const item = core.items[index];
      if (item === undefined) throw sqlServerError(145);
      return item.bound;
    },
  };
}

/** One side of a set operator (or a nested query, or VALUES). */
export function bindMember(body: QueryBody, environment: Environment): BoundQuery {
  switch (body.kind) {
    case 'select':
      return bindOrdered(plainQuery(body), environment);
    case 'nested':
      return bindQuery(body.query, environment);
    case 'values':
      return bindValues(environment, body.rows);
    case 'set':
      return bindSet(environment, body);
  }
}

function plainQuery(body: SelectBody): Query {
  return { commonTables: [], body, orderBy: [] };
}

function bindValues(
  environment: Environment,
  rows: readonly (readonly Expression[])[],
): BoundQuery {
  const bound = rows.map((row) => row.map((node) => bindExpression(environment, node)));
  const width = bound[0]?.length ?? 0;
  if (bound.some((row) => row.length !== width)) throw sqlServerError(10709);
  const types = Array.from({ length: width }, (_, index) =>
    bound.map((row) => row[index]?.type ?? NULL_TYPE).reduce(unifyTypes, NULL_TYPE),
  );
  return {
    columns: types.map((type) => ({ name: '', type })),
    atMostOneRow: rows.length === 1,
    render: ({ types: wanted = types } = {}) => {
      const list = types.map((_, index) => `column${index + 1} AS c${index}`);
      const texts = bound.map((row) => {
        const values = row.map((value, index) => {
          // First the type of the column in VALUES, then the one that is asked for.
          const own = convertImplicitly(environment.context, value, types[index] ?? value.type);
          return convertImplicitly(environment.context, own, wanted[index] ?? own.type).sql;
        });
        return `(${values.join(',')})`;
      });
      // The LIMIT keeps SQLite from making a counted union of the rows, whose length it limits.
      return `SELECT ${list.join(',')} FROM (SELECT * FROM (VALUES ${texts.join(',')}) LIMIT -1)`;
    },
  };
}

function bindSet(environment: Environment, body: Extract<QueryBody, { kind: 'set' }>): BoundQuery {
  const { context } = environment;
  const left = bindMember(body.left, environment);
  const right = bindMember(body.right, environment);
  if (left.columns.length !== right.columns.length) throw sqlServerError(205);
  const own = left.columns.map((column, index) =>
    unifyTypes(column.type, right.columns[index]?.type ?? NULL_TYPE),
  );
  const columns = left.columns.map(({ name }, index) => ({ name, type: own[index] ?? NULL_TYPE }));
  const itemsOf = (alias: string): BoundItem[] =>
    columns.map(({ name, type }, index) => ({
      name: '',
      bound: {
        sql: `${alias}.c${index}`,
        type,
        isSimple: true,
        isConstant: false,
        columnName: name,
      },
    }));
  const all = () => [...partsOf(left, own), ...partsOf(right, own)];
  const render = ({ types = own, isInUnion }: RenderOptions = {}): string => {
    const alias = context.alias('u');
    const list = selectList(environment, itemsOf(alias), { types, isInUnion });
    if (body.operator === 'UNION ALL')
      return `SELECT ${list} FROM (${all().join(' UNION ALL ')}) AS ${alias}`;
    const groups = groupByAll(context, own, alias);
    if (body.operator === 'UNION')
      return `SELECT ${list} FROM (${all().join(' UNION ALL ')}) AS ${alias}${groups}`;
    const [a, b] = [left, right].map((member) => wrapped(member, own));
    const other = context.alias('u');
    const matches = own
      .map((type, index) => {
        const key = (name: string): string =>
          groupKey(context, { sql: `${name}.c${index}`, type, isSimple: true, isConstant: false });
        return `${key(alias)} IS ${key(other)}`;
      })
      .join(' AND ');
    const not = body.operator === 'EXCEPT' ? 'NOT ' : '';
    return `SELECT ${list} FROM (${a}) AS ${alias} WHERE ${not}EXISTS(SELECT 1 FROM (${b}) AS ${other} WHERE ${matches})${groups}`;
  };
  const parts = (types: readonly SqlType[]): readonly string[] | undefined => {
    const isAsWanted = itemsOf('u').every(({ bound }, index) => {
      const type = types[index];
      return type === undefined || convertImplicitly(context, bound, type).sql === bound.sql;
    });
    return isAsWanted ? all() : undefined;
  };
  return { columns, atMostOneRow: false, render, ...(body.operator === 'UNION ALL' && { parts }) };
}

const wrapped = (member: BoundQuery, types: readonly SqlType[]): string =>
  `SELECT * FROM (${member.render({ types, isInUnion: true })})`;

/** A union of unions stands side by side: SQLite reads it only to a certain depth. */
function partsOf(member: BoundQuery, types: readonly SqlType[]): readonly string[] {
  return member.parts?.(types) ?? [wrapped(member, types)];
}
