import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import {
  createIndexes,
  createRowVersionTriggers,
  createTable,
  defineTable,
  RowWriter,
  rowVersion,
} from './table.ts';

const parents = defineTable('Parents', { ParentID: 'identity', Name: 'nvarchar(20) null unique' });
const children = defineTable(
  'Children',
  {
    ChildID: 'identity',
    ParentID: 'int references Parents(ParentID)',
    OtherID: 'int null references Parents(ParentID)',
    Flag: 'bit default 1 check Flag IN (0,1)',
    Body: 'nvarchar(max) null',
    RowVersion: rowVersion,
  },
  { unique: [['ParentID', 'Flag']], checks: { Other: 'OtherID <> ParentID' } },
);

describe('defineTable', () => {
  it('names constraints as SQL Server would', () => {
    const sql = createTable(children);
    for (const name of [
      'PK_Children',
      'FK_Children_Parents_ParentID',
      'FK_Children_Parents_OtherID',
      'DF_Children_Flag',
      'CK_Children_Flag',
      'CK_Children_Other',
      'UQ_Children_ParentID_Flag',
    ]) {
      expect(sql).toContain(`CONSTRAINT ${name} `);
    }
  });

  it('keeps the T-SQL types readable in the schema', () => {
    const database = new Database(':memory:');
    database.exec(createTable(parents) + createTable(children));
    const columns = database.prepare('PRAGMA table_info(Children)').all() as {
      name: string;
      type: string;
      notnull: number;
    }[];
    expect(columns.map(({ name, type, notnull }) => [name, type.toLowerCase(), notnull])).toEqual([
      ['ChildID', 'integer', 1],
      ['ParentID', 'int', 1],
      ['OtherID', 'int', 0],
      ['Flag', 'bit', 1],
      ['Body', 'nvarchar(max)', 0],
      ['RowVersion', 'rowversion', 1],
    ]);
    database.close();
  });

  it('gives every inserted and changed row a new, growing version', () => {
    const database = new Database(':memory:');
    database.exec(createTable(parents) + createTable(children) + createIndexes(children));
    database.exec('CREATE TABLE __rowversion (value INTEGER NOT NULL)');
    const writer = new RowWriter(database);
    writer.insert(parents, [{ ParentID: 1, Name: 'a' }, { ParentID: 2 }]);
    writer.insert(children, [{ ChildID: 1, ParentID: 1 }]);
    database.prepare('INSERT INTO __rowversion VALUES (?)').run(writer.lastVersion);
    database.exec(createRowVersionTriggers(children));
    const versions = () =>
      database
        .prepare('SELECT hex(RowVersion) AS v FROM Children ORDER BY ChildID')
        .all()
        .map((row) => (row as { v: string }).v);
    expect(versions()).toEqual(['0000000000000001']);
    database.exec('INSERT INTO Children (ParentID) VALUES (2)');
    expect(versions()).toEqual(['0000000000000001', '0000000000000002']);
    database.exec("UPDATE Children SET Body = 'x' WHERE ChildID = 1");
    expect(versions()).toEqual(['0000000000000003', '0000000000000002']);
    database.close();
  });
});
