// What two pages that the server has linked tell each other first, a JSON object in UTF-8 bytes:
//   {"page": string, "name": string}   who this is. The one whose page is larger makes the offer, and ends the link
//   {"full": true}                     instead: there are as many as there can be
// What follows on the link are the messages of shared/direct-message.js.

import { CallError } from '../shared/call-error.js';
import { cleanName } from '../shared/messages.js';

/** A name for this page that no other has: chance, 128 bits of it. */
export function newPageId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}

/** @returns {Uint8Array} */
export function writeGreeting(greeting) {
  return new TextEncoder().encode(JSON.stringify(greeting));
}

/**
 * @param {Uint8Array | string | null} data
 * @returns {{page: string, name: string} | {full: true} | null} null where another program speaks
 */
export function readGreeting(data) {
  try {
    const { full, page, name } = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
    if (full) {
      return { full: true };
    }
    return typeof page === 'string' ? { page, name: cleanName(name) } : null;
  } catch {
    return null;
  }
}

export function conferenceFull() {
  return new CallError('full', 'As many as there can be are in this conference. Try again later, or choose another room.');
}
