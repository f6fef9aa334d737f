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
    cancelRead: noted(same.cancelRead, 'by an attention; the session is replaced'),
    cancelWrite: noted(same.cancelWrite, 'a transaction; without one each statement stands'),
  },
};
