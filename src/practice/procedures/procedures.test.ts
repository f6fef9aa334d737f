import { describe, expect, it } from 'vitest';
import { parseProcedure } from '../../sql/drivers/sqlite/tsql/parse/parse-statement.ts';
import { documentsCatalogue, patientsCatalogue } from '../seed-rows.ts';

const definitions = Object.entries({
  ...patientsCatalogue.procedures,
  ...documentsCatalogue.procedures,
});

describe('stored procedures', () => {
  it.each(definitions)('%s is T-SQL that the engine reads, under its own name', (name, text) => {
    expect(text).toContain(`CREATE PROCEDURE dbo.${name}`);
    const procedure = parseProcedure(text.trim());
    expect(procedure.body.length).toBeGreaterThan(0);
  });

  it('GetPatientID may be called without its output parameter', () => {
    const procedure = parseProcedure(patientsCatalogue.procedures['GetPatientID']?.trim() ?? '');
    expect(procedure.parameters).toMatchObject([{ name: '@siteid', isOutput: true }]);
  });
});
