import type { ConnectionPool, Lease } from '../../../src/sql/connection-pool.ts';
import type { Connection, Transaction } from '../../../src/sql/driver.ts';
import { SqlError } from '../../../src/sql/sql-error.ts';
import { failed } from './answers.ts';
import type { RequestContext } from './peer-options.ts';
import type { TransactionAction } from './requests.ts';

interface Held {
  readonly lease: Lease;
  readonly transaction: Transaction;
}

/** The transactions at the other engine, by the session of the peer that has begun them. */
const held = new WeakMap<object, Held>();

/** The connection that a session's transaction is on; undefined outside of one. */
export function heldConnection({ session }: RequestContext): Connection | undefined {
  return held.get(session)?.lease.connection;
}

async function release(session: object, isCommit: boolean): Promise<void> {
  const { lease, transaction } = held.get(session) ?? {};
  held.delete(session);
  try {
    await (isCommit ? transaction?.commit() : transaction?.rollback());
  } finally {
    await lease?.[Symbol.asyncDispose]();
  }
}

async function begin(
  pool: ConnectionPool,
  { session, database, ended }: RequestContext,
): Promise<void> {
  const lease = await pool.acquire({ lane: 'immediate', catalogue: database, signal: ended });
  try {
    const transaction = await lease.connection.begin({ signal: ended });
    held.set(session, { lease, transaction });
  } catch (error) {
    await lease[Symbol.asyncDispose]();
    throw error;
  }
  const onEnd = (): void => void release(session, false);
  if (ended.aborted) onEnd();
  else ended.addEventListener('abort', onEnd, { once: true });
}

/** Has another engine begin or end the transaction of a session; tells only of failure. */
export async function* carryOutTransaction(
  pool: ConnectionPool,
  action: TransactionAction,
  context: RequestContext,
): AsyncGenerator<Buffer, void, void> {
  try {
    if (action === 'begin') await begin(pool, context);
    else await release(context.session, action === 'commit');
  } catch (error) {
    if (context.ended.aborted) return;
    if (!(error instanceof SqlError)) throw error;
    yield failed({ number: error.errorCode, message: error.message });
  }
}
