// How this page asks its node: with the admin token, where its user has given it.

const KEPT = 'signaling-admin-token';

/** The node does not let this page do it. */
export class Refusal extends Error {}

/** @returns {boolean} whether there is a token */
export function hasToken() {
  return sessionStorage.getItem(KEPT) !== null;
}

/** Keeps the token for as long as the tab is open. @param {string} token empty forgets it */
export function useToken(token) {
  if (token === '')
    sessionStorage.removeItem(KEPT);
  else
    sessionStorage.setItem(KEPT, token);
}

/**
 * @param {string} path such as `nodes`
 * @param {RequestInit} [options]
 * @returns {Promise<Response>} the answer; one that is no success is thrown as an error with its text
 */
export async function ask(path, options = {}) {
  const token = sessionStorage.getItem(KEPT);
  const headers = token === null ? {} : { Authorization: `Bearer ${inBytes(token)}` };
  const answer = await fetch(`../admin/${path}`, { ...options, headers, cache: 'no-store' });
  if (answer.ok)
    return answer;
  const words = (await answer.text()).trim() || `The node answered ${answer.status}.`;
  throw answer.status === 403 ? new Refusal(words) : new Error(words);
}

// A header's text holds one byte a character, and the node reads them as UTF-8.
function inBytes(text) {
  return String.fromCharCode(...new TextEncoder().encode(text));
}
