// What a page is told from outside: parameters in its URL and, where the server has it, demo/config.json.
//   ?signaling=…  another signaling server than the page's own, such as wss://example.com/callapp; or with a user token,
//                 such as wss://example.com/callapp?userToken=TOKEN
//   ?relay=only   connect by a TURN server alone

import { loadIceServers } from '../ice-servers.js';

const page = new URL(location.href);
const root = new URL('..', import.meta.url);

/** What one page is told. */
export class Settings {
  #parameter;
  #config = null;

  /**
   * @param {string} app the path of the app on the page's own server, such as "/callapp"
   * @param {string} parameter the one that says where to meet, such as "address"
   */
  constructor(app, parameter) {
    this.#parameter = parameter;
    /** Where the page's URL asks to meet; null where it asks for nothing. */
    this.placeAskedFor = page.searchParams.get(parameter);
    /** The signaling server's URL. */
    this.signalingUrl = page.searchParams.get('signaling') ?? ownSignalingUrl(app);
    /** Whether the page's URL asks for a TURN server alone. */
    this.relayedOnly = page.searchParams.get('relay') === 'only';
  }

  /** A link to this page that leads to the same place. */
  linkTo(place) {
    const link = new URL(page);
    link.hash = '';
    link.searchParams.set(this.#parameter, place);
    return link.href;
  }

  /** This page over https, where browsers allow a camera; null where the server's https port is not known. */
  async httpsLinkTo(place) {
    const { httpsPort } = await this.#load();
    if (httpsPort === null) {
      return null;
    }
    const link = new URL(this.linkTo(place));
    link.protocol = 'https:';
    link.port = httpsPort;
    link.searchParams.delete('signaling');
    return link.href;
  }

  /**
   * The STUN and TURN servers for one connection.
   * @returns {Promise<import('../ice-servers.js').FoundServers>}
   */
  async findServers() {
    const url = URL.canParse(this.signalingUrl) ? new URL(this.signalingUrl) : null;
    const isOwn = url !== null && url.host === root.host && url.pathname.startsWith(root.pathname);
    const [{ iceServers }, { servers, problem }] = await Promise.all([this.#load(), loadIceServers({
      app: isOwn ? `/${url.pathname.slice(root.pathname.length)}` : null,
      userToken: url?.searchParams.get('userToken') ?? null,
    })]);
    return { servers: [...servers, ...iceServers], problem };
  }

  /** What the server says in config.json. A server without that file, or one that can't be reached, says nothing. */
  #load() {
    this.#config ??= fetch(new URL('demo/config.json', root))
      .then(response => response.ok ? response.json() : {})
      .catch(() => ({}))
      .then(said => ({ httpsPort: said.httpsPort ?? null, iceServers: said.iceServers ?? [] }));
    return this.#config;
  }
}

function ownSignalingUrl(app) {
  const url = new URL(app.slice(1), root);
  url.protocol = page.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
