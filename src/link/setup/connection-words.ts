import {
  type ConnectionProblemKind,
  diagnoseTransport,
  PROBLEM_SCOPES,
  type ProblemScope,
} from '../../sql/connection-problem.ts';
import { SqlError } from '../../sql/sql-error.ts';
import type { ConfiguredDatabase } from '../database/open-database.ts';

interface Place {
  /** `SQL Server at db.example:1433` */
  readonly place: string;
  readonly catalogue: string | undefined;
  /** The database's own text. */
  readonly said: string;
}

/** What is wrong, and what to do about it. */
const WORDS: Readonly<Record<ConnectionProblemKind, (at: Place) => string>> = {
  refused: ({ place }) =>
    `${place} refuses the connection: nothing listens there. Check the address and the port, that the database server runs, and that it accepts connections over TCP.`,
  timedOut: ({ place }) =>
    `${place} did not answer in time. Check the address, and that no firewall between the machines drops the connection.`,
  hostUnknown: ({ place }) =>
    `${place} cannot be found: the name is not known on this network. Check its spelling, or give the server's address.`,
  hostUnreachable: ({ place }) =>
    `${place} cannot be reached: this machine has no way to it. Check the address and the network.`,
  certificateNotTrusted: ({ place, said }) =>
    `The certificate of ${place} is not trusted: ${said} Trust its authority (--trust ca:<file>) or this one certificate (--trust pinned:<sha256>).`,
  encryptionMismatch: ({ place, said }) =>
    `${place} and this link do not agree on encryption: ${said} Change --encrypt, or the server's setting.`,
  loginFailed: ({ place, said }) =>
    `${place} refused the login: ${said} Check user and password before trying again: many wrong tries may lock the login.`,
  databaseMissing: ({ place, catalogue, said }) =>
    `${place} does not open the database of the catalogue ${catalogue ?? 'asked for'} to this login: ${said} Check the name of the database, and that the login may use it.`,
  fileMissing: ({ said }) => `${said} Check its path.`,
  unknown: ({ place, said }) => `The connection to ${place} failed: ${said}`,
};

export interface ConnectionTrouble {
  readonly scope: ProblemScope;
  readonly sentence: string;
}

/** A failure to connect in plain words; undefined for what is no such failure. */
export function inPlainWords(
  { engine, place }: Pick<ConfiguredDatabase, 'engine' | 'place'>,
  error: unknown,
  catalogue?: string,
): ConnectionTrouble | undefined {
  if (!(error instanceof SqlError) || error.kind !== 'connection') return undefined;
  const problem = engine.diagnose(error) ?? diagnoseTransport(error) ?? 'unknown';
  const said = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
  return { scope: PROBLEM_SCOPES[problem], sentence: WORDS[problem]({ place, catalogue, said }) };
}
