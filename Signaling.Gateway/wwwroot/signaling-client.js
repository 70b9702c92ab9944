// A client of the signaling service in plain JavaScript, without a build step. See docs/javascript-client.md.

import { EventType, NO_ID, PROTOCOL_VERSION, decode, encode } from './signaling-frame.js';
import { SignalingError } from './signaling-error.js';

export { EventType, NO_ID, PROTOCOL_VERSION, SignalingError, decode, encode };

/** An address that is listened on has at most this many UTF-16 units. */
export const MAX_ADDRESS_LENGTH = 256;

// The server numbers incoming links from here on; own ids stay below, so that the two never meet.
const FIRST_INCOMING_ID = 16384;
const NORMAL_CLOSURE = 1000;

/** A pairing with another peer, as this peer sees it. */
export class Link {
  /** @type {number} the id by which this peer and its server know the link */
  id;
  /** @type {boolean} whether the other end opened it */
  incoming;
  /** @type {boolean} whether data can be sent on it */
  open = true;

  constructor(id, incoming) {
    this.id = id;
    this.incoming = incoming;
  }
}

/**
 * One connection to a signaling server. It can be opened once; for another one make another client.
 *
 * Events, each a `CustomEvent` with these fields in `detail`:
 * - `link` `{link}`: another peer has connected to the address this one listens on
 * - `message` `{link, data, reliable}`: data (`Uint8Array`, or string as the other end sent it) has come in
 * - `linkclosed` `{link}`: a link has ended, and not by this peer's {@link disconnect}
 * - `addressclosed`: the server has taken the address back
 * - `close` `{error}`: the connection has ended and every link with it; `error` is null after {@link close}
 */
export class SignalingClient extends EventTarget {
  #socket = null;
  #url = '';
  #answerTimeout;
  #heartbeatPause;
  #heartbeatTimer = 0;
  #heartbeatAnswered = true;
  #serverVersion = 1;
  #links = new Map();
  #connecting = new Map();
  #listening = null;
  #stopping = null;
  #address = null;
  #pending = new Set();
  #lastId = 0;
  #ended = null;

  /**
   * @param {object} [options]
   * @param {number} [options.heartbeatSeconds] pause between two signs of life
   * @param {number} [options.answerSeconds] the time the server has for an answer
   */
  constructor({ heartbeatSeconds = 30, answerSeconds = 15 } = {}) {
    super();
    this.#heartbeatPause = heartbeatSeconds * 1000;
    this.#answerTimeout = answerSeconds * 1000;
  }

  /** The address this client listens on; null where it listens on none. */
  get address() {
    return this.#address;
  }

  /** Whether the connection to the server stands. */
  get connected() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /**
   * Opens the connection. A server that refuses the path or the token does so later: the first request is rejected.
   * @param {string} url ws: or wss:, with the app as its path, such as wss://example.com/callapp
   */
  async connect(url) {
    if (this.#socket !== null) {
      throw new SignalingError('out-of-turn', 'This client was connected before. Make a new SignalingClient.');
    }

    this.#url = url;
    try {
      this.#socket = new WebSocket(url);
    } catch (cause) {
      throw new SignalingError('bad-url',
        `The browser does not open ${url}: ${cause.message} Use ws://host/app, or wss://host/app on an https page.`);
    }
    this.#socket.binaryType = 'arraybuffer';

    const opened = this.#awaitAnswer();
    const history = { wasOpen: false, wasAnswered: false };
    this.#socket.addEventListener('open', () => {
      history.wasOpen = true;
      this.#sendBytes(Uint8Array.of(EventType.MetaVersion, PROTOCOL_VERSION));
      this.#heartbeatTimer = setInterval(() => this.#sendHeartbeat(), this.#heartbeatPause);
      opened.resolve();
    });
    this.#socket.addEventListener('message', ({ data }) => {
      history.wasAnswered = true;
      this.#receive(data);
    });
    this.#socket.addEventListener('close', event => this.#end(SignalingError.ofClose(url, event, history)));
    await opened.promise;
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

    this.#listening = this.#awaitAnswer();
    this.#sendFrame(EventType.ServerInitialized, NO_ID, address);
    await this.#listening.promise;
  }

  /** Releases the address. Links that came in by it stay. */
  async stopListening() {
    this.#mustBeConnected();
    if (this.#listening !== null) {
      throw new SignalingError('out-of-turn', 'An earlier listen is not answered yet. Await it first.');
    }
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
    const id = this.#takeId();
    const answer = this.#awaitAnswer();
    this.#connecting.set(id, answer);
    this.#sendFrame(EventType.NewConnection, id, address);
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
    if (this.#socket === null || this.#socket.readyState === WebSocket.CLOSED) {
      return;
    }
    const closed = new Promise(resolve => this.#socket.addEventListener('close', resolve, { once: true }));
    this.#socket.close(NORMAL_CLOSURE);
    this.#end(new SignalingError('closed', 'The connection to the signaling server was closed by this client.'), true);
    await closed;
  }

  #receive(message) {
    if (this.#ended !== null) {
      return;
    }
    const bytes = message instanceof ArrayBuffer ? new Uint8Array(message) : new Uint8Array();
    if (bytes[0] === EventType.MetaVersion) {
      this.#serverVersion = bytes[1] ?? this.#serverVersion;
      return;
    }
    if (bytes[0] === EventType.MetaHeartbeat) {
      this.#heartbeatAnswered = true;
      return;
    }

    const frame = decode(bytes);
    if (frame === null) {
      this.#abort(new SignalingError('bad-frame',
        `What answers at ${this.#url} does not speak the signaling protocol. Check the address of the server.`));
      return;
    }
    this.#take(frame);
  }

  #take({ type, id, data }) {
    switch (type) {
      case EventType.UnreliableMessageReceived:
      case EventType.ReliableMessageReceived:
        if (this.#links.get(id)?.open) {
          this.#emit('message',
            { link: this.#links.get(id), data, reliable: type === EventType.ReliableMessageReceived });
        }
        break;
      case EventType.ServerInitialized:
        this.#address = data;
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
        this.#openLink(id);
        break;
      case EventType.ConnectionFailed:
        this.#connecting.get(id)?.reject(new SignalingError('connect-failed',
          'There is nobody to connect to under this address. Try again when the other peer is there.'));
        this.#connecting.delete(id);
        break;
      case EventType.Disconnected:
        this.#closeLink(id);
        break;
      // Any other type is from a later version: it means nothing here.
    }
  }

  #openLink(id) {
    const answer = this.#connecting.get(id);
    const link = new Link(id, answer === undefined);
    this.#links.set(id, link);
    this.#connecting.delete(id);
    if (answer === undefined) {
      this.#emit('link', { link });
    } else {
      answer.resolve(link);
    }
  }

  #closeLink(id) {
    const link = this.#links.get(id);
    this.#links.delete(id);
    if (link?.open) {
      link.open = false;
      this.#emit('linkclosed', { link });
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
    if (this.#stopping !== null) {
      this.#stopping.resolve();
      this.#stopping = null;
    } else if (this.#listening === null) {
      this.#emit('addressclosed');
    }
  }

  #takeId() {
    do {
      this.#lastId = this.#lastId % (FIRST_INCOMING_ID - 1) + 1;
    } while (this.#links.has(this.#lastId) || this.#connecting.has(this.#lastId));
    return this.#lastId;
  }

  #sendHeartbeat() {
    // A version 1 server takes a heartbeat and answers nothing.
    if (!this.#heartbeatAnswered && this.#serverVersion > 1) {
      this.#abort(this.#noAnswer());
      return;
    }
    this.#heartbeatAnswered = false;
    this.#sendBytes(Uint8Array.of(EventType.MetaHeartbeat));
  }

  #sendFrame(type, id, data) {
    this.#sendBytes(encode({ type, id, data }));
  }

  #sendBytes(bytes) {
    if (this.connected) {
      this.#socket.send(bytes);
    }
  }

  #awaitAnswer() {
    const answer = Promise.withResolvers();
    const timer = setTimeout(() => this.#abort(this.#noAnswer()), this.#answerTimeout);
    this.#pending.add(answer);
    answer.promise.catch(() => {}).finally(() => {
      clearTimeout(timer);
      this.#pending.delete(answer);
    });
    return answer;
  }

  #noAnswer() {
    return new SignalingError('no-answer',
      `The signaling server at ${this.#url} does not answer. Check the network, then connect again.`);
  }

  #mustBeConnected() {
    if (!this.connected) {
      throw this.#ended
        ?? new SignalingError('closed', 'There is no connection to a signaling server. Call connect first.');
    }
  }

  #abort(error) {
    this.#socket.close();
    this.#end(error);
  }

  #end(error, onPurpose = false) {
    if (this.#ended !== null) {
      return;
    }
    this.#ended = error;
    clearInterval(this.#heartbeatTimer);
    this.#address = null;
    this.#links.forEach(link => {
      link.open = false;
    });
    this.#links.clear();
    this.#pending.forEach(answer => answer.reject(error));
    this.#emit('close', { error: onPurpose ? null : error });
  }

  #emit(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
