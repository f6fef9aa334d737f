import { defineTable, rowVersion } from '../table.ts';

/** The catalogue Documents knows patients only by number: its keys do not reach across files. */
export const documentIndex = defineTable(
  'DocumentIndex',
  {
    DocumentID: 'identity',
    DocumentGuid: 'uniqueidentifier unique',
    InternalID: 'int',
    FileName: 'nvarchar(120) null',
    ContentType: 'varchar(60)',
    SizeBytes: 'int',
    Sha256: 'binary(32)',
    ScannedAt: 'datetime2(3) null',
    ScannerName: 'nvarchar(60) null',
    RowVersion: rowVersion,
  },
  { indexes: [['InternalID']] },
);

export const documentContents = defineTable(
  'DocumentContents',
  {
    DocumentID: 'int references DocumentIndex(DocumentID)',
    PageNo: 'smallint default 1',
    SizeBytes: 'int',
    Content: 'varbinary(max)',
  },
  { primaryKey: ['DocumentID', 'PageNo'] },
);

export const thumbnails = defineTable(
  'Thumbnails',
  {
    DocumentID: 'int references DocumentIndex(DocumentID)',
    Picture: 'image',
  },
  { primaryKey: ['DocumentID'] },
);

/** Letters and notes kept as text; some are much longer than 8000 characters. */
export const documentTexts = defineTable(
  'DocumentTexts',
  {
    DocumentTextID: 'identity',
    DocumentID: 'int null references DocumentIndex(DocumentID)',
    InternalID: 'int',
    Title: 'nvarchar(200) null',
    Body: 'nvarchar(max)',
    PlainBody: 'text null',
    CreatedAt: 'datetime2(7)',
  },
  { indexes: [['InternalID']] },
);

export const documentTables = [documentIndex, documentContents, thumbnails, documentTexts];
