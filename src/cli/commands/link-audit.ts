import { type Command, InvalidArgumentError, Option } from 'commander';
import { idArgument } from '../id-argument.ts';
import type { LinkAuditOptions, LinkOptions, RunFunctions } from '../run-functions.ts';

/** The practice's record of what was asked of its database. */
export function addLinkAuditCommands(link: Command, run: RunFunctions): void {
  const audit = link
    .command('audit')
    .description('Show who asked what of the database of this site.')
    .option('--data-dir <path>', "folder of the link's identity and settings")
    .option('--from <moment>', 'only from this date or time on', moment)
    .option('--to <moment>', 'only before this date or time', moment)
    .option('--integrator <id>', 'only the queries of this integrator', idArgument)
    .addOption(
      new Option('--format <format>', 'how it is written')
        .choices(['table', 'csv', 'json', 'ndjson'])
        .default('table'),
    )
    .option('--out <file>', 'a new file to write it to')
    .action((options: LinkAuditOptions) => run.linkAudit(options));
  audit
    .command('verify')
    .description('Look for changes of the audit trail since it was written.')
    .option('--data-dir <path>', "folder of the link's identity and settings")
    .action((options: LinkOptions, command: Command) =>
      run.linkAuditVerify({ ...command.parent?.opts<LinkOptions>(), ...options }),
    );
}

/** A date alone begins at midnight of this machine. */
function moment(text: string): number {
  const time = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('It is not a date, nor a date and time.');
  return time;
}
