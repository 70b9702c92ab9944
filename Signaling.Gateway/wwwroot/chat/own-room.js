// The room of whoever opened it: all others are connected with this page, which passes on what each says.
//
// On the channel to each guest, as JSON:
//   {"join": name}                     from the guest, once
//   {"text": string}                   from the guest: what its user typed
//   {"people": [name, ...]}            to the guests: who is here, each time somebody comes or goes
//   {"came": name}, {"left": name}     to the guests
//   {"name": name, "text": string}     to all guests but the one who said it

import { SignalingClient } from '../signaling-client.js';
import { CallError } from '../shared/call-error.js';
import { connectOver } from '../shared/link-signals.js';
import { cleanName, cleanText } from '../shared/messages.js';

/**
 * Events, with their fields in `detail`:
 * - `state` {state}: `server`, `open`
 * - `signaling` {state}: `on`, `lost`, `off`
 * - `people` {names}: who is here
 * - `said` {name, text}: what another said
 * - `notice` {text}: what has happened
 * - `ended` {error}: the room is over; `error` is null where this end left it
 */
export class OwnRoom extends EventTarget {
  #options;
  #client = new SignalingClient({ reconnect: true });
  #guests = new Map();
  #isOpen = false;
  #isOver = false;

  /**
   * @param {object} options
   * @param {string} options.signalingUrl
   * @param {string} options.room
   * @param {string} options.name of the user
   * @param {() => Promise<import('../ice-servers.js').FoundServers>} options.findServers asked for each connection
   * @param {boolean} options.relayedOnly whether to connect by TURN servers alone
   */
  constructor(options) {
    super();
    this.#options = { ...options, name: cleanName(options.name) };
  }

  /** Opens the room; events tell the rest. */
  async start() {
    this.#follow();
    this.#emit('state', { state: 'server' });
    try {
      await this.#client.connect(this.#options.signalingUrl);
      await this.#client.listen(this.#options.room);
    } catch (error) {
      this.#end(error.code === 'address-taken'
        ? new CallError('room-open', 'Somebody has opened this room already. Join it, or choose another name for yours.')
        : error);
      return;
    }
    this.#isOpen = true;
    this.#emit('signaling', { state: 'on' });
    this.#emit('state', { state: 'open' });
    this.#showPeople();
  }

  /** Says something to all. */
  say(text) {
    this.#tell({ name: this.#options.name, text });
  }

  /** Ends the room: all who are in it see it close. */
  leave() {
    this.#end(null);
  }

  #follow() {
    const on = (type, then) => this.#client.addEventListener(type, ({ detail }) => then(detail ?? {}));
    on('link', ({ link }) => void this.#let(link));
    on('reconnecting', () => this.#emit('signaling', { state: 'lost' }));
    on('addressregained', () => this.#emit('signaling', { state: 'on' }));
    on('addressclosed', () => this.#closeDoor('The signaling server has taken the name of the room back.'));
    on('addresslost', () => this.#closeDoor('Another peer holds the name of the room by now.'));
    on('close', ({ error }) => this.#isOpen && error && this.#closeDoor(error.message));
  }

  /** Whoever is in stays; nobody else can come. */
  #closeDoor(why) {
    this.#emit('signaling', { state: 'off' });
    this.#emit('notice', { text: `Nobody else can come in. ${why}` });
  }

  async #let(link) {
    const { findServers, relayedOnly } = this.#options;
    const direct = connectOver(this.#client, link,
      { stream: null, found: findServers(), relayedOnly, initiator: false });
    this.#guests.set(direct, null);
    direct.addEventListener('message', ({ detail: { message } }) => this.#hear(direct, message));
    direct.addEventListener('ended', () => this.#miss(direct));
    try {
      await direct.established;
    } catch {
      this.#guests.delete(direct);
      this.#client.disconnect(link);
    }
  }

  #hear(direct, { join, text }) {
    const name = this.#guests.get(direct);
    if (name === null && join !== undefined) {
      const chosen = this.#unlike(cleanName(join));
      this.#tell({ came: chosen });
      this.#guests.set(direct, chosen);
      this.#emit('notice', { text: `${chosen} has come.` });
      this.#showPeople();
    } else if (name && cleanText(text) !== '') {
      this.#tell({ name, text: cleanText(text) }, direct);
      this.#emit('said', { name, text: cleanText(text) });
    }
  }

  #miss(direct) {
    const name = this.#guests.get(direct);
    this.#guests.delete(direct);
    if (name) {
      this.#tell({ left: name });
      this.#emit('notice', { text: `${name} has left.` });
      this.#showPeople();
    }
  }

  /** A name that nobody here has yet. */
  #unlike(name) {
    const taken = new Set(this.#names());
    for (let number = 2, tried = name; ; number++) {
      if (!taken.has(tried)) {
        return tried;
      }
      tried = `${name} ${number}`;
    }
  }

  #names() {
    return [this.#options.name, ...this.#guests.values()].filter(name => name !== null);
  }

  #showPeople() {
    this.#tell({ people: this.#names() });
    this.#emit('people', { names: this.#names() });
  }

  #tell(message, except = null) {
    for (const [direct, name] of this.#guests) {
      if (name !== null && direct !== except) {
        direct.send(message);
      }
    }
  }

  #end(error) {
    if (this.#isOver) {
      return;
    }
    this.#emit('signaling', { state: 'off' });
    this.#emit('ended', { error });
    this.#isOver = true;
    this.#guests.forEach((_, direct) => direct.close());
    void this.#client.close();
  }

  #emit(type, detail) {
    if (!this.#isOver) {
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }
  }
}
