import { Connection } from 'tedious';
import metadataParserModule from 'tedious/lib/metadata-parser.js';
import streamParserModule from 'tedious/lib/token/stream-parser.js';

/*
 * All that this driver uses of tedious beyond its documented interface, in one place:
 *
 * - `Connection.createTokenStreamParser`, overridden, to read rows and output parameters without loss;
 * - `Connection.sendLogin7Packet`, overridden, to check encryption and certificate before credentials leave;
 * - `Connection.socket`, `.inTransaction`, read;
 * - the class of `token/stream-parser`, extended: it reads every other token;
 * - `readMetadata` and `readCollation` of `metadata-parser`, for output parameters and `sql_variant`.
 */

/** The type of a column or of an output parameter, as tedious reads it. */
export interface TypeMetadata {
  readonly type: { readonly name: string };
  /** Maximum length in bytes; 65535 for the `max` types. */
  readonly dataLength?: number | undefined;
  readonly scale?: number | undefined;
  readonly collation?: { readonly codepage?: string | undefined } | undefined;
}

/** One column of a result set, as tedious reads it. */
export interface ColumnMetadata extends TypeMetadata {
  readonly colName: string;
}

/** A token as far as this driver looks into it. */
export interface Token {
  readonly handlerName: string;
  readonly curCmd?: number;
  rowCount?: number | undefined;
}

/** Takes tokens: one method for each `handlerName`. */
export type TokenHandler = Record<string, (token: object) => void>;

/** tedious' reader of tokens: `position` is a place in `buffer`, which {@link waitForChunk} extends. */
interface StreamParser {
  buffer: Buffer;
  position: number;
  colMetadata: ColumnMetadata[];
  readonly options: object;
  readonly iterator: AsyncIterator<Buffer>;
  readToken(type: number): Token | undefined | Promise<Token | undefined>;
  readReturnValueToken(): Promise<unknown>;
  waitForChunk(): Promise<void>;
}

/** tedious' class {@link StreamParser}. */
export const TediousStreamParser = streamParserModule as unknown as new (
  message: AsyncIterable<Buffer>,
  debug: undefined,
  options: object,
) => StreamParser;

interface MetadataParser {
  /** Reads the type of a value; throws {@link isNotEnoughData} when the buffer ends too early. */
  readonly readMetadata: (
    buffer: Buffer,
    offset: number,
    options: object,
  ) => { readonly value: TypeMetadata; readonly offset: number };
  readonly readCollation: (
    buffer: Buffer,
    offset: number,
  ) => { readonly value: NonNullable<TypeMetadata['collation']> };
}

export const { readMetadata, readCollation } = metadataParserModule as unknown as MetadataParser;

/** Whether tedious' parsers threw because more bytes must come first. */
export function isNotEnoughData(error: unknown): boolean {
  return (
    (error as { constructor?: { name?: string } } | null)?.constructor?.name ===
    'NotEnoughDataError'
  );
}

/** Names of what this driver relies on that the tedious given lacks. */
export function missingInternals(
  connectionClass: { readonly prototype: object },
  streamParserClass: unknown,
  metadataParser: unknown,
): string[] {
  const has = (holder: unknown, name: string): boolean =>
    typeof (holder as Record<string, unknown> | undefined)?.[name] === 'function';
  const parser = (streamParserClass as { prototype?: unknown } | undefined)?.prototype;
  return [
    ...['createTokenStreamParser', 'sendLogin7Packet']
      .filter((name) => !has(connectionClass.prototype, name))
      .map((name) => `Connection.${name}`),
    ...['readToken', 'readColMetadataToken', 'readReturnValueToken', 'waitForChunk']
      .filter((name) => !has(parser, name))
      .map((name) => `StreamParser.${name}`),
    ...['readMetadata', 'readCollation'].filter((name) => !has(metadataParser, name)),
  ];
}

const missing = missingInternals(Connection, TediousStreamParser, metadataParserModule);
if (missing.length > 0) {
  throw new Error(
    `This version of tedious does not fit the SQL Server driver: it lacks ${missing.join(', ')}.`,
  );
}
