import type { Database, Session } from '../store/index.ts';

/** A node that has reported nothing for so long is taken for dead, and its queries for ended. */
const BELIEVED_MS = 15_000;
const REPEAT_AFTER_MS = 5_000;

interface Own {
  underWay: number;
  reported: number;
  reportedAt: number;
}

/** How many a node has under way, for the others to read. */
export interface GaugeReport {
  readonly integratorId: string;
  readonly underWay: number;
}

/** Immediate queries under way: exact for this node, and of the other nodes as they last reported. */
export class ImmediateGauge {
  readonly #nodeId: string;
  readonly #own = new Map<string, Own>();
  #others: ReadonlyMap<string, number> = new Map();

  constructor(nodeId: string) {
    this.#nodeId = nodeId;
  }

  /** On all nodes together. */
  underWay(integratorId: string): number {
    return (this.#own.get(integratorId)?.underWay ?? 0) + (this.#others.get(integratorId) ?? 0);
  }

  begin(integratorId: string): void {
    const own = this.#own.get(integratorId) ?? { underWay: 0, reported: 0, reportedAt: 0 };
    own.underWay += 1;
    this.#own.set(integratorId, own);
  }

  end(integratorId: string): void {
    const own = this.#own.get(integratorId);
    if (own) own.underWay -= 1;
  }

  /** What the other nodes should know. */
  due(now: number): GaugeReport[] {
    const due: GaugeReport[] = [];
    for (const [integratorId, { underWay, reported, reportedAt }] of this.#own) {
      const isStale = underWay > 0 && now - reportedAt >= REPEAT_AFTER_MS;
      if (underWay !== reported || isStale) due.push({ integratorId, underWay });
    }
    return due;
  }

  async report(session: Session, due: readonly GaugeReport[], now: number): Promise<void> {
    if (due.length === 0) return;
    await session.insertMany(
      {
        table: 'immediate_gauges',
        columns: ['node_id', 'integrator_id', 'under_way', 'reported_at'],
        onConflict: `ON CONFLICT (node_id, integrator_id) DO UPDATE SET
          under_way = excluded.under_way, reported_at = excluded.reported_at`,
      },
      due.map(({ integratorId, underWay }) => [this.#nodeId, integratorId, underWay, now]),
    );
  }

  /** The report is durable. */
  reported(due: readonly GaugeReport[], now: number): void {
    for (const { integratorId, underWay } of due) {
      const own = this.#own.get(integratorId);
      if (!own) continue;
      own.reported = underWay;
      own.reportedAt = now;
      if (own.underWay === 0 && underWay === 0) this.#own.delete(integratorId);
    }
  }

  async readOthers(database: Database, now: number): Promise<void> {
    const rows = await database.all<{ integrator_id: string; under_way: number }>(
      `SELECT integrator_id, SUM(under_way) AS under_way FROM immediate_gauges
       WHERE node_id <> ? AND reported_at > ? AND under_way > 0 GROUP BY integrator_id`,
      [this.#nodeId, now - BELIEVED_MS],
    );
    this.#others = new Map(rows.map((row) => [row.integrator_id, row.under_way]));
  }

  /** This node ends: it has nothing under way any more. */
  async withdraw(database: Database): Promise<void> {
    await database.run('DELETE FROM immediate_gauges WHERE node_id = ?', [this.#nodeId]);
  }
}
