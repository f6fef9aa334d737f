import type { SiteRegister } from './sessions/index.ts';
import type { Sites } from './sites/index.ts';

/** What sessions ask and tell of sites, in the words of the sites feature. */
export function createSiteRegister({ enrolment, presence }: Sites): SiteRegister {
  return {
    findIdentity: (siteId) => enrolment.findIdentity(siteId),
    recordHello: (sessionId, hello) =>
      presence.recordHello({
        siteId: hello.siteId,
        sessionId,
        linkVersion: hello.linkVersion,
        clientTime: Date.parse(hello.clientTime),
        catalogues: hello.catalogues,
        ...(hello.practice.practiceName === undefined
          ? {}
          : { practiceName: hello.practice.practiceName }),
        ...(hello.practice.practiceManagementVersion === undefined
          ? {}
          : { pmsVersion: hello.practice.practiceManagementVersion }),
      }),
    recordHeartbeat: (siteId, sessionId, { clientTime, catalogues }) =>
      presence.recordHeartbeat({
        siteId,
        sessionId,
        clientTime: Date.parse(clientTime),
        catalogues,
      }),
    recordOffline: (siteId, sessionId) => presence.recordOffline(siteId, sessionId),
  };
}
