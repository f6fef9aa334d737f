import type { Bound } from '../bind/bound.ts';
import type { FunctionCall } from '../bind/environment.ts';
import { sqlServerError, unsupported } from '../errors.ts';
import type { FunctionTable } from './arguments.ts';
import { DATE_FUNCTIONS } from './date.ts';
import { LOGIC_FUNCTIONS } from './logic.ts';
import { NUMBER_FUNCTIONS } from './number.ts';
import { SYSTEM_FUNCTIONS } from './system.ts';
import { TEXT_FUNCTIONS } from './text.ts';

const FUNCTIONS: FunctionTable = {
  ...TEXT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...LOGIC_FUNCTIONS,
  ...SYSTEM_FUNCTIONS,
};

/** Functions that SQL Server has and the demo practice has not. */
const UNSUPPORTED: ReadonlySet<string> = new Set(
  `FORMAT PARSE TRY_PARSE SOUNDEX DIFFERENCE TRANSLATE CHECKSUM BINARY_CHECKSUM HASHBYTES COMPRESS DECOMPRESS
JSON_VALUE JSON_QUERY JSON_MODIFY ISJSON OPENJSON STRING_SPLIT STRING_ESCAPE NEWSEQUENTIALID ATN2 ATAN ACOS
ASIN COT TIMEFROMPARTS DATETIME2FROMPARTS DATETIMEOFFSETFROMPARTS SMALLDATETIMEFROMPARTS SWITCHOFFSET
TODATETIMEOFFSET DATETRUNC DATE_BUCKET GREATEST LEAST IDENT_CURRENT COL_NAME
COLUMNPROPERTY OBJECTPROPERTY DATABASEPROPERTYEX TYPE_NAME TYPE_ID PARSENAME ERROR_LINE ERROR_PROCEDURE XACT_STATE
GROUPING GROUPING_ID CONTEXT_INFO SESSION_CONTEXT FORMATMESSAGE ROWCOUNT_BIG IDENTITY ROW_NUMBER RANK
DENSE_RANK NTILE LAG LEAD FIRST_VALUE LAST_VALUE PERCENT_RANK CUME_DIST PERCENTILE_CONT PERCENTILE_DISC`.split(
    /\s+/,
  ),
);
const NEEDS_OVER =
  /^(ROW_NUMBER|RANK|DENSE_RANK|NTILE|LAG|LEAD|FIRST_VALUE|LAST_VALUE|PERCENT_RANK|CUME_DIST)$/;

/** A scalar function's value. */
export function bindFunction(call: FunctionCall): Bound {
  const name = call.name.toUpperCase();
  const binder = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (binder !== undefined) return binder(call);
  if (NEEDS_OVER.test(name)) throw sqlServerError(10753, call.name);
  if (UNSUPPORTED.has(name)) throw unsupported(`the function ${name}`);
  throw sqlServerError(195, call.name);
}
