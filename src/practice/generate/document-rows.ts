import { createHash } from 'node:crypto';
import { type Day, formatDateTime } from '../calendar.ts';
import { jpegImage } from '../files/jpeg.ts';
import { pdfLetter, pdfScan } from '../files/pdf.ts';
import { pngImage } from '../files/png.ts';
import { Random } from '../random.ts';
import type {
  documentContents,
  documentIndex,
  documentTexts,
  thumbnails,
} from '../schema/document-tables.ts';
import type { documents } from '../schema/patient-tables.ts';
import type { Row } from '../table.ts';
import type { Patient, Visit } from './generated-rows.ts';
import { practitionerCount } from './practice-rows.ts';

const documentCount = 320;
const textCount = 60;

export interface DocumentRows {
  readonly documents: Row<typeof documents>[];
  readonly index: Row<typeof documentIndex>[];
  readonly contents: Row<typeof documentContents>[];
  readonly thumbnails: Row<typeof thumbnails>[];
  readonly texts: Row<typeof documentTexts>[];
}

interface File {
  readonly contentType: string;
  readonly extension: string;
  readonly pages: readonly Buffer[];
}

const kinds = [
  ['REFERRAL', 'Referral letter', 'Letters'],
  ['SPECIALIST', 'Specialist letter', 'Letters'],
  ['DISCHARGE', 'Discharge summary', 'Hospital'],
  ['LAB', 'Pathology report', 'Results'],
  ['IMAGING', 'Imaging report', 'Results'],
  ['PHOTO', 'Clinical photograph', 'Pictures'],
  ['CONSENT', 'Consent form', 'Forms'],
] as const;

export function documentRows(
  patients: readonly Patient[],
  visits: ReadonlyMap<number, readonly Visit[]>,
  today: Day,
): DocumentRows {
  const random = new Random('Documents');
  const made: DocumentRows = { documents: [], index: [], contents: [], thumbnails: [], texts: [] };
  for (let id = 1; id <= documentCount; id += 1) {
    const patient = id <= 3 ? patients[0] : random.pick(patients);
    if (patient === undefined) continue;
    addDocument(random, made, id, patient, visits, today);
  }
  addTexts(random, made, today);
  return made;
}

function fileOf(random: Random, id: number, type: string, patient: Patient): File {
  // The first one is a page from the scanner, of several hundred kilobytes.
  if (id === 1) return pdf(pdfScan(620, 877, scannedPaper(random, 620, 877)));
  if (type === 'PHOTO') return random.chance(0.5) ? png(random) : jpeg(random);
  const name = [patient.Firstname, patient.Surname].filter((part) => part != null).join(' ');
  return pdf(
    pdfLetter([
      'Wattle Street Family Practice',
      '',
      `Re: ${name === '' ? 'patient without a name' : name} (no. ${String(patient.InternalID)})`,
      '',
      'Thank you for seeing this patient of ours.',
      ...Array.from(
        { length: random.between(3, 30) },
        (_, line) => `Paragraph ${line + 1} of the letter.`,
      ),
    ]),
  );
}

const pdf = (content: Buffer): File => ({
  contentType: 'application/pdf',
  extension: 'pdf',
  pages: [content],
});

function png(random: Random): File {
  return {
    contentType: 'image/png',
    extension: 'png',
    pages: [pngImage(64, 48, scannedPaper(random, 64, 48))],
  };
}

function jpeg(random: Random, pageCount = 1): File {
  const page = () => {
    const greys = Uint8Array.from({ length: 20 * 15 }, () => random.between(0, 255));
    return jpegImage(20, 15, greys);
  };
  return {
    contentType: 'image/jpeg',
    extension: 'jpg',
    pages: Array.from({ length: pageCount }, page),
  };
}

/** White with grain and dark lines; the grain is what makes scans large. */
function scannedPaper(random: Random, width: number, height: number): Buffer {
  const pixels = Buffer.alloc(width * height);
  for (let i = 0; i < pixels.length; i += 1) {
    const isInk = Math.floor(i / width) % 20 < 8 && i % width > 60 && random.chance(0.3);
    pixels[i] = isInk ? random.between(10, 60) : random.between(224, 255);
  }
  return pixels;
}

function addDocument(
  random: Random,
  made: DocumentRows,
  id: number,
  patient: Patient,
  visits: ReadonlyMap<number, readonly Visit[]>,
  today: Day,
): void {
  const [type, description, category] = id === 1 ? kinds[1] : random.pick(kinds);
  const single = fileOf(random, id, type, patient);
  // Papers that were photographed page by page; drawn apart, so that the others stay as they are.
  const file = id % 40 === 4 ? jpeg(new Random(`Pages ${id}`), 3) : single;
  const patientID = Number(patient.InternalID);
  const day = today - random.between(1, 700);
  const visit = random.chance(0.4) ? visits.get(patientID)?.at(-1) : undefined;
  const guid = random.uuid();
  const name = random.chance(0.95) ? `${type.toLowerCase()}-${id}.${file.extension}` : null;
  made.documents.push({
    DocumentID: id,
    DocumentGuid: guid,
    InternalID: patientID,
    VisitID: visit?.VisitID ?? null,
    DocumentTypeCode: random.chance(0.97) ? type : null,
    Category: random.chance(0.9) ? category : null,
    Description: random.chance(0.95) ? description : null,
    DocumentDate: random.chance(0.95) ? formatDateTime(day, 600) : null,
    ReceivedAt: formatDateTime(day, 900, random.digits(3)),
    AuthorName: random.chance(0.8) ? 'Dr A. Specialist' : null,
    PractitionerID: random.chance(0.4) ? random.between(1, practitionerCount) : null,
    AuthorOrganisationID: random.chance(0.5) ? random.between(2, 6) : null,
    DocumentStatusCode: random.code({ C: 95, S: 4, E: 1 }),
    ContentType: file.contentType,
    FileName: name,
    SizeBytes: sizeOf(file),
    PageCount: file.extension === 'pdf' || file.pages.length > 1 ? file.pages.length : null,
    PeriodStart: visit?.StartTime ?? null,
    PeriodEnd: visit?.EndTime ?? null,
    CheckedAt: random.chance(0.7) ? formatDateTime(day + 1, 490) : null,
    CheckedByID: random.chance(0.7) ? random.between(1, 7) : null,
    Comment: random.chance(0.1) ? 'See page 1' : null,
    IsDeleted: random.chance(0.01) ? 1 : 0,
    UpdatedAt: formatDateTime(day, 901, random.digits(7)),
  });
  addContent(made, file, {
    id,
    guid,
    patientID,
    name,
    scannedAt: id === 1 || random.chance(0.3) ? formatDateTime(day, 899, random.digits(3)) : null,
  });
  if (single.extension !== 'pdf') {
    const [picture] = png(random).pages;
    made.thumbnails.push({ DocumentID: id, Picture: picture ?? null });
  }
}

interface FileEntry {
  readonly id: number;
  readonly guid: string;
  readonly patientID: number;
  readonly name: string | null;
  readonly scannedAt: string | null;
}

/** What the catalogue of documents has of one. */
function addContent(
  made: DocumentRows,
  file: File,
  { id, guid, patientID, name, scannedAt }: FileEntry,
): void {
  made.index.push({
    DocumentID: id,
    DocumentGuid: guid,
    InternalID: patientID,
    FileName: name,
    ContentType: file.contentType,
    SizeBytes: sizeOf(file),
    Sha256: createHash('sha256').update(Buffer.concat(file.pages)).digest(),
    ScannedAt: scannedAt,
    ScannerName: id === 1 ? 'Front desk' : null,
  });
  for (const [index, page] of file.pages.entries())
    made.contents.push({
      DocumentID: id,
      PageNo: index + 1,
      SizeBytes: page.length,
      Content: page,
    });
}

function sizeOf({ pages }: File): number {
  return pages.reduce((sum, page) => sum + page.length, 0);
}

function addTexts(random: Random, made: DocumentRows, today: Day): void {
  const sentence = 'The patient was seen in the clinic and the findings were discussed. ';
  for (let id = 1; id <= textCount; id += 1) {
    const document = made.documents[id];
    // From one character to far beyond what a plain nvarchar holds.
    const length = id === 1 ? 20_000 : id === 2 ? 1 : random.between(200, 9_500);
    const body = `${id % 7 === 0 ? 'Zoë’s letter 🩺\n' : ''}${sentence.repeat(300)}`.slice(
      0,
      length,
    );
    made.texts.push({
      DocumentTextID: id,
      DocumentID: document?.DocumentID ?? null,
      InternalID: document?.InternalID ?? 1,
      Title: random.chance(0.9) ? 'Letter' : null,
      Body: body,
      PlainBody: random.chance(0.5) ? body.slice(0, 100).replaceAll(/[^\n\x20-\x7e]/g, '?') : null,
      CreatedAt: formatDateTime(today - random.between(1, 700), 1000, random.digits(7)),
    });
  }
}
