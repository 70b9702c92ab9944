// A conference: all listen on one address of an app that shares addresses, so the server links each who comes with all who
// are there. Each two pages then connect directly. All stay with the server, for others may come.

import { SignalingClient } from '../signaling-client.js';
import { connectOver } from '../shared/link-signals.js';
import { cleanName } from '../shared/messages.js';
import { conferenceFull, newPageId, readGreeting, writeGreeting } from './greeting.js';

// Each sends its picture to each: more would be too much for most devices.
const MOST = 8;

/**
 * Events, with their fields in `detail`; `page` is another's page:
 * - `state` {state}: `server`, `open`
 * - `signaling` {state}: `on`, `lost`, `off`
 * - `found` {page, name, stream}: somebody is there, and is connected with
 * - `came` {page, name}: the connection stands
 * - `gone` {page, name, reason}: it does not, or not any more; `reason` is an error
 * - `notice` {text}
 * - `ended` {error}: the conference is over for this end; `error` is null where it left
 */
export class Conference extends EventTarget {
  #options;
  #client = new SignalingClient({ reconnect: true });
  #page = newPageId();
  /** Links on which nothing was said yet, and then who is at the other end of those that wait for an offer. */
  #greeted = new Map();
  #partners = new Map();
  #isOpen = false;
  #isOver = false;

  /**
   * @param {object} options
   * @param {string} options.signalingUrl
   * @param {string} options.room
   * @param {string} options.name of the user
   * @param {MediaStream} options.stream what this end shows
   * @param {() => Promise<import('../ice-servers.js').FoundServers>} options.findServers asked for each connection
   * @param {boolean} options.relayedOnly whether to connect by TURN servers alone
   */
  constructor(options) {
    super();
    this.#options = { ...options, name: cleanName(options.name) };
  }

  /** Joins; events tell the rest. */
  async start() {
    this.#follow();
    this.#emit('state', { state: 'server' });
    try {
      await this.#client.connect(this.#options.signalingUrl);
      await this.#client.listen(this.#options.room);
    } catch (error) {
      // The server, too, may be told how many can share an address.
      this.#end(error.code === 'address-taken' ? conferenceFull() : error);
      return;
    }
    this.#isOpen = true;
    this.#emit('signaling', { state: 'on' });
    this.#emit('state', { state: 'open' });
  }

  /** Leaves; the others go on. */
  leave() {
    this.#end(null);
  }

  #follow() {
    const on = (type, then) => this.#client.addEventListener(type, ({ detail }) => then(detail ?? {}));
    on('link', ({ link }) => {
      this.#greeted.set(link, null);
      this.#client.send(link, writeGreeting({ page: this.#page, name: this.#options.name }));
    });
    on('message', ({ link, data }) => this.#hear(link, data));
    on('linkclosed', ({ link }) => this.#greeted.delete(link));
    on('reconnecting', () => this.#emit('signaling', { state: 'lost' }));
    on('addressregained', () => this.#emit('signaling', { state: 'on' }));
    on('addressclosed', () => this.#closeDoor('The signaling server has taken the room back.'));
    on('addresslost', () => this.#closeDoor('The room is full.'));
    on('close', ({ error }) => this.#isOpen && error && this.#closeDoor(error.message));
  }

  /** Whoever is connected stays; nobody else can come. */
  #closeDoor(why) {
    this.#emit('signaling', { state: 'off' });
    this.#emit('notice', { text: `Nobody else can come to you. ${why}` });
  }

  #hear(link, data) {
    const who = this.#greeted.get(link);
    if (who === null) {
      this.#greet(link, readGreeting(data));
    } else if (who !== undefined) {
      // The offer. Where there was a connection before, the other has lost it.
      this.#greeted.delete(link);
      this.#connect(link, who, false).receiveSignal(data);
    }
  }

  #greet(link, who) {
    this.#greeted.delete(link);
    if (who?.full) {
      this.#end(conferenceFull());
    } else if (who === null || who.page === this.#page) {
      this.#client.disconnect(link);
    } else if (!this.#partners.has(who.page) && this.#partners.size >= MOST - 1) {
      this.#client.send(link, writeGreeting({ full: true }));
      this.#client.disconnect(link);
    } else if (this.#page < who.page) {
      this.#greeted.set(link, who);
    } else if (this.#partners.get(who.page)?.stands) {
      // One of the two has reconnected to the server; between them nothing was lost.
      this.#client.disconnect(link);
    } else {
      this.#connect(link, who, true);
    }
  }

  #connect(link, { page, name }, initiator) {
    this.#partners.get(page)?.close();
    const { stream, findServers, relayedOnly } = this.#options;
    const direct = connectOver(this.#client, link, { stream, found: findServers(), relayedOnly, initiator });
    this.#partners.set(page, direct);
    this.#emit('found', { page, name, stream: direct.remoteStream });
    direct.addEventListener('ended', ({ detail }) => this.#miss(direct, page, name, detail.error));
    direct.established.then(() => {
      this.#emit('came', { page, name });
      if (initiator) {
        this.#client.disconnect(link);
      }
    }, error => {
      this.#client.disconnect(link);
      this.#miss(direct, page, name, error);
    });
    return direct;
  }

  #miss(direct, page, name, reason) {
    if (this.#partners.get(page) === direct) {
      this.#partners.delete(page);
      this.#emit('gone', { page, name, reason });
    }
  }

  #end(error) {
    if (this.#isOver) {
      return;
    }
    this.#emit('signaling', { state: 'off' });
    this.#emit('ended', { error });
    this.#isOver = true;
    this.#partners.forEach(direct => direct.close());
    void this.#client.close();
  }

  #emit(type, detail) {
    if (!this.#isOver) {
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }
  }
}
