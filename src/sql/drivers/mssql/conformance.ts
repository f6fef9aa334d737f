import type { ParameterTypeName } from '../../../protocol/command.ts';
import type { EngineConformance, NotSupported, Supported } from '../../conformance/expectations.ts';
import { sqliteConformance } from '../sqlite/conformance.ts';

const same = sqliteConformance.cases;

function refusal(type: ParameterTypeName): NotSupported {
  return {
    notSupported: 'refused',
    command: { text: 'SELECT @p AS V', parameters: [{ name: '@p', type, value: null }] },
    error: { type: 'haloLink', code: 1000, message: `the type ${type}, which is not supported` },
  };
}

function noted(expected: Supported | NotSupported, note: string): Supported {
  return { ...(expected as Supported), note };
}

/** SQL Server has no read-only session. */
function notSent(expected: Supported | NotSupported): Supported {
  const { command, rowsAffected, after } = expected as Supported;
  return {
    command,
    ...(rowsAffected !== undefined && { rowsAffected }),
    error: { type: 'haloLink', code: 1002, message: 'not proved to read only' },
    ...(after && { after }),
    note: 'refused by the driver, which sends only what is proved to read',
  };
}

/** What this driver does in every case. Its texts are those of the demo's engine, since both take T-SQL. */
export const mssqlConformance: EngineConformance = {
  engine: 'mssql',
  title: 'SQL Server',
  provedOn:
    'a TDS peer of the tests that has each statement carried out by the SQLite engine: driver and protocol, not SQL Server itself',
  cases: {
    ...same,
    inStructured: refusal('Structured'),
    inUdt: refusal('Udt'),
    wrongPassword: {
      command: { text: 'SELECT 1' },
      error: { type: 'mssql', code: 18_456, message: "Login failed for user 'link'." },
    },
    unreachable: {
      command: { text: 'SELECT 1' },
      error: { type: 'haloLink', code: 1004, message: 'nothing listens there' },
    },
    readOnlyProcedure: notSent(same.readOnlyProcedure),
    readOnlyInside: notSent(same.readOnlyInside),
    readOnlyWrite: notSent(same.readOnlyWrite),
    readOnlyBatch: notSent(same.readOnlyBatch),
    readOnlyWritingProcedure: notSent(same.readOnlyWritingProcedure),
    readOnlyDefinition: notSent(same.readOnlyDefinition),
    cancelRead: noted(same.cancelRead, 'by an attention; the session is replaced'),
    cancelWrite: noted(same.cancelWrite, 'a transaction; without one each statement stands'),
  },
};
