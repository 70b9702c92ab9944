// The direct connection: one RTCPeerConnection with a channel for messages and, where asked for, video and audio.
//
// On the channel the two ends tell each other, as JSON:
//   {"hello": true}                         the channel works: the signaling server is not needed any more. Said by the
//                                           end that made the channel, and answered by the other
//   any other object                        a message of the page

import { CallError } from './call-error.js';
import { readMessage, writeMessage } from './direct-message.js';
import { canRelay } from '../ice-servers.js';

// The end that connected gives up first and says why; the other then just goes on waiting.
const INITIATOR_SECONDS = 20;
const OTHER_SECONDS = 25;

/**
 * Events, with their fields in `detail`: `message` {message}, `interrupted`, `restored`, and once it had been
 * established `ended` {error}.
 */
export class DirectConnection extends EventTarget {
  /** What the other end shows. */
  remoteStream = new MediaStream();

  /** @type {Promise<void>} done when both ends know that the connection stands; rejected when it won't. */
  established;

  #configuration;
  #peer;
  #channel = null;
  #sendSignal;
  #turn = Promise.resolve();
  #outcome = Promise.withResolvers();
  #isEstablished = false;
  #isInitiator;
  #hasCandidate = false;
  #problem = '';
  #timer;

  /**
   * @param {object} options
   * @param {MediaStream | null} options.stream what this end shows; null for messages alone
   * @param {Promise<import('../ice-servers.js').FoundServers>} options.found
   * @param {boolean} [options.relayedOnly] whether to connect by a TURN server alone
   * @param {boolean} options.initiator whether this end makes the offer
   * @param {(data: Uint8Array) => void} options.sendSignal sends to the other end over the signaling server
   */
  constructor({ stream, found, relayedOnly = false, initiator, sendSignal }) {
    super();
    this.established = this.#outcome.promise;
    this.established.catch(() => {});
    this.#isInitiator = initiator;
    this.#sendSignal = message => sendSignal(writeMessage(message));
    this.#configuration = { bundlePolicy: 'max-bundle', iceTransportPolicy: relayedOnly ? 'relay' : 'all' };
    this.#peer = new RTCPeerConnection(this.#configuration);
    this.#peer.addEventListener('icecandidate', ({ candidate }) => this.#tell(candidate));
    this.#peer.addEventListener('track', ({ track }) => this.remoteStream.addTrack(track));
    this.#peer.addEventListener('connectionstatechange', () => this.#watch());
    this.#timer = setTimeout(() => this.#fail(this.#noWay()),
      (initiator ? INITIATOR_SECONDS : OTHER_SECONDS) * 1000);

    // Before anything else, for what is described gathers candidates from the servers that are known by then.
    this.#takeTurn(() => this.#useServers(found));
    if (initiator) {
      this.#takeTurn(() => this.#offer(stream));
    } else {
      this.#peer.addEventListener('datachannel', ({ channel }) => this.#useChannel(channel));
      stream?.getTracks().forEach(track => this.#peer.addTrack(track, stream));
    }
  }

  /** Takes what the other end sent over the signaling server. */
  receiveSignal(data) {
    // One after the other: a candidate means nothing before the description it belongs to is set.
    this.#takeTurn(async () => {
      const message = readMessage(data);
      if (message.busy) {
        throw new CallError('busy', 'Somebody else is being called under this address right now. '
          + 'Try again in a moment, or choose another address.');
      }
      if (message.description) {
        await this.#peer.setRemoteDescription(message.description);
        if (message.description.type === 'offer') {
          await this.#peer.setLocalDescription();
          this.#sendSignal({ description: this.#peer.localDescription });
        }
      }
      if (message.candidate) {
        await this.#peer.addIceCandidate(message.candidate);
      }
    });
  }

  /**
   * Takes that the other end sends nothing more over the signaling server. In turn, for its last message may say why;
   * and it means nothing once the other can be reached directly, for it may leave the server before this end does.
   */
  endSignals() {
    this.#takeTurn(() => {
      if (this.#channel?.readyState !== 'open') {
        throw otherLeft();
      }
    });
  }

  /** Ends a connection that can't come about any more. */
  giveUp(error) {
    this.#fail(error);
  }

  /** Whether the connection stands, as far as this end can see. */
  get stands() {
    return this.#isEstablished && this.#peer.connectionState === 'connected';
  }

  /** Sends a message of the page, any object, to the other end. */
  send(message) {
    if (this.#channel?.readyState === 'open') {
      this.#channel.send(JSON.stringify(message));
    }
  }

  /** Ends the connection; the other end sees its channel close. */
  close() {
    this.#isEstablished = false;
    clearTimeout(this.#timer);
    this.#outcome.reject(new CallError('ended', 'The call was ended.'));
    this.#peer.close();
  }

  get #isRelayedOnly() {
    return this.#configuration.iceTransportPolicy === 'relay';
  }

  async #useServers(found) {
    const { servers, problem } = await found;
    this.#problem = problem;
    if (this.#isRelayedOnly && !canRelay(servers)) {
      throw new CallError('no-relay', problem || 'This call is to be relayed only, and the service names no TURN server.');
    }
    if (this.#peer.signalingState !== 'closed') {
      this.#peer.setConfiguration({ ...this.#configuration, iceServers: servers });
    }
  }

  /** Tells the other end of a candidate; null says that there are no more. */
  #tell(candidate) {
    if (candidate) {
      this.#hasCandidate ||= candidate.candidate !== '';
      this.#sendSignal({ candidate });
    } else if (this.#isRelayedOnly && !this.#hasCandidate) {
      this.#fail(new CallError('no-relay', 'This call is to be relayed only, and no TURN server relays for this device. '
        + 'The page ../ice/ says what each of them answers.'));
    }
  }

  async #offer(stream) {
    // Both kinds are offered even where this end has one of them only: the other may have both.
    for (const kind of stream === null ? [] : ['video', 'audio']) {
      const [track] = stream.getTracks().filter(candidate => candidate.kind === kind);
      this.#peer.addTransceiver(track ?? kind,
        track ? { direction: 'sendrecv', streams: [stream] } : { direction: 'recvonly' });
    }
    this.#useChannel(this.#peer.createDataChannel('text'));
    await this.#peer.setLocalDescription();
    this.#sendSignal({ description: this.#peer.localDescription });
  }

  #takeTurn(step) {
    this.#turn = this.#turn
      .then(() => this.#peer.signalingState === 'closed' ? undefined : step())
      .catch(error => this.#fail(error));
  }

  #useChannel(channel) {
    this.#channel = channel;
    channel.addEventListener('message', ({ data }) => this.#hear(parse(data)));
    channel.addEventListener('close', () => this.#fail(otherLeft()));
    if (this.#isInitiator) {
      channel.addEventListener('open', () => this.send({ hello: true }), { once: true });
    }
  }

  #hear(message) {
    if (message?.hello) {
      if (!this.#isInitiator) {
        // Not before: a browser may say that a channel is open which the other end made, and lose what is sent at once.
        this.send({ hello: true });
      }
      clearTimeout(this.#timer);
      this.#isEstablished = true;
      this.#outcome.resolve();
    } else if (message !== null && typeof message === 'object') {
      this.dispatchEvent(new CustomEvent('message', { detail: { message } }));
    }
  }

  #watch() {
    switch (this.#peer.connectionState) {
      case 'failed':
        if (this.#isEstablished) {
          this.#fail(new CallError('lost', 'The connection to the other was lost. Join again.'));
        } else if (this.#isInitiator) {
          this.#fail(this.#noWay());
        }
        break;
      case 'disconnected':
        this.dispatchEvent(new CustomEvent('interrupted'));
        break;
      case 'connected':
        this.dispatchEvent(new CustomEvent('restored'));
        break;
    }
  }

  #noWay() {
    return new CallError('no-direct-way', this.#isRelayedOnly
      ? 'The two devices found each other, but the TURN servers relay nothing between them.'
      : 'The two devices found each other, but no direct way between them. '
        + `Try another network, or ask whoever runs this server for a TURN server. ${this.#problem}`.trim());
  }

  #fail(error) {
    const wasEstablished = this.#isEstablished;
    this.#outcome.reject(error);
    this.close();
    if (wasEstablished) {
      this.dispatchEvent(new CustomEvent('ended', { detail: { error } }));
    }
  }
}

function otherLeft() {
  return new CallError('other-left', 'The other has left.');
}

function parse(data) {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
