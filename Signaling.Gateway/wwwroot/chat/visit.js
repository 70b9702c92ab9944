// A room that another has opened: this page is connected with that one alone, and leaves the signaling server once it is.

import { SignalingClient } from '../signaling-client.js';
import { CallError } from '../shared/call-error.js';
import { connectOver } from '../shared/link-signals.js';
import { cleanName, cleanText } from '../shared/messages.js';

const ENDS = new Map([
  ['connect-failed', 'Nobody has opened this room. Open it yourself, or ask for its name.'],
  ['other-left', 'The room has ended: whoever opened it has left.'],
  ['lost', 'The room has ended: the connection to whoever opened it was lost.'],
]);

/**
 * Events, with their fields in `detail`:
 * - `state` {state}: `server`, `connecting`, `open`
 * - `signaling` {state}: `on`, `left`, `off`
 * - `people` {names}: who is here
 * - `said` {name, text}: what another said
 * - `notice` {text}: what has happened
 * - `ended` {error}: the visit is over; `error` is null where this end left
 */
export class Visit extends EventTarget {
  #options;
  #client = new SignalingClient();
  #direct = null;
  #isOver = false;

  /** @param {ConstructorParameters<typeof import('./own-room.js').OwnRoom>[0]} options */
  constructor(options) {
    super();
    this.#options = options;
  }

  /** Comes in; events tell the rest. */
  async start() {
    try {
      this.#emit('state', { state: 'server' });
      await this.#client.connect(this.#options.signalingUrl);
      this.#emit('signaling', { state: 'on' });
      const link = await this.#client.connectTo(this.#options.room);
      this.#emit('state', { state: 'connecting' });
      await this.#connect(link);
      this.#direct.send({ join: this.#options.name });
      await this.#client.close();
      this.#emit('signaling', { state: 'left' });
      this.#emit('state', { state: 'open' });
    } catch (error) {
      this.#end(error);
    }
  }

  /** Says something to all. */
  say(text) {
    this.#direct.send({ text });
  }

  /** Leaves the room, which goes on. */
  leave() {
    this.#end(null);
  }

  async #connect(link) {
    const { findServers, relayedOnly } = this.#options;
    this.#direct = connectOver(this.#client, link,
      { stream: null, found: findServers(), relayedOnly, initiator: true });
    this.#direct.addEventListener('message', ({ detail: { message } }) => this.#hear(message));
    this.#direct.addEventListener('ended', ({ detail }) => this.#end(detail.error));
    await this.#direct.established;
  }

  #hear({ people, came, left, name, text }) {
    if (Array.isArray(people)) {
      this.#emit('people', { names: people.map(cleanName) });
    } else if (came !== undefined) {
      this.#emit('notice', { text: `${cleanName(came)} has come.` });
    } else if (left !== undefined) {
      this.#emit('notice', { text: `${cleanName(left)} has left.` });
    } else if (cleanText(text) !== '') {
      this.#emit('said', { name: cleanName(name), text: cleanText(text) });
    }
  }

  #end(error) {
    if (this.#isOver) {
      return;
    }
    const words = ENDS.get(error?.code);
    this.#emit('signaling', { state: 'off' });
    this.#emit('ended', { error: words ? new CallError(error.code, words) : error });
    this.#isOver = true;
    this.#direct?.close();
    void this.#client.close();
  }

  #emit(type, detail) {
    if (!this.#isOver) {
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }
  }
}
