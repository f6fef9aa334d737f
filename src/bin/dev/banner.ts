/** What the demo consists of; also the content of `dev.json`. */
export interface DevFacts {
  readonly baseUrl: string;
  readonly adminKey: string;
  readonly integrator: {
    readonly id: string;
    readonly primaryKey: string;
    readonly secondaryKey: string;
  };
  readonly site: {
    readonly siteId: string;
    readonly pmsId: string;
    readonly pmsName: string;
    readonly pairingCode: string;
  };
}

/** What is printed once everything runs. The `curl` line works when pasted into a shell. */
export function banner({ baseUrl, integrator, site }: DevFacts, practiceName: string): string {
  const url = `${baseUrl}/integrator/sites/${site.siteId}/queries/immediate`;
  const body = '{"command":{"text":"SELECT TOP 5 InternalID, Firstname, Surname FROM Patients"}}';
  return `
Parhelion is running with the demo practice "${practiceName}".

  API            ${baseUrl}
  Reference      ${baseUrl}/docs
  Key            ${integrator.primaryKey}
  Site id        ${site.siteId}
  Pairing code   ${site.pairingCode}   (${site.pmsName}, PMS ID ${site.pmsId})

Try it:

curl -s '${url}' -H 'Ocp-Apim-Subscription-Key: ${integrator.primaryKey}' -H 'Content-Type: application/json' -d '${body}'

Stop with Ctrl-C.
`;
}
