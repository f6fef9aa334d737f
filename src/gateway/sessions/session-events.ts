import { loggableError } from '../../errors/loggable-error.ts';
import type { Logger } from '../../lib/logger.ts';
import type { CloseCodeName } from '../../protocol/close-codes.ts';
import type { Metrics } from '../metrics/index.ts';

const DISPLACEMENTS_BEFORE_ALARM = 3;
const VIOLATIONS_LOGGED = 10;
const ALARM_WINDOW_MS = 10 * 60_000;

/** What happens to sessions, one method per event. Only ids, versions and codes are said. */
export class SessionEvents {
  readonly #logger: Logger;
  readonly #metrics: Metrics;
  readonly #displacedAt = new Map<string, number[]>();

  constructor(logger: Logger, metrics: Metrics) {
    this.#logger = logger;
    this.#metrics = metrics;
  }

  /** Sessions live now, after one began or ended. */
  sessionsAre(count: number): void {
    this.#metrics.sessionsAre(count);
  }

  sessionBegan(siteId: string, sessionId: string, linkVersion: string): void {
    this.#logger.info({ siteId, sessionId, linkVersion }, 'session began');
  }

  sessionEnded(siteId: string, sessionId: string, code: number): void {
    this.#logger.info({ siteId, sessionId, code }, 'session ended');
  }

  sessionSilent(siteId: string, sessionId: string): void {
    this.#logger.warn({ siteId, sessionId }, 'session silent for too long');
  }

  /** Displacing once is a reconnect; again and again it is two machines with one identity. */
  sessionDisplaced(siteId: string, sessionId: string): void {
    const now = Date.now();
    const recent = (this.#displacedAt.get(siteId) ?? []).filter((at) => now - at < ALARM_WINDOW_MS);
    recent.push(now);
    this.#displacedAt.set(siteId, recent);
    if (recent.length >= DISPLACEMENTS_BEFORE_ALARM) {
      this.#logger.warn(
        { siteId, sessionId, times: recent.length },
        'sessions of one site displace each other: two machines may share its identity',
      );
    } else {
      this.#logger.info({ siteId, sessionId }, 'session displaced by a newer one');
    }
  }

  linkRefused(why: CloseCodeName): void {
    this.#logger.warn({ why }, 'link refused');
  }

  /** Too many links connect at once; they come again by themselves. */
  handshakeRefused(): void {
    this.#metrics.handshakeRefused();
  }

  /** @param count which one of its session it is: a broken link must not fill the log */
  protocolViolated(siteId: string, message: string, count: number): void {
    if (count > VIOLATIONS_LOGGED) return;
    const isLast = count === VIOLATIONS_LOGGED;
    const what = isLast
      ? 'frame not understood; no more is said of this session'
      : 'frame not understood';
    this.#logger.warn({ siteId, message }, what);
  }

  connectFailed(error: unknown): void {
    this.#logger.error(loggableError(error), 'a link could not be connected');
  }

  recordFailed(error: unknown): void {
    this.#logger.error(loggableError(error), 'a change of a site could not be recorded');
  }
}
