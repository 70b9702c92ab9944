// One call, from the address to the last word: meet, connect directly, leave the signaling server, talk.

import { CallError } from '../shared/call-error.js';
import { writeMessage } from '../shared/direct-message.js';
import { connectOver } from '../shared/link-signals.js';
import { meet } from './meeting.js';

const ATTEMPTS = 5;
const PAUSE_MS = 300;

/** What may have happened because the other left at the wrong moment: worth another try. */
const PASSING = new Set(['connect-failed', 'other-left']);

/**
 * Events, with their fields in `detail`:
 * - `state` {state}: `server`, `waiting`, `connecting`, `connected`, `ended`
 * - `signaling` {state}: `on`, `left`, `off`
 * - `note` {text}: something the user may want to know
 * - `stream` {stream}: what the other shows
 * - `text` {text}: what the other typed
 * - `ended` {error}: the call is over; `error` is null where this end hung up
 */
export class Call extends EventTarget {
  #options;
  #direct = null;
  #over = new AbortController();

  /**
   * @param {object} options
   * @param {string} options.signalingUrl
   * @param {string} options.address
   * @param {MediaStream} options.stream what this end shows
   * @param {() => Promise<import('../ice-servers.js').FoundServers>} options.findServers asked for each connection: passwords run out
   * @param {boolean} options.relayedOnly whether to connect by a TURN server alone
   */
  constructor(options) {
    super();
    this.#options = options;
  }

  /** Runs the call until it stands; events tell the rest. */
  async start() {
    try {
      for (let attempt = 1; !await this.#attempt(attempt === ATTEMPTS); attempt++) {
        // Two that found nobody at the same moment should not do so again.
        await new Promise(resolve => setTimeout(resolve, PAUSE_MS * (1 + Math.random())));
      }
    } catch (error) {
      this.#end(error);
    }
  }

  /** Sends text to the other. */
  say(text) {
    this.#direct.send({ text });
  }

  /** Ends the call, or the attempt at one. */
  hangUp() {
    this.#end(null);
  }

  /** @returns {Promise<boolean>} whether the call stands; false where it is worth another try */
  async #attempt(isLast) {
    this.#emit('state', { state: 'server' });
    let client = null;
    try {
      const meeting = await meet(this.#options.signalingUrl, this.#options.address, this.#over.signal);
      client = meeting.client;
      this.#emit('signaling', { state: 'on' });
      await (meeting.link === null ? this.#awaitGuest(client) : this.#connect(client, meeting.link, true));
      this.#over.signal.throwIfAborted();
      this.#emit('state', { state: 'connected' });
      await client.close();
      this.#emit('signaling', { state: 'left' });
      return true;
    } catch (error) {
      await client?.close();
      this.#emit('signaling', { state: 'off' });
      if (isLast || this.#over.signal.aborted || !PASSING.has(error.code)) {
        throw error;
      }
      return false;
    }
  }

  #awaitGuest(client) {
    this.#emit('state', { state: 'waiting' });
    return new Promise((resolve, reject) => {
      client.addEventListener('close', ({ detail }) => reject(detail.error));
      client.addEventListener('addressclosed', () => reject(new CallError('lost',
        'The signaling server took the address back. Join again.')));
      client.addEventListener('link', async ({ detail: { link } }) => {
        if (this.#direct !== null) {
          client.send(link, writeMessage({ busy: true }));
          client.disconnect(link);
          return;
        }
        try {
          await this.#connect(client, link, false);
          resolve();
        } catch (error) {
          client.disconnect(link);
          this.#emit('note', { text: `Somebody came, but no call came about: ${error.message}` });
          this.#emit('state', { state: 'waiting' });
        }
      });
    });
  }

  async #connect(client, link, initiator) {
    this.#emit('state', { state: 'connecting' });
    const { stream, findServers, relayedOnly } = this.#options;
    const found = findServers();
    void found.then(({ problem }) => this.#emit('note', { text: problem }));
    const direct = connectOver(client, link, { stream, found, relayedOnly, initiator });
    this.#direct = direct;
    this.#emit('stream', { stream: direct.remoteStream });

    direct.addEventListener('message', ({ detail: { message: { text } } }) =>
      typeof text === 'string' && this.#emit('text', { text }));
    direct.addEventListener('interrupted', () => this.#emit('note',
      { text: 'The connection is interrupted. It may come back by itself.' }));
    direct.addEventListener('restored', () => this.#emit('note', { text: '' }));
    direct.addEventListener('ended', ({ detail }) => this.#end(detail.error));
    try {
      await direct.established;
    } catch (error) {
      this.#direct = null;
      throw error;
    }
  }

  #end(error) {
    if (this.#over.signal.aborted) {
      return;
    }
    this.#emit('signaling', { state: 'off' });
    this.#emit('state', { state: 'ended' });
    this.#emit('ended', { error });
    this.#over.abort();
    this.#direct?.close();
  }

  #emit(type, detail) {
    if (!this.#over.signal.aborted) {
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }
  }
}
