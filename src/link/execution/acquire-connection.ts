import { Deadline } from '../../lib/deadline.ts';
import type { ConnectionPool, Lease } from '../../sql/connection-pool.ts';
import type { Query, QueryFrame } from './query.ts';
import { notStarted } from './query-failure.ts';

export interface ConnectionSource {
  readonly pool: ConnectionPool;
  readonly maxConnections: number;
  /** The login of an integrator that has its own. */
  readonly loginOf: (integratorId: string) => string | undefined;
}

/** Time a free connection may take to be opened, whatever the command's time in the queue. */
const CONNECT_LIMIT_MS = 15_000;

/** The wait for a connection is the queue; 0 means that one must be free, or free to be opened, at this moment. */
export async function acquireConnection(
  query: Query<QueryFrame>,
  catalogue: string,
  { pool, maxConnections, loginOf }: ConnectionSource,
): Promise<Lease> {
  const { maxTimeInQueueMs, integratorId } = query.frame;
  const login = loginOf(integratorId);
  const wanted = { lane: 'immediate', catalogue, ...(login !== undefined && { login }) } as const;
  const { leased, waiting } = pool.counts;
  const canStartNow = leased + waiting < maxConnections;
  const leftMs = Math.max(0, maxTimeInQueueMs - (performance.now() - query.arrivedAt));
  if (!canStartNow && leftMs === 0) throw notStarted(maxTimeInQueueMs);
  const waitMs = canStartNow ? Math.max(leftMs, CONNECT_LIMIT_MS) : leftMs;
  using deadline = new Deadline(waitMs, query.signal);
  try {
    return await pool.acquire({ ...wanted, signal: deadline.signal });
  } catch (error) {
    throw deadline.hasPassed && !query.signal.aborted ? notStarted(maxTimeInQueueMs) : error;
  }
}
