import { type Command, InvalidArgumentError } from 'commander';
import { Type } from 'typebox';
import { usageError } from '../failure.ts';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { fieldTable, printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';

/** `default` takes the setting back: the gateway's own holds again. */
type Limit = number | 'default';

interface SetLimitsOptions extends AdminOptions {
  readonly requestsPerSecond?: Limit;
  readonly concurrentQueries?: Limit;
  readonly dailyQueries?: Limit;
  readonly dailyBytes?: Limit;
  readonly allowAddress?: readonly string[];
  readonly allowAnyAddress?: true;
  readonly queueWhileOffline?: boolean | 'default';
}

function limitArgument(text: string): Limit {
  if (text === 'default') return text;
  if (!/^\d{1,15}(\.\d{1,6})?$/.test(text)) {
    throw new InvalidArgumentError('It is neither a number nor "default".');
  }
  return Number(text);
}

function switchArgument(text: string): boolean | 'default' {
  if (text === 'default') return text;
  if (text !== 'on' && text !== 'off') {
    throw new InvalidArgumentError('It is not on, off or default.');
  }
  return text === 'on';
}

function settingsOf(options: SetLimitsOptions): Record<string, unknown> {
  const { allowAddress, allowAnyAddress } = options;
  const named = {
    requestsPerSecond: options.requestsPerSecond,
    concurrentImmediateQueries: options.concurrentQueries,
    dailyQueriesPerSite: options.dailyQueries,
    dailyBytesPerSite: options.dailyBytes,
    allowedAddresses: allowAnyAddress ? 'default' : allowAddress,
    queueWhileOffline: options.queueWhileOffline,
  };
  return Object.fromEntries(
    Object.entries(named)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value === 'default' ? null : value]),
  );
}

export function addIntegratorsSetLimits(integrators: Command, io: CliIo): void {
  adminCommand(integrators, 'set-limits', 'Change what an integrator may use, and from where.')
    .argument('<id>', 'id of the integrator', idArgument)
    .option('--requests-per-second <n>', 'requests a second, or "default"', limitArgument)
    .option('--concurrent-queries <n>', 'immediate queries at a time, or "default"', limitArgument)
    .option('--daily-queries <n>', 'queries a day at each site, or "default"', limitArgument)
    .option('--daily-bytes <n>', 'bytes of results a day at each site, or "default"', limitArgument)
    .option('--allow-address <cidr...>', 'addresses and CIDR blocks calls may come from, no others')
    .option('--allow-any-address', 'calls may come from anywhere')
    .option(
      '--queue-while-offline <on|off>',
      'accept async queries for a site that is away, or "default"',
      switchArgument,
    )
    .action(async (id: string, options: SetLimitsOptions) => {
      const settings = settingsOf(options);
      if (Object.keys(settings).length === 0) {
        throw usageError('Nothing to change: give at least one option, such as --daily-queries.');
      }
      const admin = await openAdmin(io, options);
      const path = `/admin/integrators/${id}/settings`;
      const body = readAnswer(Type.Object({}), await admin.request('PATCH', path, settings));
      printAnswer(io, options, body, () => fieldTable(body));
    });
}
