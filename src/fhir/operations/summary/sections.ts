import SECTIONS from './sections.json' with { type: 'json' };

/** What an element must say: its search parameter, if it has one, narrows the search where the mapping has it. */
export interface SectionRule {
  readonly parameter?: string;
  readonly element: string;
  /** One of these codes. */
  readonly in?: readonly string[];
  /** None of these codes; an element that is missing is right too. */
  readonly not?: readonly string[];
}

/** Where a section's entries come from. */
export interface SectionSource {
  readonly type: string;
  /** Left out where the mapping has this other type. */
  readonly unless?: string;
  /** Date parameters: the first that the mapping has gives the order. */
  readonly newestBy: readonly string[];
  readonly rules: readonly SectionRule[];
}

/** A section of a patient summary. */
export interface SummarySection {
  readonly title: string;
  /** Of LOINC, with LOINC's name. */
  readonly code: string;
  readonly display: string;
  /** It stands also without entries, and then says this. */
  readonly isRequired?: boolean;
  readonly nothing?: string;
  /** Entries of each source at most. */
  readonly limit: number;
  /** Of several entries with one code only the latest. */
  readonly isLatestOfEachCode?: boolean;
  readonly sources: readonly SectionSource[];
}

/** All sections, in the order in which they stand in a summary. */
export const SUMMARY_SECTIONS: readonly SummarySection[] = SECTIONS.sections;
