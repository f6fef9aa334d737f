import type { Connection } from '../../sql/driver.ts';
import { EncodedResult } from '../../sql/encoded-result.ts';
import type { PageMemory } from '../../sql/page-writer.ts';
import type { ImmediateActivity } from '../execution/immediate-activity.ts';
import { overLimit } from '../execution/query-failure.ts';
import { outputParameters, resultShape } from '../execution/result-form.ts';
import type { QueryFacts } from '../journal/query-journal.ts';
import { ExecutionClock } from './execution-clock.ts';
import { paced } from './paced.ts';
import type { PageUploads } from './page-uploads.ts';
import type { PreparedQuery } from './prepare-query.ts';
import { failed, type Turn } from './turn.ts';

export interface ExecutionTools {
  readonly activity: Pick<ImmediateActivity, 'giveWay'>;
  readonly buffers: PageMemory;
}

/** Sends the command to the database and hands its pages over as they are cut, until the database has finished. */
export async function executeAttempt(
  { order, sqlCommand, isReadOnly }: PreparedQuery & { readonly isReadOnly: boolean },
  connection: Connection,
  uploads: PageUploads,
  turn: Turn,
  { activity, buffers }: ExecutionTools,
): Promise<QueryFacts> {
  const { command, executionLimitMs, pageBytes } = order;
  const clock = new ExecutionClock(executionLimitMs, () =>
    turn.endAs(failed(overLimit(executionLimitMs))),
  );
  const answer = connection.execute(sqlCommand, { signal: turn.signal, isReadOnly });
  const result = new EncodedResult(
    paced(answer, clock, activity, turn.signal),
    resultShape(command),
  );
  const hasPages = command.executionMode !== 'nonQuery';
  for await (const page of result.pages(pageBytes, buffers)) {
    if (hasPages) await addUnlessUnwanted(uploads, page, turn);
  }
  return {
    sqlExecutionMs: clock.spentMs,
    ...(hasPages
      ? { rows: result.rows, size: result.sizeBytes, pages: uploads.pages }
      : { rowsAffected: result.rowsAffected, size: 0, pages: 0 }),
    ...outputParameters(command, result),
  };
}

/** A command that may write is read on to its end, also when its rows go nowhere. */
async function addUnlessUnwanted(
  uploads: PageUploads,
  page: Parameters<PageUploads['add']>[0],
  { signal, rowsUnwanted }: Turn,
): Promise<void> {
  try {
    if (!rowsUnwanted.aborted) await uploads.add(page);
  } catch (error) {
    if (!rowsUnwanted.aborted || signal.aborted) throw error;
  }
}
