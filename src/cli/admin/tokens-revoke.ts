import type { Command } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { CliIo } from '../io.ts';
import { fieldTable, printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';
import { TokenRevocation } from './answers.ts';

interface TokensRevokeOptions extends AdminOptions {
  readonly integrator?: string;
  readonly site?: string;
  readonly device?: string;
}

export function addTokensRevoke(tokens: Command, io: CliIo): void {
  const command = adminCommand(tokens, 'revoke', 'Void the desktop tokens issued by now.')
    .option('--integrator <id>', 'those of this integrator', idArgument)
    .option('--site <id>', 'those for this site', idArgument)
    .option('--device <deviceId>', 'those of this device');
  command.action(async ({ integrator, site, device, ...options }: TokensRevokeOptions) => {
    if (integrator === undefined && site === undefined && device === undefined) {
      command.error('error: give at least one of --integrator, --site and --device');
    }
    const admin = await openAdmin(io, options);
    const scope = { integratorId: integrator, siteId: site, deviceId: device };
    const answer = await admin.request('POST', '/admin/token-revocations', scope);
    const body = readAnswer(TokenRevocation, answer);
    printAnswer(io, options, body, () => fieldTable(body));
  });
}
