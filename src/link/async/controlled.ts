import type { QueryOrder } from '../journal/query-journal.ts';
import type { ControlledQuery } from '../policy/practice-control.ts';

/** An order as the practice looks at it. */
export function controlled({
  queryId,
  integratorId,
  catalogue,
  command,
}: QueryOrder): ControlledQuery {
  return {
    queryId,
    integratorId,
    mode: 'async',
    ...(catalogue !== undefined && { catalogue }),
    text: command.text,
  };
}
