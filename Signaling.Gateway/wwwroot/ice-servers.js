// The STUN and TURN servers that the service hands out, with passwords that are good for a short time: each connection
// asks anew. See docs/ice.md.

const PATIENCE_MS = 5_000;

const WHY = new Map([
  [401, 'it wants a valid user token.'],
  [403, 'it does not let in pages of this origin.'],
  [429, 'it was asked too often. Try again in a moment.'],
]);

/**
 * @typedef {object} FoundServers
 * @property {RTCIceServer[]} servers
 * @property {string} problem why there may be more, in words for the user; empty where nothing is wrong
 */

/**
 * Asks the page's own service. One that knows no such question has none.
 * @param {object} of
 * @param {string | null} of.app the path of the app, such as "/callapp"; null where there is nobody to ask
 * @param {string | null} of.userToken
 * @returns {Promise<FoundServers>}
 */
export async function loadIceServers({ app, userToken }) {
  if (app === null) {
    return { servers: [], problem: '' };
  }
  try {
    const response = await fetch(`${new URL('api/ice', import.meta.url)}?${new URLSearchParams({ app })}`, {
      cache: 'no-store',
      headers: userToken === null ? {} : { Authorization: `Bearer ${userToken}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) {
      return { servers: (await response.json()).iceServers, problem: '' };
    }
    return response.status === 404
      ? { servers: [], problem: '' }
      : withoutServers(WHY.get(response.status) ?? `it answers ${response.status}.`);
  } catch {
    return withoutServers('it gave no answer that this page understands.');
  }
}

/** Whether one of them relays. */
export function canRelay(servers) {
  return servers.some(({ urls }) => [urls].flat().some(url => /^turns?:/i.test(url)));
}

function withoutServers(why) {
  return { servers: [], problem: `The service names no STUN and TURN servers: ${why}` };
}
