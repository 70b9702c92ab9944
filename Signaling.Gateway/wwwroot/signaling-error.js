// Close codes of RFC 6455.
const NO_CODE = 1005;
const POLICY_VIOLATION = 1008;
const TOO_LARGE = 1009;

/**
 * What went wrong between a client and its signaling server, in words for people (`message`) and for code (`code`):
 *
 * | code | what happened |
 * | --- | --- |
 * | `bad-url` | the browser does not take the URL: it is malformed, or ws: on an https page |
 * | `unreachable` | no signaling server answered at the URL |
 * | `refused` | the server does not serve this client: unknown app, invalid token |
 * | `too-large` | a message was larger than the server takes |
 * | `no-answer` | the server stopped answering |
 * | `bad-frame` | what answers at the URL speaks another protocol |
 * | `closed` | the connection has ended, or was never opened |
 * | `address-taken` | another peer holds the address |
 * | `address-too-long` | the address has more than 256 UTF-16 units |
 * | `connect-failed` | there is nobody to connect to under the address |
 * | `link-closed` | the link has ended |
 * | `out-of-turn` | a method was called before an earlier call of it was answered |
 */
export class SignalingError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.name = 'SignalingError';
    this.code = code;
  }

  /**
   * The error that a WebSocket's end stands for.
   * @param {string} url
   * @param {CloseEvent} end
   * @param {object} history
   * @param {boolean} history.wasOpen
   * @param {boolean} history.wasAnswered whether the server ever said anything
   */
  static ofClose(url, { code, reason }, { wasOpen, wasAnswered }) {
    // Older servers close without a code where they refuse.
    if (code === POLICY_VIOLATION || (code === NO_CODE && !wasAnswered)) {
      return new SignalingError('refused',
        `The signaling server refused ${url}: ${reason || 'no reason given'}. Check the path and the user token in it.`);
    }
    if (code === TOO_LARGE) {
      return new SignalingError('too-large',
        'The signaling server closed the connection: a message was too large. Send less at once.');
    }
    if (!wasOpen) {
      return new SignalingError('unreachable',
        `No signaling server answered at ${url}. Check that it runs, that this device can reach it and, for wss:, `
        + 'that its certificate is trusted.');
    }
    return new SignalingError('closed',
      `The connection to the signaling server ended (${[code, reason].filter(Boolean).join(' ')}). Connect again.`);
  }
}
