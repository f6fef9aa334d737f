import { describe, expect, it } from 'vitest';
import { smallClinicFiles } from '../../../test/support/small-clinic.ts';
import { requireSelect } from '../../../test/support/tsql-syntax.ts';
import { loadMapping } from '../mapping/load-mapping.ts';
import type { SqlDialectName } from '../mapping/system-mapping.ts';
import { parseSearch, SearchError } from '../search/index.ts';
import { countStatement, matchesStatement } from './index.ts';

const TEXT = { tsql: 'linguistic', firebird: 'insensitive', sqlite: 'nocase' } as const;
const DIALECTS: readonly SqlDialectName[] = ['tsql', 'firebird', 'sqlite'];
const options = { baseUrl: 'https://g.example/R4', timeZone: 'Australia/Sydney', now: 0 };

function counted(
  dialect: SqlDialectName,
  type: string,
  search: readonly (readonly [string, string])[],
) {
  const system = loadMapping(smallClinicFiles(TEXT[dialect]), dialect);
  const mapping = system.resources.get(type);
  if (!mapping) throw new Error(type);
  const { filters } = parseSearch(mapping, system, search, options);
  return countStatement({ dialect, mapping }, filters).statement;
}

/** What follows WHERE, and the parameters as `type value`. */
function condition(dialect: SqlDialectName, type: string, ...search: [string, string][]) {
  const { text, parameters } = counted(dialect, type, search);
  if (dialect === 'tsql') requireSelect(text);
  const typed = parameters.map(
    ({ name, typeName, value }) => `${name} ${typeName} ${String(value)}`,
  );
  return [text.replace(/^SELECT COUNT\(\*\) /, ''), ...typed];
}

describe('statements', () => {
  it('limit in each dialect’s way and name only the joins that are needed', () => {
    const texts = DIALECTS.map((dialect) => {
      const system = loadMapping(smallClinicFiles(TEXT[dialect]), dialect);
      const mapping = system.resources.get('Encounter');
      if (!mapping) throw new Error('no mapping');
      const { sort } = parseSearch(mapping, system, [['_sort', '-length']], options);
      const bare = matchesStatement(
        { dialect, mapping },
        { columns: [], filters: [], sort, limit: 3 },
      );
      return bare.statement.text;
    });
    expect(texts).toMatchInlineSnapshot(`
      [
        "SELECT TOP (@p1) [t0].[VisitID], [t0].[Cost] FROM [Visits] AS [t0] WHERE 1 = 1 ORDER BY CASE WHEN [t0].[Cost] IS NULL THEN 1 ELSE 0 END, [t0].[Cost] DESC, [t0].[VisitID]",
        "SELECT FIRST (@p1) t0.VisitID, t0.Cost FROM Visits AS t0 WHERE 1 = 1 ORDER BY t0.Cost DESC NULLS LAST, t0.VisitID",
        "SELECT "t0"."VisitID", "t0"."Cost" FROM "Visits" AS "t0" WHERE 1 = 1 ORDER BY "t0"."Cost" DESC NULLS LAST, "t0"."VisitID" LIMIT @p1",
      ]
    `);
    const system = loadMapping(smallClinicFiles('linguistic'), 'tsql');
    const mapping = system.resources.get('Encounter');
    if (!mapping) throw new Error('no mapping');
    const columns = mapping.elements.flatMap((element) => element.columns);
    const full = matchesStatement(
      { dialect: 'tsql', mapping },
      { columns, filters: [], sort: [], limit: 3, after: ['7'] },
    );
    expect(full.statement).toMatchInlineSnapshot(`
      {
        "parameters": [
          {
            "direction": "input",
            "name": "@p1",
            "typeName": "Int",
            "value": 3,
          },
          {
            "direction": "input",
            "name": "@p2",
            "typeName": "Int",
            "value": 7,
          },
        ],
        "text": "SELECT TOP (@p1) [t0].[VisitID], [t0].[StatusCode], [t0].[PersonID], [t1].[Surname], [t0].[DoctorID], [t0].[StartAt], [t0].[EndAt] FROM [Visits] AS [t0] LEFT JOIN [Doctors] AS [t1] ON [t1].[DoctorID] = [t0].[DoctorID] WHERE [t0].[VisitID] > @p2 ORDER BY [t0].[VisitID]",
      }
    `);
  });

  it('give strings a range for the index and an exact test', () => {
    expect(condition('tsql', 'Patient', ['family', 'fry'])).toMatchInlineSnapshot(`
      [
        "FROM [People] AS [t0] WHERE ([t0].[IsDeleted] = 0 AND (([t0].[Surname] >= @p1 AND [t0].[Surname] < @p2) AND [t0].[Surname] LIKE @p3 ESCAPE '\\'))",
        "@p1 NVarChar fry",
        "@p2 NVarChar frz",
        "@p3 NVarChar [fḟ][rŕŗřȑȓṙṛṝṟ][yýÿŷȳẏẙỳỵỷỹ]%",
      ]
    `);
    expect(condition('firebird', 'Patient', ['family', 'fry'])).toMatchInlineSnapshot(`
      [
        "FROM People AS t0 WHERE (t0.IsDeleted = @p1 AND ((t0.Surname >= @p2 AND t0.Surname < @p3) AND t0.Surname SIMILAR TO CAST(@p4 AS VARCHAR(4000) CHARACTER SET UTF8) ESCAPE '\\'))",
        "@p1 Bit false",
        "@p2 NVarChar fry",
        "@p3 NVarChar frz",
        "@p4 NVarChar fry%",
      ]
    `);
    expect(condition('sqlite', 'Patient', ['family', 'fy'])).toMatchInlineSnapshot(`
      [
        "FROM "People" AS "t0" WHERE ("t0"."IsDeleted" = 0 AND ((("t0"."Surname" >= @p1 AND "t0"."Surname" < @p2) OR ("t0"."Surname" >= @p3 AND "t0"."Surname" < @p4) OR ("t0"."Surname" >= @p5 AND "t0"."Surname" < @p6)) AND "t0"."Surname" GLOB @p7))",
        "@p1 NVarChar Ḟ",
        "@p2 NVarChar Ḡ",
        "@p3 NVarChar fÝ",
        "@p4 NVarChar fỺ",
        "@p5 NVarChar fy",
        "@p6 NVarChar fz",
        "@p7 NVarChar [FfḞḟ][YyÝýÿŶŷŸȲȳẎẏẙỲỳỴỵỶỷỸỹ]*",
      ]
    `);
    expect(condition('tsql', 'Patient', ['family:exact', 'Fry'])).toMatchInlineSnapshot(`
      [
        "FROM [People] AS [t0] WHERE ([t0].[IsDeleted] = 0 AND ([t0].[Surname] = @p1 AND [t0].[Surname] COLLATE Latin1_General_BIN2 = @p2))",
        "@p1 NVarChar Fry",
        "@p2 NVarChar Fry",
      ]
    `);
  });

  it('look into children and related resources without a join', () => {
    expect(condition('tsql', 'Patient', ['identifier', 'urn:a|N1'])).toMatchInlineSnapshot(`
      [
        "FROM [People] AS [t0] WHERE ([t0].[IsDeleted] = 0 AND [t0].[PersonID] IN (SELECT [t1].[PersonID] FROM [Numbers] AS [t1] WHERE ([t1].[Number] = @p1 AND [t1].[System] = @p2 AND [t1].[IsOld] = 0)))",
        "@p1 NVarChar N1",
        "@p2 VarChar urn:a",
      ]
    `);
    expect(condition('firebird', 'Encounter', ['patient.gender', 'male'])).toMatchInlineSnapshot(`
      [
        "FROM Visits AS t0 WHERE EXISTS (SELECT 1 FROM People AS t1 WHERE (t1.PersonID = t0.PersonID AND (t1.IsDeleted = @p1 AND t1.SexCode = @p2)))",
        "@p1 Bit false",
        "@p2 VarChar M",
      ]
    `);
    expect(
      condition('tsql', 'Patient', ['_has:Encounter:patient:date', 'ge2024']),
    ).toMatchInlineSnapshot(`
      [
        "FROM [People] AS [t0] WHERE ([t0].[IsDeleted] = 0 AND [t0].[PersonID] IN (SELECT [t1].[PersonID] FROM [Visits] AS [t1] WHERE [t1].[VisitDate] >= @p1))",
        "@p1 Date 2024-01-01",
      ]
    `);
  });

  it('compare columns with parameters of their own types', () => {
    expect(condition('tsql', 'Patient', ['birthdate', '1980-02'])).toMatchInlineSnapshot(`
      [
        "FROM [People] AS [t0] WHERE ([t0].[IsDeleted] = 0 AND ([t0].[DOB] >= @p1 AND [t0].[DOB] < @p2))",
        "@p1 Date 1980-02-01",
        "@p2 Date 1980-03-01",
      ]
    `);
    expect(
      condition(
        'tsql',
        'Patient',
        ['death-date', 'ge2024-01-31T09:30:00.250+11:00'],
        ['_id', '1,2,3'],
      ),
    ).toMatchInlineSnapshot(`
      [
        "FROM [People] AS [t0] WHERE ([t0].[IsDeleted] = 0 AND [t0].[DiedAt] >= @p1 AND [t0].[PersonID] IN (@p2, @p3, @p4, @p5))",
        "@p1 DateTime2 2024-01-31T09:30:00.25",
        "@p2 Int 1",
        "@p3 Int 2",
        "@p4 Int 3",
        "@p5 Int 3",
      ]
    `);
    expect(condition('tsql', 'Encounter', ['length', 'lt5.005'])).toMatchInlineSnapshot(`
      [
        "FROM [Visits] AS [t0] WHERE [t0].[Cost] < @p1",
        "@p1 Decimal 5.01",
      ]
    `);
  });

  it('say what does not hold so that a server sees the columns', () => {
    expect(condition('tsql', 'Patient', ['gender:not', 'male'])).toMatchInlineSnapshot(`
      [
        "FROM [People] AS [t0] WHERE ([t0].[IsDeleted] = 0 AND ([t0].[SexCode] <> @p1 OR [t0].[SexCode] IS NULL))",
        "@p1 VarChar M",
      ]
    `);
    expect(condition('tsql', 'Patient', ['gender', 'unknown'])).toMatchInlineSnapshot(`
      [
        "FROM [People] AS [t0] WHERE ([t0].[IsDeleted] = 0 AND ([t0].[SexCode] NOT IN (@p1, @p2, @p3, @p4) OR [t0].[SexCode] IS NULL))",
        "@p1 VarChar F",
        "@p2 VarChar M",
        "@p3 VarChar X",
        "@p4 VarChar X",
      ]
    `);
    expect(condition('tsql', 'Encounter', ['patient:missing', 'true'])).toMatchInlineSnapshot(`
      [
        "FROM [Visits] AS [t0] WHERE 1 = 0",
      ]
    `);
    expect(condition('tsql', 'Patient', ['identifier:not', 'urn:a|N1'])).toMatchInlineSnapshot(`
      [
        "FROM [People] AS [t0] WHERE ([t0].[IsDeleted] = 0 AND NOT EXISTS (SELECT 1 FROM [Numbers] AS [t1] WHERE ([t1].[PersonID] = [t0].[PersonID] AND ([t1].[Number] = @p1 AND [t1].[System] = @p2 AND [t1].[IsOld] = 0))))",
        "@p1 NVarChar N1",
        "@p2 VarChar urn:a",
      ]
    `);
    expect(condition('firebird', 'Patient', ['identifier:missing', 'true'])).toMatchInlineSnapshot(`
      [
        "FROM People AS t0 WHERE (t0.IsDeleted = @p1 AND ((t0.ExternalCode IS NULL OR t0.ExternalCode = '') AND (t0.ExternalCode IS NULL OR t0.ExternalCode = '') AND NOT EXISTS (SELECT 1 FROM Numbers AS t1 WHERE (t1.PersonID = t0.PersonID AND (t1.Number <> '' AND t1.IsOld = @p2)))))",
        "@p1 Bit false",
        "@p2 Bit false",
      ]
    `);
  });

  it('leave out what decides nothing', () => {
    const long = 'x'.repeat(41);
    expect(condition('tsql', 'Patient', ['name', `fry,${long}`])).toMatchInlineSnapshot(`
      [
        "FROM [People] AS [t0] WHERE ([t0].[IsDeleted] = 0 AND ((([t0].[Surname] >= @p1 AND [t0].[Surname] < @p2) AND [t0].[Surname] LIKE @p3 ESCAPE '\\') OR (([t0].[Firstname] >= @p4 AND [t0].[Firstname] < @p5) AND [t0].[Firstname] LIKE @p6 ESCAPE '\\')))",
        "@p1 NVarChar fry",
        "@p2 NVarChar frz",
        "@p3 NVarChar [fḟ][rŕŗřȑȓṙṛṝṟ][yýÿŷȳẏẙỳỵỷỹ]%",
        "@p4 NVarChar fry",
        "@p5 NVarChar frz",
        "@p6 NVarChar [fḟ][rŕŗřȑȓṙṛṝṟ][yýÿŷȳẏẙỳỵỷỹ]%",
      ]
    `);
    expect(condition('tsql', 'Patient', ['family', long])).toMatchInlineSnapshot(`
      [
        "FROM [People] AS [t0] WHERE 1 = 0",
      ]
    `);
    expect(condition('tsql', 'Encounter', ['patient:missing', 'false'])).toMatchInlineSnapshot(`
      [
        "FROM [Visits] AS [t0] WHERE 1 = 1",
      ]
    `);
  });

  it('sort by a column that is never NULL as its index does', () => {
    const sorted = (sort: string) => {
      const system = loadMapping(smallClinicFiles('linguistic'), 'tsql');
      const mapping = system.resources.get('Encounter');
      if (!mapping) throw new Error('no mapping');
      const { sort: keys } = parseSearch(mapping, system, [['_sort', sort]], options);
      const page = { columns: [], filters: [], sort: keys, limit: 3, after: ['5', '7'] };
      return requireSelect(matchesStatement({ dialect: 'tsql', mapping }, page).statement.text);
    };
    expect(sorted('-patient')).toMatchInlineSnapshot(
      `"SELECT TOP (@p1) [t0].[VisitID], [t0].[PersonID] FROM [Visits] AS [t0] WHERE ([t0].[PersonID] <= @p2 AND ([t0].[PersonID] < @p3 OR ([t0].[PersonID] = @p4 AND [t0].[VisitID] > @p5))) ORDER BY [t0].[PersonID] DESC, [t0].[VisitID]"`,
    );
    const dated = DIALECTS.map((dialect) => {
      const system = loadMapping(smallClinicFiles(TEXT[dialect]), dialect);
      const mapping = system.resources.get('Procedure');
      if (!mapping) throw new Error('no mapping');
      const { sort } = parseSearch(mapping, system, [['_sort', 'date']], options);
      const page = { columns: [], filters: [], sort, limit: 3 };
      return matchesStatement({ dialect, mapping }, page).statement.text;
    });
    expect(dated).toMatchInlineSnapshot(`
      [
        "SELECT TOP (@p1) [t0].[VisitID], COALESCE(CAST([t0].[StartAt] AS datetime2(7)), CAST([t0].[VisitDate] AS datetime2(7)), CASE WHEN [t0].[StatusCode] = @p2 THEN CAST([t0].[EndAt] AS datetime2(7)) END) AS [s0] FROM [Visits] AS [t0] WHERE 1 = 1 ORDER BY CASE WHEN COALESCE(CAST([t0].[StartAt] AS datetime2(7)), CAST([t0].[VisitDate] AS datetime2(7)), CASE WHEN [t0].[StatusCode] = @p3 THEN CAST([t0].[EndAt] AS datetime2(7)) END) IS NULL THEN 1 ELSE 0 END, COALESCE(CAST([t0].[StartAt] AS datetime2(7)), CAST([t0].[VisitDate] AS datetime2(7)), CASE WHEN [t0].[StatusCode] = @p4 THEN CAST([t0].[EndAt] AS datetime2(7)) END), [t0].[VisitID]",
        "SELECT FIRST (@p1) t0.VisitID, COALESCE(CAST(t0.StartAt AS TIMESTAMP), CAST(t0.VisitDate AS TIMESTAMP), CASE WHEN t0.StatusCode = @p2 THEN CAST(t0.EndAt AS TIMESTAMP) END) AS s0 FROM Visits AS t0 WHERE 1 = 1 ORDER BY COALESCE(CAST(t0.StartAt AS TIMESTAMP), CAST(t0.VisitDate AS TIMESTAMP), CASE WHEN t0.StatusCode = @p3 THEN CAST(t0.EndAt AS TIMESTAMP) END) NULLS LAST, t0.VisitID",
        "SELECT "t0"."VisitID", COALESCE(strftime('%Y-%m-%dT%H:%M:%f', substr("t0"."StartAt", 1, 19)), strftime('%Y-%m-%dT%H:%M:%f', substr("t0"."VisitDate", 1, 19)), CASE WHEN "t0"."StatusCode" = @p1 THEN strftime('%Y-%m-%dT%H:%M:%f', substr("t0"."EndAt", 1, 19)) END) AS "s0" FROM "Visits" AS "t0" WHERE 1 = 1 ORDER BY COALESCE(strftime('%Y-%m-%dT%H:%M:%f', substr("t0"."StartAt", 1, 19)), strftime('%Y-%m-%dT%H:%M:%f', substr("t0"."VisitDate", 1, 19)), CASE WHEN "t0"."StatusCode" = @p2 THEN strftime('%Y-%m-%dT%H:%M:%f', substr("t0"."EndAt", 1, 19)) END) NULLS LAST, "t0"."VisitID" LIMIT @p3",
      ]
    `);
    expect(sorted('practitioner')).toMatchInlineSnapshot(
      `"SELECT TOP (@p1) [t0].[VisitID], [t0].[DoctorID] FROM [Visits] AS [t0] WHERE (([t0].[DoctorID] > @p2 OR [t0].[DoctorID] IS NULL) OR ([t0].[DoctorID] = @p3 AND [t0].[VisitID] > @p4)) ORDER BY CASE WHEN [t0].[DoctorID] IS NULL THEN 1 ELSE 0 END, [t0].[DoctorID], [t0].[VisitID]"`,
    );
  });

  it('compare SQL Server’s older long texts as newer ones', () => {
    const files = smallClinicFiles('linguistic');
    const tables = JSON.stringify(files['tables.json']).replaceAll('nvarchar(40)', 'ntext');
    const system = loadMapping({ ...files, 'tables.json': JSON.parse(tables) }, 'tsql');
    const mapping = system.resources.get('Patient');
    if (!mapping) throw new Error('no mapping');
    const text = (...search: [string, string][]) => {
      const { filters, sort } = parseSearch(mapping, system, search, options);
      return matchesStatement(
        { dialect: 'tsql', mapping },
        { columns: [], filters, sort, limit: 1 },
      ).statement.text;
    };
    expect(text(['family', 'fry'])).toMatchInlineSnapshot(
      `"SELECT TOP (@p1) [t0].[PersonID], [t0].[UpdatedAt] FROM [People] AS [t0] WHERE ([t0].[IsDeleted] = 0 AND CAST([t0].[Surname] AS nvarchar(max)) LIKE @p2 ESCAPE '\\') ORDER BY [t0].[PersonID]"`,
    );
    expect(text(['family:exact', 'Fry'])).toMatchInlineSnapshot(
      `"SELECT TOP (@p1) [t0].[PersonID], [t0].[UpdatedAt] FROM [People] AS [t0] WHERE ([t0].[IsDeleted] = 0 AND (CAST([t0].[Surname] AS nvarchar(max)) = @p2 AND CAST([t0].[Surname] AS nvarchar(max)) COLLATE Latin1_General_BIN2 = @p3)) ORDER BY [t0].[PersonID]"`,
    );
    expect(text(['identifier', 'N1'])).toMatchInlineSnapshot(
      `"SELECT TOP (@p1) [t0].[PersonID], [t0].[UpdatedAt] FROM [People] AS [t0] WHERE ([t0].[IsDeleted] = 0 AND ([t0].[ExternalCode] = @p2 OR [t0].[PersonID] IN (SELECT [t1].[PersonID] FROM [Numbers] AS [t1] WHERE (CAST([t1].[Number] AS nvarchar(max)) = @p3 AND [t1].[IsOld] = 0)))) ORDER BY [t0].[PersonID]"`,
    );
    expect(text(['_sort', 'family'])).toMatchInlineSnapshot(
      `"SELECT TOP (@p1) [t0].[PersonID], [t0].[UpdatedAt], [t0].[Surname] FROM [People] AS [t0] WHERE [t0].[IsDeleted] = 0 ORDER BY CASE WHEN CAST([t0].[Surname] AS nvarchar(max)) IS NULL THEN 1 ELSE 0 END, CAST([t0].[Surname] AS nvarchar(max)), [t0].[PersonID]"`,
    );
  });

  it('look for identifiers and units where the mapping says that they stand', () => {
    const files = smallClinicFiles('linguistic');
    const encounter = files['Encounter.json'] as { search: object };
    const search = {
      ...encounter.search,
      practitioner: {
        reference: 'Practitioner',
        key: ['v.DoctorID'],
        identifier: { token: 'v.CostUnit', identifier: 'ahpra' },
      },
      length: { quantity: 'v.Cost', code: { column: 'v.CostCode' }, codes: 'currency' },
    };
    const system = loadMapping(
      {
        ...files,
        'codes.json': {
          ...(files['codes.json'] as object),
          currency: { system: 'urn:iso:std:iso:4217', codes: { A: 'AUD', N: 'NZD' } },
        },
        'Encounter.json': { ...encounter, search },
      },
      'tsql',
    );
    const mapping = system.resources.get('Encounter');
    if (!mapping) throw new Error('no mapping');
    const text = (name: string, value: string) => {
      const { filters } = parseSearch(mapping, system, [[name, value]], options);
      const { statement } = countStatement({ dialect: 'tsql', mapping }, filters);
      return [
        statement.text.replace(/^.* WHERE /, ''),
        statement.parameters.map((each) => each.value),
      ];
    };
    expect(text('practitioner:identifier', 'MED0001')).toMatchInlineSnapshot(`
      [
        "[t0].[CostUnit] = @p1",
        [
          "MED0001",
        ],
      ]
    `);
    expect(text('practitioner:missing', 'false')).toMatchInlineSnapshot(`
      [
        "([t0].[DoctorID] IS NOT NULL OR [t0].[CostUnit] <> '')",
        [],
      ]
    `);
    expect(text('length', '5|urn:iso:std:iso:4217|NZD')).toMatchInlineSnapshot(`
      [
        "([t0].[Cost] >= @p1 AND [t0].[Cost] < @p2 AND [t0].[CostCode] = @p3)",
        [
          "4.50",
          "5.50",
          "N",
        ],
      ]
    `);
    expect(text('length', '5||AUD')).toMatchInlineSnapshot(`
      [
        "([t0].[Cost] >= @p1 AND [t0].[Cost] < @p2 AND [t0].[CostCode] = @p3)",
        [
          "4.50",
          "5.50",
          "A",
        ],
      ]
    `);
  });

  it('quote the names of hostile mappings', () => {
    const name = `a]b"c'; DROP TABLE x --`;
    const texts = DIALECTS.map((dialect) => {
      const files = JSON.parse(
        JSON.stringify(smallClinicFiles(TEXT[dialect])).replaceAll(
          'Doctors',
          JSON.stringify(name).slice(1, -1),
        ),
      ) as Record<string, unknown>;
      const system = loadMapping(files, dialect);
      const mapping = system.resources.get('Practitioner');
      if (!mapping) throw new Error('no mapping');
      return countStatement({ dialect, mapping }, []).statement.text;
    });
    expect(texts).toMatchInlineSnapshot(`
      [
        "SELECT COUNT(*) FROM [a]]b"c'; DROP TABLE x --] AS [t0] WHERE 1 = 1",
        "SELECT COUNT(*) FROM "a]b""c'; DROP TABLE x --" AS t0 WHERE 1 = 1",
        "SELECT COUNT(*) FROM "a]b""c'; DROP TABLE x --" AS "t0" WHERE 1 = 1",
      ]
    `);
  });

  it('refuse more parameters than a server takes', () => {
    const many = Array.from({ length: 150 }, (_, index) => `olihdt${index}`).join(',');
    expect(() => counted('tsql', 'Patient', [['name', many]])).toThrow(SearchError);
  });
});
