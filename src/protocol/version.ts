/** Versions of the frame protocol that this program speaks, best first. A session uses the best one in common. */
export const PROTOCOL_VERSIONS: readonly number[] = [1];

/** Picks the protocol version of a session, or undefined when the two sides have none in common. */
export function negotiateVersion(offered: readonly number[]): number | undefined {
  return PROTOCOL_VERSIONS.find((version) => offered.includes(version));
}
