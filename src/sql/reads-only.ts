import { HALO_LINK_CODES } from '../protocol/error-details.ts';
import type { SqlCommand } from './driver.ts';
import { SqlError } from './sql-error.ts';
import { readSqlTokens, type SqlToken } from './sql-tokens.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Words that begin a statement, or that make a SELECT write, lock or leave the database. */
const FORBIDDEN = words(`
  ADD ALTER ANALYZE ATTACH BACKUP BEGIN BREAK BULK CALL CHECKPOINT CLOSE COMMIT CONTINUE CREATE DBCC DEALLOCATE
  DECLARE DELETE DENY DETACH DISABLE DROP ENABLE EXEC EXECUTE GO GOTO GRANT IF INSERT INTO KILL LOCK MERGE
  MOVE OPEN OPENDATASOURCE OPENQUERY OPENROWSET OPENXML PRAGMA PRINT PROCEDURE RAISERROR READTEXT RECEIVE RECONFIGURE
  RECREATE REINDEX RELEASE RENAME RESTORE RETURN RETURNING REVERT REVOKE ROLLBACK SAVE SAVEPOINT SEND SET SETUSER
  SHUTDOWN SUSPEND THROW TRUNCATE UPDATE UPDATETEXT UPSERT USE VACUUM WAITFOR WHILE WRITETEXT
`);

/**
 * Words that may stand before a parenthesis: grammar, types, and functions of the engines that change nothing. Any
 * other name might be a procedure or function of the practice's own, which in Firebird may write.
 */
const HARMLESS_BEFORE_PARENTHESIS = words(`
  ALL AND ANY APPLY AS BETWEEN BY CASE CAST CONTAINS CUBE DISTINCT ELSE EXCEPT EXISTS FROM GROUPING HAVING IN
  INTERSECT JOIN LIKE NOT ON OPTION OR OVER PATH RAW ROOT ROLLUP SELECT SETS SOME THEN TOP UNION USING VALUES WHEN
  WHERE WITH FIRST SKIP ROWS LIMIT OFFSET GROUP MATERIALIZED FILTER INDEX FORCESEEK MAXRECURSION FETCH NEXT
  CONVERT TRY_CAST TRY_CONVERT TRY_PARSE PARSE COALESCE ISNULL NULLIF IIF CHOOSE IFNULL NVL DECODE
  COUNT COUNT_BIG SUM AVG MIN MAX STDEV STDEVP VAR VARP STRING_AGG LIST TOTAL GROUP_CONCAT CHECKSUM_AGG
  ROW_NUMBER RANK DENSE_RANK NTILE LAG LEAD FIRST_VALUE LAST_VALUE NTH_VALUE PERCENT_RANK CUME_DIST PERCENTILE_CONT
  ABS ACOS ASIN ATAN ATAN2 ATN2 CEIL CEILING COS COT DEGREES EXP FLOOR LN LOG LOG10 MOD PI POWER RADIANS ROUND SIGN
  SIN SQRT SQUARE TAN TRUNC RAND
  ASCII CHAR CHARINDEX CHAR_LENGTH CHARACTER_LENGTH OCTET_LENGTH BIT_LENGTH CONCAT CONCAT_WS DATALENGTH DIFFERENCE
  FORMAT INSTR LEFT LEN LENGTH LOWER LPAD LTRIM NCHAR OVERLAY PATINDEX POSITION QUOTENAME REPLACE REPLICATE REVERSE
  RIGHT RPAD RTRIM SOUNDEX SPACE STR STRING_SPLIT STUFF SUBSTR SUBSTRING TRANSLATE TRIM UNICODE UPPER PRINTF HEX
  CURRENT_TIMESTAMP DATE DATEADD DATEDIFF DATEDIFF_BIG DATEFROMPARTS DATENAME DATEPART DATETIMEFROMPARTS
  DATETIME2FROMPARTS DATE_BUCKET DATETRUNC DAY EOMONTH EXTRACT GETDATE GETUTCDATE HOUR ISDATE JULIANDAY MINUTE MONTH
  SECOND STRFTIME SWITCHOFFSET SYSDATETIME SYSDATETIMEOFFSET SYSUTCDATETIME TIME TIMEFROMPARTS TODATETIMEOFFSET
  UNIXEPOCH YEAR
  ISNUMERIC ISJSON JSON_VALUE JSON_QUERY HASHBYTES CHECKSUM BINARY_CHECKSUM NEWID OBJECT_ID OBJECT_NAME DB_NAME DB_ID
  SCHEMA_NAME SCHEMA_ID COL_LENGTH COL_NAME SERVERPROPERTY DATABASEPROPERTYEX SUSER_SNAME USER_NAME HOST_NAME
  BIGINT BINARY BLOB CHARACTER DATETIME DATETIME2 DATETIMEOFFSET DECIMAL DOUBLE FLOAT INT INTEGER NUMERIC NVARCHAR
  REAL SMALLINT TEXT TIMESTAMP VARBINARY VARCHAR
`);

/** A SELECT may follow these directly without being a statement of its own. */
const BEFORE_SELECT = words('UNION ALL DISTINCT EXCEPT INTERSECT MINUS');

/** Index of the parenthesis that closes the one at `open`, or -1. */
function closingIndex(tokens: readonly SqlToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (tokens[index]?.text === '(') depth += 1;
    else if (tokens[index]?.text === ')' && --depth === 0) return index;
  }
  return -1;
}

/** Whether the name before the parenthesis at `open` is a call of something that is not known to only read. */
function isDoubtfulCall(tokens: readonly SqlToken[], open: number): boolean {
  const name = tokens[open - 1];
  if (name?.kind !== 'word' && name?.kind !== 'quotedName') return false;
  const before = tokens[open - 2];
  // `a.b(` is a method or a routine of a schema or package; `AS t(` and `) t(` name the columns of `t`.
  if (before?.text === '.') return true;
  if (name.kind === 'word' && HARMLESS_BEFORE_PARENTHESIS.has(name.text)) return false;
  if (before?.text === 'AS' || before?.text === ')') return false;
  const close = closingIndex(tokens, open);
  const namesColumnsOfCte = tokens[close + 1]?.text === 'AS' && tokens[close + 2]?.text === '(';
  return !namesColumnsOfCte;
}

/** Whether the tokens hold exactly one SELECT outside parentheses, set operations counting as one. */
function isOneSelect(tokens: readonly SqlToken[]): boolean {
  let depth = 0;
  let selects = 0;
  for (const [index, { kind, text }] of tokens.entries()) {
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth < 0) return false;
    if (kind !== 'word' || text !== 'SELECT' || depth > 0) continue;
    if (selects > 0 && BEFORE_SELECT.has(tokens[index - 1]?.text ?? '')) continue;
    selects += 1;
  }
  return depth === 0 && selects === 1;
}

/**
 * Whether a SQL text (T-SQL, Firebird or SQLite) is proved to read only: one SELECT or WITH … SELECT that calls nothing
 * but built-in functions. Every doubt is a no. A plain name after FROM counts as a table or view.
 */
export function provesReadOnly(text: string): boolean {
  const { tokens: all, isCertain } = readSqlTokens(text);
  if (!isCertain) return false;
  let tokens: readonly SqlToken[] = all;
  while (tokens[0]?.text === ';') tokens = tokens.slice(1);
  while (tokens.at(-1)?.text === ';') tokens = tokens.slice(0, -1);
  const first = tokens[0];
  if (first?.kind !== 'word' || (first.text !== 'SELECT' && first.text !== 'WITH')) return false;
  if (!isOneSelect(tokens)) return false;
  return tokens.every(({ kind, text: token }, index) => {
    if (token === ';') return false;
    if (kind === 'word' && FORBIDDEN.has(token)) return false;
    if (kind === 'word' && token === 'NEXT' && tokens[index + 1]?.text === 'VALUE') return false;
    return token !== '(' || !isDoubtfulCall(tokens, index);
  });
}

/** For sessions that cannot be told to read only. @throws SqlError `readOnly` for what is not proved to read */
export function requireProvenRead({ type, text }: SqlCommand): void {
  if (type === 'text' && provesReadOnly(text)) return;
  const message = 'The command is not proved to read only: a single SELECT without calls is.';
  throw new SqlError('readOnly', 'haloLink', HALO_LINK_CODES.refusedByPractice, message);
}
