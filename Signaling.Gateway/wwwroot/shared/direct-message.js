// What the two ends tell each other over the signaling server, each a JSON object in UTF-8 bytes:
//   {"description": RTCSessionDescription}  the offer of the end that connected, the answer of the other
//   {"candidate": RTCIceCandidate}          each as soon as it is known
//   {"busy": true}                          instead of an answer: this end talks to somebody else

import { CallError } from './call-error.js';

/** @returns {Uint8Array} */
export function writeMessage(message) {
  return new TextEncoder().encode(JSON.stringify(message));
}

/**
 * @param {Uint8Array | string | null} data
 * @returns {{description?: RTCSessionDescriptionInit, candidate?: RTCIceCandidateInit, busy?: boolean}}
 */
export function readMessage(data) {
  const message = parse(data);
  if (!message?.description && !message?.candidate && !message?.busy) {
    throw new CallError('other-program', 'Another program answers under this address, which this page can\'t talk to. '
      + 'Choose another address.');
  }
  return message;
}

function parse(data) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
  } catch {
    return null;
  }
}
