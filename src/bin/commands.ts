import { join } from 'node:path';
import type { LinkOptions, RunFunctions } from '../cli/run-functions.ts';

/** The link of dev mode lies below the data folder; one that stands alone may name its own. */
function linkDir({ dataDir }: LinkOptions): string {
  return dataDir ?? join(process.env['PARHELION_DATA_DIR'] || '.parhelion', 'link');
}

/** What the commands run. Each loads its code when it is called: a query on the command line starts no server. */
export const commands: RunFunctions = {
  dev: async () => (await import('./dev/run-dev.ts')).runDev(),
  gateway: async () => (await import('./run-gateway.ts')).runGateway(),
  linkRun: async (options) => (await import('./run-link.ts')).runLinkProgram(linkDir(options)),
  linkEnrol: async (options) =>
    (await import('./link-enrol.ts')).enrolLink(linkDir(options), options),
  linkCheck: async (options) => (await import('./link-check.ts')).reportLink(linkDir(options)),
  linkPairCode: async (options) =>
    (await import('./link-pair-code.ts')).makePairingCode(linkDir(options)),
  linkPairings: async (options) =>
    (await import('./link-pairings.ts')).showPairings(linkDir(options)),
  linkUnpair: async (options) =>
    (await import('./link-pairings.ts')).endPairing(linkDir(options), options.integratorId),
  linkRequireCode: async (options) =>
    (await import('./link-pairings.ts')).setCodeRule(linkDir(options), options.isRequired),
  linkPause: async (options) =>
    (await import('./link-policy.ts')).pauseLink(linkDir(options), options),
  linkResume: async (options) => (await import('./link-policy.ts')).resumeLink(linkDir(options)),
  linkPolicy: async (options) => (await import('./link-policy.ts')).showPolicy(linkDir(options)),
  linkAudit: async (options) =>
    (await import('./link-audit.ts')).showAudit(linkDir(options), options),
  linkAuditVerify: async (options) =>
    (await import('./link-audit.ts')).checkAudit(linkDir(options)),
  fhirCheck: async (options) => (await import('./fhir-mapping.ts')).checkFhirMapping(options),
  fhirTry: async (options) => (await import('./fhir-mapping.ts')).tryFhirRequest(options),
  fhirTables: async (options) => (await import('./fhir-mapping.ts')).writeFhirTables(options),
};
