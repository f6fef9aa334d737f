import type { SqlValue } from '../practice-database.ts';
import type { DocumentRows } from './document-rows.ts';
import type { Patient } from './generated-rows.ts';

interface OfPatient {
  readonly InternalID?: SqlValue | undefined;
}

/** Leaves out rows of patients that the practice deleted: nothing of theirs remains. */
export type Present = <T extends OfPatient>(rows: readonly T[]) => T[];

export function presentRows(patients: readonly Patient[]): Present {
  const deleted = new Set<unknown>(
    patients.filter((patient) => patient.IsDeleted === 1).map((patient) => patient.InternalID),
  );
  return (rows) => rows.filter((row) => !deleted.has(row.InternalID));
}

/** The child rows whose parent is among the given ones. */
export function childRows<
  K extends string,
  C extends { readonly [key in K]?: SqlValue | undefined },
>(
  parents: readonly { readonly [key in K]?: SqlValue | undefined }[],
  key: K,
  children: readonly C[],
): C[] {
  const kept = new Set<unknown>(parents.map((row) => row[key]));
  return children.filter((row) => kept.has(row[key]));
}

/** Documents of present patients; the contents of a deleted document are gone, its entry is not. */
export function presentDocuments(made: DocumentRows, present: Present): DocumentRows {
  const documents = present(made.documents);
  const readable = documents.filter((document) => document.IsDeleted !== 1);
  return {
    documents,
    index: present(made.index),
    contents: childRows(readable, 'DocumentID', made.contents),
    thumbnails: childRows(readable, 'DocumentID', made.thumbnails),
    texts: present(made.texts),
  };
}
