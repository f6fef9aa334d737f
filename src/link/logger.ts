import type { Logger } from '../lib/logger.ts';

/** The loggers of the link, one for each of its concerns. */
export interface LinkLoggers {
  readonly connection: Logger;
  readonly execution: Logger;
}

export function createLinkLoggers(root: Logger): LinkLoggers {
  return {
    connection: root.child({ module: 'link:connection' }),
    execution: root.child({ module: 'link:execution' }),
  };
}
