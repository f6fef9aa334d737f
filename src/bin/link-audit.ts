import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatAudit } from '../cli/audit-output.ts';
import type { LinkAuditOptions } from '../cli/run-functions.ts';
import { auditFolder } from '../link/audit/audit-files.ts';
import { readAuditRows } from '../link/audit/audit-rows.ts';
import { verifyAudit } from '../link/audit/verify-audit.ts';
import { readIdentity } from '../link/config/read-identity.ts';

/** `parhelion link audit`: rows of the trail, to the terminal or to a new file. */
export async function showAudit(
  dataDir: string,
  { from, to, integrator, format = 'table', out }: LinkAuditOptions,
): Promise<void> {
  const rows = readAuditRows({
    folder: auditFolder(resolve(dataDir)),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(integrator !== undefined && { integratorId: integrator }),
  });
  const isTable = out === undefined && process.stdout.isTTY;
  const text = formatAudit(toRecords(rows), format, isTable ? process.stdout.columns : undefined);
  if (out === undefined) {
    for await (const piece of text) {
      if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
    }
    return;
  }
  const file = await open(resolve(out), 'wx', 0o600);
  try {
    for await (const piece of text) await file.appendFile(piece);
  } finally {
    await file.close();
  }
}

async function* toRecords(rows: ReturnType<typeof readAuditRows>) {
  for await (const row of rows) yield { ...row };
}

/** `parhelion link audit verify`. @throws Error when the trail is not as it was written */
export async function checkAudit(dataDir: string): Promise<void> {
  const folder = resolve(dataDir);
  const { siteId, privateKey } = await readIdentity(folder);
  const { entries, end, problems } = await verifyAudit({
    folder: auditFolder(folder),
    siteId,
    publicKey: createPublicKey(privateKey),
  });
  process.stdout.write(
    `${entries} entries fit together; the last is ${end.sequence} ${end.hash}\n`,
  );
  for (const problem of problems) process.stdout.write(`WRONG ${problem}\n`);
  if (problems.length > 0) throw new Error('The audit trail is not as the link has written it.');
}
