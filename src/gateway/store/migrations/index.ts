import type { Migration } from '../database.ts';
import { integrators } from './0001-integrators.ts';
import { sites } from './0002-sites.ts';
import { pairings } from './0003-pairings.ts';
import { queries } from './0004-queries.ts';
import { asyncQueries } from './0005-async-queries.ts';
import { webhooks } from './0006-webhooks.ts';
import { registeredQueries } from './0007-registered-queries.ts';
import { desktopTokens } from './0008-desktop-tokens.ts';
import { usage } from './0009-usage.ts';
import { codeRule } from './0010-code-rule.ts';
import { adminAudit } from './0011-admin-audit.ts';

/** Append only: a published migration never changes, ids count up by one. */
export const MIGRATIONS: readonly Migration[] = [
  integrators,
  sites,
  pairings,
  queries,
  asyncQueries,
  webhooks,
  registeredQueries,
  desktopTokens,
  usage,
  codeRule,
  adminAudit,
];
