import type { Static } from 'typebox';
import { ParhelionError } from '../../errors/parhelion-error.ts';
import type { GatewayContext } from '../context.ts';
import type { UsageBody, UsageQuery } from './schemas/usage.ts';

const DAY_MS = 24 * 60 * 60_000;
const DEFAULT_DAYS = 7;
const MAX_DAYS = 31;

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** What an integrator used in the days that are asked for, at most 31. */
export async function answerUsage(
  { limits, clock }: GatewayContext,
  integratorId: string,
  { from, to, siteId }: Static<typeof UsageQuery>,
): Promise<Static<typeof UsageBody>> {
  const toDay = to ?? dayOf(clock.now());
  const last = Date.parse(toDay);
  const fromDay = from ?? dayOf(last - (DEFAULT_DAYS - 1) * DAY_MS);
  const days = (last - Date.parse(fromDay)) / DAY_MS + 1;
  if (!(days >= 1 && days <= MAX_DAYS)) {
    throw new ParhelionError(
      'invalidRequest',
      `querystring.from must be a day up to ${MAX_DAYS - 1} days before querystring.to`,
    );
  }
  const range = { integratorId, fromDay, toDay, siteId: siteId?.toLowerCase() };
  const used = await limits.readUsage(range);
  return {
    limits: await limits.of(integratorId),
    usage: used.map(({ day, siteId: site, queries, bytes }) => ({
      day,
      siteId: site,
      queries,
      bytes,
    })),
  };
}
