// What the page is told from outside: parameters in its URL and, where the server has it, config.json beside it.
//   ?address=…    the address to meet under
//   ?signaling=…  another signaling server than the page's own, such as wss://example.com/callapp; or with a user token,
//                 such as wss://example.com/callapp?userToken=TOKEN
//   ?relay=only   connect by a TURN server alone

/** The app of the page's own server that the demo meets in. */
const APP = '../callapp';

const page = new URL(location.href);

/** The address the page's URL asks for; null where it asks for none. */
export const addressAskedFor = page.searchParams.get('address');

/** The signaling server's URL. */
export const signalingUrl = page.searchParams.get('signaling') ?? ownSignalingUrl();

/** Whether the page's URL asks for a call by a TURN server alone. */
export const relayedOnly = page.searchParams.get('relay') === 'only';

/** Where the page's own service tells of its STUN and TURN servers; null where the page meets on another. */
export const iceUrl = ownIceUrl();

/** The user token that the signaling server is shown; null where it is shown none. */
export const userToken = URL.canParse(signalingUrl) ? new URL(signalingUrl).searchParams.get('userToken') : null;

/** A link to this page that leads to the same address. */
export function linkTo(address) {
  const link = new URL(page);
  link.hash = '';
  link.searchParams.set('address', address);
  return link.href;
}

/** This page over https, where browsers allow a camera; null where the server's https port is not known. */
export function httpsLinkTo(address, httpsPort) {
  if (httpsPort === null) {
    return null;
  }
  const link = new URL(linkTo(address));
  link.protocol = 'https:';
  link.port = httpsPort;
  link.searchParams.delete('signaling');
  return link.href;
}

/**
 * What the server says in config.json. A server without that file, or one that can't be reached, says nothing.
 * @returns {Promise<{httpsPort: number | null, iceServers: RTCIceServer[]}>}
 */
export async function loadConfig() {
  const said = await fetch('config.json')
    .then(response => response.ok ? response.json() : {})
    .catch(() => ({}));
  return { httpsPort: said.httpsPort ?? null, iceServers: said.iceServers ?? [] };
}

function ownIceUrl() {
  const root = new URL('..', page);
  const app = URL.canParse(signalingUrl) ? new URL(signalingUrl) : root;
  if (app.host !== root.host || !app.pathname.startsWith(root.pathname)) {
    return null;
  }
  const url = new URL('api/ice', root);
  url.searchParams.set('app', `/${app.pathname.slice(root.pathname.length)}`);
  return url.href;
}

function ownSignalingUrl() {
  const url = new URL(APP, page);
  url.protocol = page.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = '';
  return url.href;
}
