import type { ResultEvent } from '../../sql/driver.ts';
import type { ImmediateActivity } from '../execution/immediate-activity.ts';
import type { ExecutionClock } from './execution-clock.ts';

/** The driver's events: before each an immediate query may go ahead, and only the wait for the database is counted. */
export async function* paced(
  events: AsyncIterable<ResultEvent>,
  clock: ExecutionClock,
  activity: Pick<ImmediateActivity, 'giveWay'>,
  signal: AbortSignal,
): AsyncGenerator<ResultEvent, void, void> {
  const source = events[Symbol.asyncIterator]();
  try {
    for (;;) {
      await activity.giveWay(signal);
      const { done, value } = await clock.count(() => source.next());
      if (done) return;
      yield value;
    }
  } finally {
    await source.return?.();
  }
}
