// How two meet who know nothing but an address: whoever can listen on it waits, whoever finds it taken connects.
// There is no caller and no callee to agree on before.

import { SignalingClient } from '../signaling-client.js';

/**
 * One try to meet.
 * @param {string} url of the signaling server
 * @param {string} address
 * @param {AbortSignal} signal gives up
 * @returns {Promise<{client: SignalingClient, link: import('../signaling-client.js').Link | null}>}
 * the link to the other, or null where this end is the first and now listens
 */
export async function meet(url, address, signal) {
  const first = await connect(url, signal);
  try {
    await first.listen(address);
    return { client: first, link: null };
  } catch (error) {
    await first.close();
    if (error.code !== 'address-taken') {
      throw error;
    }
  }

  // A connection of its own, as all clients of this family do it.
  const second = await connect(url, signal);
  try {
    return { client: second, link: await second.connectTo(address) };
  } catch (error) {
    await second.close();
    throw error;
  }
}

async function connect(url, signal) {
  signal.throwIfAborted();
  const client = new SignalingClient();
  signal.addEventListener('abort', () => client.close(), { once: true });
  await client.connect(url);
  return client;
}
