import type { Command } from 'commander';
import type { CliIo } from '../io.ts';
import { printAnswer } from '../print-answer.ts';
import { readAnswer } from '../read-answer.ts';
import { type AdminOptions, adminCommand, openAdmin } from './admin-command.ts';
import { TokenRevocationList } from './answers.ts';

export function addTokensListRevocations(tokens: Command, io: CliIo): void {
  adminCommand(tokens, 'list-revocations', 'List what voided desktop tokens, newest first.').action(
    async (options: AdminOptions) => {
      const admin = await openAdmin(io, options);
      const answer = await admin.request('GET', '/admin/token-revocations');
      const body = readAnswer(TokenRevocationList, answer);
      printAnswer(io, options, body, () => ({
        head: ['Number', 'Revoked', 'Integrator', 'Site', 'Hash of the device id'],
        rows: body.revocations.map((revocation) => [
          String(revocation.number),
          revocation.revokedAt,
          revocation.integratorId ?? 'any',
          revocation.siteId ?? 'any',
          revocation.deviceHash ?? 'any',
        ]),
      }));
    },
  );
}
