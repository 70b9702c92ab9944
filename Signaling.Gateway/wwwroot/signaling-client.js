// A client of the signaling service in plain JavaScript, without a build step. See docs/javascript-client.md.

import { EventType, NO_ID, PROTOCOL_VERSION, decode, encode } from './signaling-frame.js';
import { SignalingError } from './signaling-error.js';
import { Link, Links } from './signaling-links.js';
import { Reconnection } from './signaling-reconnect.js';
import { SignalingSocket } from './signaling-socket.js';

export { EventType, Link, NO_ID, PROTOCOL_VERSION, SignalingError, decode, encode };

/** An address that is listened on has at most this many UTF-16 units. */
export const MAX_ADDRESS_LENGTH = 256;

// A server may take a lost connection for a silent one, which holds its address for up to a minute.
const ADDRESS_PATIENCE_MS = 90_000;
const ADDRESS_PAUSE_MS = 3_000;

/**
 * One connection to a signaling server, or, for a client that reconnects, one after the other. It can be opened once; for
 * another one make another client.
 *
 * Events, each a `CustomEvent` with these fields in `detail`:
 * - `link` `{link}`: another peer has connected to the address this one listens on
 * - `message` `{link, data, reliable}`: data (`Uint8Array`, or string as the other end sent it) has come in
 * - `linkclosed` `{link}`: a link has ended, and not by this peer's {@link disconnect}
 * - `addressclosed`: the server has taken the address back
 * - `close` `{error}`: the connection has ended and every link with it; `error` is null after {@link close}
 *
 * With `reconnect` also:
 * - `reconnecting` `{error, attempt, seconds}`: the connection was lost, or an attempt has failed; the next one follows.
 *   Each link has ended before, with a `linkclosed` of its own
 * - `reconnected`: the connection stands again. If there was an address, it is asked for anew
 * - `addressregained` `{address}`: this client listens on it again
 * - `addresslost` `{address, error}`: another peer holds it now; the connection goes on without
 */
export class SignalingClient extends EventTarget {
  #socket = null;
  #url = null;
  #answerTimeout;
  #heartbeatPause;
  #reconnection;
  #nextStep = 0;
  #opened = null;
  #links = new Links();
  #listening = null;
  #stopping = null;
  #address = null;
  #wanted = null;
  #pending = new Set();
  #ended = null;

  /**
   * @param {object} [options]
   * @param {number} [options.heartbeatSeconds] pause between two signs of life
   * @param {number} [options.answerSeconds] the time the server has for an answer
   * @param {boolean | {firstSeconds?: number, mostSeconds?: number, attempts?: number}} [options.reconnect] whether a
   * connection that has stood and is lost is opened again, and how: see {@link Reconnection}
   */
  constructor({ heartbeatSeconds = 30, answerSeconds = 15, reconnect = false } = {}) {
    super();
    this.#heartbeatPause = heartbeatSeconds * 1000;
    this.#answerTimeout = answerSeconds * 1000;
    this.#reconnection = reconnect ? new Reconnection(reconnect === true ? {} : reconnect) : null;
  }

  /** @returns {string | null} the address this client listens on; null where it listens on none */
  get address() {
    return this.#address;
  }

  /** Whether the connection to the server stands. */
  get connected() {
    return this.#socket?.isOpen ?? false;
  }

  /**
   * Opens the connection. A server that refuses the path or the token does so later: the first request is rejected.
   * @param {string | (() => string | Promise<string>)} url ws: or wss:, with the app as its path, such as
   * wss://example.com/callapp; or what gives one for each attempt, as where tokens run out
   */
  async connect(url) {
    if (this.#url !== null) {
      throw new SignalingError('out-of-turn', 'This client was connected before. Make a new SignalingClient.');
    }

    this.#url = url;
    try {
      this.#open(await this.#nextUrl());
    } catch (error) {
      this.#url = this.#ended === null ? null : this.#url;
      throw error;
    }
    await this.#opened.promise;
  }

  /**
   * Reserves an address, so that others can connect to this peer. An address held before is released first.
   * @param {string} address any text of at most {@link MAX_ADDRESS_LENGTH} UTF-16 units
   */
  async listen(address) {
    this.#mustBeConnected();
    if (address.length > MAX_ADDRESS_LENGTH) {
      throw new SignalingError('address-too-long',
        `The address has ${address.length} UTF-16 units. Choose one of at most ${MAX_ADDRESS_LENGTH}.`);
    }
    if (this.#listening !== null || this.#stopping !== null) {
      throw new SignalingError('out-of-turn', 'An earlier listen or stopListening is not answered yet. Await it first.');
    }

    this.#want(null);
    await this.#askFor(address);
  }

  /** Releases the address. Links that came in by it stay. */
  async stopListening() {
    if (!this.#isReconnecting) {
      this.#mustBeConnected();
    }
    if (this.#listening !== null) {
      throw new SignalingError('out-of-turn', 'An earlier listen is not answered yet. Await it first.');
    }
    this.#want(null);
    if (this.#address === null) {
      return;
    }
    if (this.#stopping === null) {
      this.#stopping = this.#awaitAnswer();
      this.#sendFrame(EventType.ServerClosed, NO_ID, null);
    }
    await this.#stopping.promise;
  }

  /**
   * Opens a link to the peer that listens on an address.
   * @param {string} address
   * @returns {Promise<Link>}
   */
  async connectTo(address) {
    this.#mustBeConnected();
    const answer = this.#awaitAnswer();
    this.#sendFrame(EventType.NewConnection, this.#links.ask(answer), address);
    return await answer.promise;
  }

  /**
   * Sends data to the other end of a link.
   * @param {Link} link
   * @param {Uint8Array | string} data
   * @param {object} [options]
   * @param {boolean} [options.reliable] a mark for the other end; the server itself delivers both alike
   */
  send(link, data, { reliable = true } = {}) {
    this.#mustBeConnected();
    if (!link.open) {
      throw new SignalingError('link-closed', 'The link has ended. Connect again with connectTo.');
    }
    this.#sendFrame(
      reliable ? EventType.ReliableMessageReceived : EventType.UnreliableMessageReceived, link.id, data);
  }

  /**
   * Ends a link. What was sent on it before still arrives.
   * @param {Link} link
   */
  disconnect(link) {
    if (link.open && this.connected) {
      link.open = false;
      this.#sendFrame(EventType.Disconnected, link.id, null);
    }
  }

  /**
   * Leaves the server: the address is free and every link ends. What was sent before still arrives.
   * @returns {Promise<void>} done when the server has let go of the connection
   */
  async close() {
    if (this.#url === null) {
      return;
    }
    const closed = this.#socket?.close();
    this.#end(new SignalingError('closed', 'The connection to the signaling server was closed by this client.'), true);
    await closed;
  }

  /** Opens a socket; throws where the browser does not take the URL. */
  #open(url) {
    if (this.#ended !== null) {
      throw this.#ended;
    }
    const isAgain = this.#reconnection?.hasStood ?? false;
    this.#socket = new SignalingSocket(url, this.#heartbeatPause, {
      opened: () => {
        this.#reconnection?.opened();
        this.#opened.resolve();
        if (isAgain) {
          this.#takeUp();
        }
      },
      received: frame => this.#take(frame),
      ended: (error, wasAnswered) => this.#lose(error, wasAnswered && typeof this.#url !== 'string'),
    });
    this.#opened = this.#awaitAnswer();
  }

  async #nextUrl() {
    return typeof this.#url === 'string' ? this.#url : await this.#url();
  }

  async #openAgain() {
    try {
      this.#open(await this.#nextUrl());
    } catch (error) {
      this.#lose(error instanceof SignalingError ? error : new SignalingError('unreachable',
        `No URL of a signaling server could be had: ${error.message}`), false);
    }
  }

  /** Goes on after a reconnect: what was listened on is listened on again. */
  #takeUp() {
    this.#emit('reconnected');
    if (this.#wanted !== null && this.#listening === null && this.connected) {
      void this.#regain(this.#wanted, performance.now() + ADDRESS_PATIENCE_MS);
    }
  }

  async #regain(address, until) {
    try {
      await this.#askFor(address);
      this.#emit('addressregained', { address });
    } catch (error) {
      if (error.code !== 'address-taken' || this.#wanted !== address) {
        return;
      }
      if (performance.now() >= until) {
        this.#want(null);
        this.#emit('addresslost', { address, error });
        return;
      }
      this.#nextStep = setTimeout(() => this.#regain(address, until), ADDRESS_PAUSE_MS * (0.5 + Math.random()));
    }
  }

  async #askFor(address) {
    this.#listening = this.#awaitAnswer();
    this.#sendFrame(EventType.ServerInitialized, NO_ID, address);
    await this.#listening.promise;
  }

  /** Keeps in mind what is to be listened on after a reconnect; null: nothing. */
  #want(address) {
    this.#wanted = address;
    if (this.connected) {
      clearTimeout(this.#nextStep);
    }
  }

  #take({ type, id, data }) {
    switch (type) {
      case EventType.UnreliableMessageReceived:
      case EventType.ReliableMessageReceived:
        this.#tell('message', this.#links.get(id), { data, reliable: type === EventType.ReliableMessageReceived });
        break;
      case EventType.ServerInitialized:
        this.#address = data;
        this.#want(data);
        this.#answerListen(answer => answer.resolve());
        break;
      case EventType.ServerInitFailed:
        this.#answerListen(answer => answer.reject(new SignalingError('address-taken',
          'Another peer holds this address. Connect to it with connectTo, or choose another address.')));
        break;
      case EventType.ServerClosed:
        this.#takeAddressBack();
        break;
      case EventType.NewConnection:
        this.#welcome(this.#links.open(id));
        break;
      case EventType.ConnectionFailed:
        this.#links.fail(id, new SignalingError('connect-failed',
          'There is nobody to connect to under this address. Try again when the other peer is there.'));
        break;
      case EventType.Disconnected:
        this.#tell('linkclosed', this.#links.close(id));
        break;
      // Any other type is from a later version: it means nothing here.
    }
  }

  #welcome(link) {
    if (link.incoming) {
      this.#emit('link', { link });
    }
  }

  #tell(type, link, detail = {}) {
    if (link !== undefined) {
      this.#emit(type, { link, ...detail });
    }
  }

  #answerListen(answerWith) {
    const answer = this.#listening;
    this.#listening = null;
    if (answer !== null) {
      answerWith(answer);
    }
  }

  #takeAddressBack() {
    this.#address = null;
    if (this.#listening === null) {
      this.#want(null);
    }
    if (this.#stopping !== null) {
      this.#stopping.resolve();
      this.#stopping = null;
    } else if (this.#listening === null) {
      this.#emit('addressclosed');
    }
  }

  #sendFrame(type, id, data) {
    this.#socket.send({ type, id, data });
  }

  #awaitAnswer() {
    const answer = Promise.withResolvers();
    const socket = this.#socket;
    const timer = setTimeout(() => socket.giveUp(), this.#answerTimeout);
    this.#pending.add(answer);
    answer.promise.catch(() => {}).finally(() => {
      clearTimeout(timer);
      this.#pending.delete(answer);
    });
    return answer;
  }

  #mustBeConnected() {
    if (!this.connected) {
      throw this.#ended ?? new SignalingError('closed', this.#isReconnecting
        ? 'The connection to the signaling server is lost. Wait until it is there again, which reconnected tells.'
        : 'There is no connection to a signaling server. Call connect first.');
    }
  }

  get #isReconnecting() {
    return this.#ended === null && !this.connected && (this.#reconnection?.hasStood ?? false);
  }

  /** The socket has ended: for good, or until the next attempt. */
  #lose(error, mayChange) {
    if (this.#ended !== null) {
      return;
    }
    const next = this.#reconnection?.next(error, mayChange) ?? null;
    if (next === null) {
      this.#end(error);
      return;
    }

    this.#socket = null;
    clearTimeout(this.#nextStep);
    this.#nextStep = setTimeout(() => this.#openAgain(), next.seconds * 1000);
    for (const link of this.#forget(error)) {
      this.#emit('linkclosed', { link });
    }
    if (this.#ended === null) {
      this.#emit('reconnecting', { error, ...next });
    }
  }

  #end(error, onPurpose = false) {
    if (this.#ended !== null) {
      return;
    }
    this.#ended = error;
    clearTimeout(this.#nextStep);
    this.#forget(error);
    this.#emit('close', { error: onPurpose ? null : error });
  }

  /** Lets go of all that belonged to a connection, and returns the links that were open. */
  #forget(error) {
    this.#address = null;
    this.#listening = null;
    this.#stopping = null;
    this.#pending.forEach(answer => answer.reject(error));
    return this.#links.closeAll();
  }

  #emit(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
