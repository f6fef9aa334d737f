import { NEXT_DEPTH } from '../bind/bind-common-tables.ts';
import { type Bound, computed, raiseError } from '../bind/bound.ts';
import type { FunctionCall } from '../bind/environment.ts';
import { type SystemObject, systemObjects } from '../bind/system-objects.ts';
import { typeFacts } from '../bind/system-type-facts.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import { computedDecimal, INT, nvarchar, SMALLINT } from '../types/sql-type.ts';
import { arity, type FunctionBinder, type FunctionTable } from './arguments.ts';

function knownText(call: FunctionCall, index: number): string | null {
  const bound = call.bind(index);
  if (!bound.isConstant) throw unsupported(`${call.name} of a column`);
  const value = call.context.evaluate(bound);
  return value === null ? null : String(value);
}

function name(call: FunctionCall, text: string | null): Bound {
  return call.context.constant(text, nvarchar(128));
}

const dbName: FunctionBinder = (call) => {
  arity(call, 0, 1);
  const { session, catalogue } = call.context;
  if (call.nodes.length === 0) return name(call, session.currentCatalogue);
  const id = Number(knownText(call, 0));
  return name(call, catalogue.names[id - 5] ?? null);
};

/** User databases begin at 5 in SQL Server. */
const dbId: FunctionBinder = (call) => {
  arity(call, 0, 1);
  const { session, catalogue } = call.context;
  const wanted = call.nodes.length === 0 ? session.currentCatalogue : knownText(call, 0);
  const index = catalogue.names.findIndex((known) => known.toLowerCase() === wanted?.toLowerCase());
  return call.context.constant(index < 0 ? null : BigInt(index + 5), { name: 'smallint' });
};

/** The identifier by which sys.objects lists the object, NULL when there is none. */
const objectId: FunctionBinder = (call) => {
  arity(call, 1, 2);
  const text = knownText(call, 0);
  const parts = (text ?? '')
    .replace(/^tempdb\.\.(?=#)/i, '')
    .split('.')
    .map((part) => part.replaceAll(/^\[|\]$/g, ''));
  const { catalogue, session } = call.context;
  const [own = '', schema = '', owner] = parts.toReversed();
  if (own.startsWith('#')) {
    const index = [...catalogue.temporaryTables().keys()].indexOf(own.toLowerCase());
    return index < 0 ? call.context.constant(null, INT) : call.context.integer(-1 - index);
  }
  const known =
    owner === undefined || owner === '' ? session.currentCatalogue : catalogue.findName(owner);
  const isOther = known === undefined || !['', 'dbo'].includes(schema.toLowerCase());
  const type = call.nodes.length > 1 ? knownText(call, 1)?.trim().toUpperCase() : undefined;
  const object = isOther
    ? undefined
    : systemObjects(call.context, known).find(
        ({ name: found, kind }) =>
          found.toLowerCase() === own.toLowerCase() &&
          (type === undefined || OBJECT_KINDS[type]?.includes(kind) === true),
      );
  return object === undefined ? call.context.constant(null, INT) : call.context.integer(object.id);
};

const OBJECT_KINDS: Readonly<Record<string, readonly SystemObject['kind'][]>> = {
  U: ['table'],
  P: ['procedure'],
  PK: ['key'],
  UQ: ['key'],
  F: ['foreignKey'],
};

const objectName: FunctionBinder = (call) => {
  arity(call, 1, 2);
  const id = Number(knownText(call, 0));
  const catalogueId = call.nodes.length > 1 ? Number(knownText(call, 1)) : undefined;
  const { catalogue, session } = call.context;
  const owner =
    catalogueId === undefined ? session.currentCatalogue : catalogue.names[catalogueId - 5];
  const objects = owner === undefined ? [] : systemObjects(call.context, owner);
  return name(call, objects.find((object) => object.id === id)?.name ?? null);
};

/** Bytes that a column holds; NULL when there is none of that name. */
const columnLength: FunctionBinder = (call) => {
  arity(call, 2);
  const parts = (knownText(call, 0) ?? '')
    .split('.')
    .map((part) => part.replaceAll(/^\[|\]$/g, ''));
  const wanted = knownText(call, 1)?.toLowerCase();
  const { catalogue, session } = call.context;
  const column = catalogue
    .findTable(parts, session.currentCatalogue)
    ?.columns.find((own) => own.name.toLowerCase() === wanted);
  const length = column === undefined ? null : BigInt(typeFacts(column.type).maxLength);
  return call.context.constant(length, SMALLINT);
};

const PROPERTIES: Readonly<Record<string, string>> = {
  productversion: '16.0.1000.6',
  productlevel: 'RTM',
  edition: 'Developer Edition (64-bit)',
  collation: 'Latin1_General_CI_AS',
};

const serverProperty: FunctionBinder = (call) => {
  arity(call, 1);
  const key = knownText(call, 0)?.toLowerCase() ?? '';
  if (key === 'servername' || key === 'machinename')
    return name(call, call.context.session.serverName);
  if (key === 'engineedition') return call.context.integer(3);
  if (key === 'instancename') return name(call, null);
  return name(call, PROPERTIES[key] ?? null);
};

function fixed(text: string): FunctionBinder {
  return (call) => {
    arity(call, 0, 1);
    return name(call, text);
  };
}

const scopeIdentity: FunctionBinder = (call) => {
  arity(call, 0);
  return call.context.constant(call.context.session.identity, computedDecimal(38, 0));
};

const errorNumber: FunctionBinder = (call) => {
  const { caught } = call.context.session;
  return call.context.constant(caught === undefined ? null : BigInt(caught.errorCode), INT);
};

const errorMessage: FunctionBinder = (call) =>
  call.context.constant(call.context.session.caught?.message ?? null, nvarchar(4000));

function errorDetail(value: bigint): FunctionBinder {
  return (call) =>
    call.context.constant(call.context.session.caught === undefined ? null : value, INT);
}

/** The depth of the next level of a recursive query, or error 530 when that is too deep. */
const nextDepth: FunctionBinder = (call) => {
  const depth = call.bind(0);
  const limit = call.bind(1).known?.value;
  const sql = `(${depth.sql}+1)`;
  if (typeof limit !== 'bigint' || limit === 0n) return computed(sql, INT, depth);
  const tooDeep = raiseError(sqlServerError(530, String(limit)));
  return computed(`CASE WHEN ${depth.sql}>=${limit} THEN ${tooDeep} ELSE ${sql} END`, INT, depth);
};

export const SYSTEM_FUNCTIONS: FunctionTable = {
  [NEXT_DEPTH.toUpperCase()]: nextDepth,
  DB_NAME: dbName,
  DB_ID: dbId,
  OBJECT_ID: objectId,
  OBJECT_NAME: objectName,
  COL_LENGTH: columnLength,
  SERVERPROPERTY: serverProperty,
  SCOPE_IDENTITY: scopeIdentity,
  SCHEMA_NAME: fixed('dbo'),
  USER_NAME: fixed('dbo'),
  CURRENT_USER: fixed('dbo'),
  USER: fixed('dbo'),
  SESSION_USER: fixed('dbo'),
  SYSTEM_USER: fixed('demo'),
  SUSER_SNAME: fixed('demo'),
  SUSER_NAME: fixed('demo'),
  ORIGINAL_LOGIN: fixed('demo'),
  HOST_NAME: fixed('demo'),
  APP_NAME: fixed('demo'),
  ERROR_NUMBER: errorNumber,
  ERROR_MESSAGE: errorMessage,
  ERROR_SEVERITY: errorDetail(16n),
  ERROR_STATE: errorDetail(1n),
};
