// One WebSocket to a signaling server, from its opening to its end: messages, signs of life, and why it ended.

import { EventType, PROTOCOL_VERSION, decode, encode } from './signaling-frame.js';
import { SignalingError } from './signaling-error.js';

const NORMAL_CLOSURE = 1000;

export class SignalingSocket {
  #socket;
  #url;
  #then;
  #timer = 0;
  #isAnswered = true;
  #serverVersion = 1;
  #history = { wasOpen: false, wasAnswered: false };
  #isOver = false;

  /**
   * Opens it; throws where the browser does not take the URL.
   * @param {string} url
   * @param {number} heartbeatPause milliseconds between two signs of life
   * @param {object} then what follows
   * @param {() => void} then.opened
   * @param {(frame: import('./signaling-frame.js').Frame) => void} then.received
   * @param {(error: SignalingError, wasAnswered: boolean) => void} then.ended told once, and not after {@link close};
   * `wasAnswered` is whether the server ever said anything
   */
  constructor(url, heartbeatPause, then) {
    this.#url = url;
    this.#then = then;
    try {
      this.#socket = new WebSocket(url);
    } catch (cause) {
      throw new SignalingError('bad-url',
        `The browser does not open ${url}: ${cause.message} Use ws://host/app, or wss://host/app on an https page.`);
    }
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.addEventListener('open', () => {
      this.#history.wasOpen = true;
      this.#socket.send(Uint8Array.of(EventType.MetaVersion, PROTOCOL_VERSION));
      this.#timer = setInterval(() => this.#sendHeartbeat(), heartbeatPause);
      then.opened();
    });
    this.#socket.addEventListener('message', ({ data }) => this.#receive(data));
    this.#socket.addEventListener('close', event => this.#end(SignalingError.ofClose(url, event, this.#history)));
  }

  /** Whether messages can be sent. */
  get isOpen() {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Sends a message; one that is not open any more sends nothing. */
  send(frame) {
    if (this.isOpen) {
      this.#socket.send(encode(frame));
    }
  }

  /** Ends it, for the server does not answer. */
  giveUp() {
    this.#abort(new SignalingError('no-answer',
      `The signaling server at ${this.#url} does not answer. Check the network, then connect again.`));
  }

  /**
   * Closes it. What was sent before still arrives.
   * @returns {Promise<void>} done when the server has let go of it
   */
  async close() {
    this.#finish();
    if (this.#socket.readyState !== WebSocket.CLOSED) {
      const closed = new Promise(resolve => this.#socket.addEventListener('close', resolve, { once: true }));
      this.#socket.close(NORMAL_CLOSURE);
      await closed;
    }
  }

  #receive(message) {
    if (this.#isOver) {
      return;
    }
    this.#history.wasAnswered = true;
    const bytes = message instanceof ArrayBuffer ? new Uint8Array(message) : new Uint8Array();
    if (bytes[0] === EventType.MetaVersion) {
      this.#serverVersion = bytes[1] ?? this.#serverVersion;
      return;
    }
    if (bytes[0] === EventType.MetaHeartbeat) {
      this.#isAnswered = true;
      return;
    }

    const frame = decode(bytes);
    if (frame === null) {
      this.#abort(new SignalingError('bad-frame',
        `What answers at ${this.#url} does not speak the signaling protocol. Check the address of the server.`));
      return;
    }
    this.#then.received(frame);
  }

  #sendHeartbeat() {
    // A version 1 server takes a heartbeat and answers nothing.
    if (!this.#isAnswered && this.#serverVersion > 1) {
      this.giveUp();
    } else if (this.isOpen) {
      this.#isAnswered = false;
      this.#socket.send(Uint8Array.of(EventType.MetaHeartbeat));
    }
  }

  #abort(error) {
    this.#socket.close();
    this.#end(error);
  }

  #end(error) {
    if (!this.#isOver) {
      this.#finish();
      this.#then.ended(error, this.#history.wasAnswered);
    }
  }

  #finish() {
    this.#isOver = true;
    clearInterval(this.#timer);
  }
}
