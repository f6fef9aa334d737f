/** Who the demo practice is; the same in every seed. */
export const practiceFacts = {
  siteNumber: 66,
  practiceName: 'Wattle Street Family Practice',
  practiceManagementSiteId: 'BP-DEMO-0001',
  practiceManagementVersion: '1.12.1.990',
  /** The practice stores local times. */
  timeZone: 'Australia/Sydney',
  /** Raised with every change of tables or rows: a folder with another number is seeded anew. */
  schemaVersion: 3,
} as const;
