/** The FHIR base of a system's site, and what a request of its integrator carries. */
export const fhirOf = ({ baseUrl, site, integrator }) => ({
  base: `${baseUrl}/integrator/sites/${site.siteId}/fhir/R4`,
  headers: { 'ocp-apim-subscription-key': integrator.primaryKey },
});

/** A GET below the FHIR base, to be loaded. */
export function fhirTarget(system, below) {
  const { base, headers } = fhirOf(system);
  return { method: 'GET', url: `${base}/${below}`, headers };
}

/** An immediate query, to be loaded. @param parameters `[name, type, value]` each */
export function queryTarget({ baseUrl, site, integrator }, text, parameters = []) {
  return {
    url: `${baseUrl}/integrator/sites/${site.siteId}/queries/immediate`,
    headers: {
      'ocp-apim-subscription-key': integrator.primaryKey,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      command: {
        text,
        parameters: parameters.map(([name, type, value]) => ({ name, type, value })),
      },
    }),
  };
}
