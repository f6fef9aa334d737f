import type { IntegratorSettings } from '../integrators/index.ts';

/** What holds for one integrator. */
export interface EffectiveLimits {
  readonly requestsPerSecond: number;
  readonly concurrentImmediateQueries: number;
  readonly dailyQueriesPerSite: number;
  readonly dailyBytesPerSite: number;
}

/** The integrator's own settings; what they leave out follows the gateway's configuration. */
export function effectiveLimits(
  settings: IntegratorSettings,
  defaults: EffectiveLimits,
): EffectiveLimits {
  return {
    requestsPerSecond: settings.requestsPerSecond ?? defaults.requestsPerSecond,
    concurrentImmediateQueries:
      settings.concurrentImmediateQueries ?? defaults.concurrentImmediateQueries,
    dailyQueriesPerSite: settings.dailyQueriesPerSite ?? defaults.dailyQueriesPerSite,
    dailyBytesPerSite: settings.dailyBytesPerSite ?? defaults.dailyBytesPerSite,
  };
}
