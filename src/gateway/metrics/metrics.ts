import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** From a relayed `SELECT 1` to the execution limit. */
const DURATION_BUCKETS_S = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
];

/** What an operator watches. Labels are routes, methods, codes and outcomes: never ids, names or SQL. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: 'parhelion_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS_S,
    registers: [this.#registry],
  });
  readonly #queries = new Counter({
    name: 'parhelion_queries_total',
    help: 'Queries that ended, by mode and status.',
    labelNames: ['mode', 'status', 'error_type'],
    registers: [this.#registry],
  });
  readonly #webhookAttempts = new Counter({
    name: 'parhelion_webhook_attempts_total',
    help: 'Attempts to deliver webhooks, by source, what follows from them and why they failed.',
    labelNames: ['source', 'outcome', 'error'],
    registers: [this.#registry],
  });
  readonly #desktopTokens = new Counter({
    name: 'parhelion_desktop_tokens_total',
    help: 'Desktop tokens issued, and those presented that were refused, by outcome.',
    labelNames: ['outcome'],
    registers: [this.#registry],
  });
  readonly #refusals = new Counter({
    name: 'parhelion_refused_calls_total',
    help: 'Calls refused because a limit of their integrator was reached, by limit.',
    labelNames: ['limit'],
    registers: [this.#registry],
  });
  readonly #refusedHandshakes = new Counter({
    name: 'parhelion_refused_handshakes_total',
    help: 'Links refused because too many were connecting at once.',
    registers: [this.#registry],
  });
  readonly #sessions = new Gauge({
    name: 'parhelion_link_sessions',
    help: 'Links connected to this gateway.',
    registers: [this.#registry],
  });

  readonly #registeredRuns = new Counter({
    name: 'parhelion_registered_runs_total',
    help: 'Runs of registered queries that links have reported, by outcome.',
    labelNames: ['outcome'],
    registers: [this.#registry],
  });
  readonly #registeredResults = new Counter({
    name: 'parhelion_registered_results_total',
    help: 'Changed results of registered queries that links have uploaded.',
    registers: [this.#registry],
  });
  readonly #registeredResultBytes = new Counter({
    name: 'parhelion_registered_result_bytes_total',
    help: 'Decoded bytes of the changed results of registered queries.',
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  requestAnswered(method: string, route: string, status: number, durationMs: number): void {
    this.#requests.observe({ method, route, status }, durationMs / 1000);
  }

  queryEnded(mode: string, status: string, errorType: string | undefined): void {
    this.#queries.inc({ mode, status, error_type: errorType ?? '' });
  }

  /** A link whose journal is an older copy may report less than before: then nothing is counted. */
  registeredRuns(succeeded: number, failed: number): void {
    this.#registeredRuns.inc({ outcome: 'succeeded' }, Math.max(0, succeeded));
    this.#registeredRuns.inc({ outcome: 'failed' }, Math.max(0, failed));
  }

  registeredResultStored(bytes: number): void {
    this.#registeredResults.inc();
    this.#registeredResultBytes.inc(bytes);
  }

  webhookAttempted(source: string, outcome: string, error: string | undefined): void {
    this.#webhookAttempts.inc({ source, outcome, error: error ?? '' });
  }

  desktopTokenIssued(): void {
    this.#desktopTokens.inc({ outcome: 'issued' });
  }

  /** @param why one of a few fixed words */
  desktopTokenRefused(why: string): void {
    this.#desktopTokens.inc({ outcome: why });
  }

  callRefused(limit: string): void {
    this.#refusals.inc({ limit });
  }

  handshakeRefused(): void {
    this.#refusedHandshakes.inc();
  }

  sessionsAre(count: number): void {
    this.#sessions.set(count);
  }

  /** The exposition text of Prometheus, and its content type. */
  async expose(): Promise<{ readonly contentType: string; readonly text: string }> {
    return { contentType: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}
