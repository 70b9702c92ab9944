import { DirectConnection } from './direct.js';

/**
 * A direct connection to the other end of a link, which carries its signals until it stands or has failed.
 * @param {import('../signaling-client.js').SignalingClient} client
 * @param {import('../signaling-client.js').Link} link
 * @param {object} options those of {@link DirectConnection} but `sendSignal`
 * @returns {DirectConnection}
 */
export function connectOver(client, link, options) {
  const direct = new DirectConnection({ ...options, sendSignal: data => link.open && client.send(link, data) });
  const settled = new AbortController();
  const ofThisLink = (type, then) => client.addEventListener(type,
    ({ detail }) => detail.link === link && then(detail), { signal: settled.signal });
  ofThisLink('message', ({ data }) => direct.receiveSignal(data));
  ofThisLink('linkclosed', () => direct.endSignals());
  client.addEventListener('close', ({ detail }) => detail.error && direct.giveUp(detail.error),
    { signal: settled.signal });
  direct.established.catch(() => {}).finally(() => settled.abort());
  return direct;
}
