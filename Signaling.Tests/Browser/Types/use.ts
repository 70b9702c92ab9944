// What users of the types write. What must not be written is marked, and is an error where it is none.

import {
  MAX_ADDRESS_LENGTH, NO_ID, PROTOCOL_VERSION, EventType, SignalingClient, SignalingError, decode, encode, type Frame, type Link,
} from './signaling-client.js';

export async function meet(url: string, address: string): Promise<Link | null> {
  const client = new SignalingClient({ heartbeatSeconds: 10, answerSeconds: 5, reconnect: { firstSeconds: 1, mostSeconds: 8, attempts: 3 } });
  client.addEventListener('link', ({ detail: { link } }) => client.send(link, 'hello', { reliable: false }));
  client.addEventListener('message', ({ detail: { link, data } }) => data !== null && client.send(link, data));
  client.addEventListener('reconnecting', ({ detail: { error, attempt, seconds } }) => `${error.message} ${attempt + seconds}`);
  client.addEventListener('reconnected', () => client.connected);
  client.addEventListener('addressregained', event => event.detail.address.length, { once: true });
  client.addEventListener('addresslost', ({ detail: { address: lost, error } }) => lost + error.code);
  client.addEventListener('close', ({ detail: { error } }) => error?.code);

  // @ts-expect-error: null after close()
  client.addEventListener('close', ({ detail: { error } }) => error.code);
  // @ts-expect-error: no such option
  new SignalingClient({ retry: true });
  // @ts-expect-error: numbers are no data
  client.addEventListener('link', ({ detail: { link } }) => client.send(link, 1));

  await client.connect(async () => url);
  try {
    await client.listen(address.slice(0, MAX_ADDRESS_LENGTH));
    return null;
  } catch (error) {
    if (!(error instanceof SignalingError && error.code === 'address-taken')) {
      throw error;
    }
    return await client.connectTo(address);
  }
}

export const frame: Frame | null = decode(encode({ type: EventType.NewConnection, id: NO_ID + PROTOCOL_VERSION, data: 'a' }));
