import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { AdminAudit } from './audit/index.ts';
import type { GatewayConfig, GatewaySecrets } from './config/gateway-config.ts';
import type { DesktopTokens } from './desktop/index.ts';
import type { Integrators } from './integrators/index.ts';
import type { Limits } from './limits/index.ts';
import type { Metrics } from './metrics/index.ts';
import type { AsyncQueries, ImmediateQueries } from './queries/index.ts';
import type { RegisteredQueries } from './registered/index.ts';
import type { LinkSessions } from './sessions/index.ts';
import type { Sites } from './sites/index.ts';
import type { TlsCertificate } from './tls/index.ts';
import type { Webhooks } from './webhooks/index.ts';

/** Everything a route of one gateway may use, built once. */
export interface GatewayContext {
  readonly version: string;
  readonly config: GatewayConfig;
  readonly secrets: GatewaySecrets;
  /** Undefined: plain HTTP. */
  readonly certificate: TlsCertificate | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly audit: AdminAudit;
  readonly integrators: Integrators;
  readonly desktopTokens: DesktopTokens;
  readonly sites: Sites;
  readonly limits: Limits;
  readonly queries: ImmediateQueries;
  readonly asyncQueries: AsyncQueries;
  readonly registered: RegisteredQueries;
  readonly sessions: LinkSessions;
  readonly webhooks: Webhooks;
  /** Address callers use; known once the gateway listens. */
  readonly publicUrl: () => string;
  /** Resolves when the store answers. */
  readonly checkStore: () => Promise<void>;
}
