// What the page shows. It knows the elements and their words, and nothing of calls.

import { addMessage as append } from '../shared/messages.js';

const STATUS = {
  idle: 'Not connected.',
  media: 'Opening camera and microphone…',
  server: 'Connecting to the signaling server…',
  waiting: 'Waiting for the other. Send them the link.',
  connecting: 'Found each other. Connecting directly…',
  connected: 'Connected.',
  ended: 'The call has ended.',
};

const SIGNALING = {
  off: 'Signaling server: not connected.',
  on: 'Signaling server: connected.',
  left: 'Signaling server: left. The call goes on without it.',
};

const element = Object.fromEntries(
  Array.from(document.querySelectorAll('[id]'), found => [found.id, found]));

/** The elements that the user acts on. */
export const { address, copy, join, say, text } = element;
export const hangUp = element['hang-up'];

/** @param {keyof STATUS} state */
export function showState(state) {
  const isIdle = state === 'idle' || state === 'ended';
  const neverStood = state === 'ended' && element.demo.dataset.state !== 'connected';
  element.demo.dataset.state = state;
  element.status.textContent = neverStood ? 'No call came about.' : STATUS[state];
  element.join.hidden = !isIdle && state !== 'waiting';
  element.address.readOnly = !isIdle;
  element.media.hidden = !isIdle;
  element.way.hidden = !isIdle;
  element.start.hidden = !isIdle;
  element.start.disabled = !isIdle;
  element.start.textContent = state === 'ended' ? 'Join again' : 'Join';
  element.call.hidden = isIdle;
  element.chat.hidden = state !== 'connected';
  hangUp.hidden = state === 'media';
  hangUp.textContent = state === 'connected' ? 'Hang up' : 'Cancel';
}

/** @param {keyof SIGNALING} state */
export function showSignaling(state) {
  element.demo.dataset.signaling = state;
  element.signaling.textContent = SIGNALING[state];
}

/** Something the user may want to know; empty takes it away. */
export function showNote(words) {
  show(element.note, words);
}

/** What went wrong and what to do; empty takes it away. */
export function showError(words) {
  show(element.error, words);
}

/** That the link was copied; empty takes it away. */
export function showCopied(words) {
  show(element.copied, words);
}

/** A link that the user has to copy by hand. */
export function showForCopying(link) {
  show(element.copied, link);
  getSelection().selectAllChildren(element.copied);
}

/** @returns {boolean} whether the call is to go by a TURN server alone */
export function choosesRelayedOnly() {
  return element.join.elements.relayed.checked;
}

/** @param {boolean} relayedOnly whether the call is to go by a TURN server alone, until the user says otherwise */
export function chooseRelayedOnly(relayedOnly) {
  element.join.elements.relayed.checked = relayedOnly;
  element.way.open = relayedOnly;
}

/** @param {MediaStream | null} stream what this end shows */
export function showLocal(stream) {
  element.local.srcObject = stream;
}

/** @param {MediaStream | null} stream what the other shows */
export function showRemote(stream) {
  element.remote.controls = false;
  element.remote.srcObject = stream;
}

/** Plays the other's video; where the browser wants a tap first, with controls for it. */
export async function playRemote() {
  try {
    await element.remote.play();
  } catch {
    element.remote.controls = true;
  }
}

/** @param {'own' | 'other'} whose */
export function addMessage(whose, words) {
  append(element.messages, whose, words);
}

/** Takes all messages away. */
export function clearMessages() {
  element.messages.replaceChildren();
}

function show(where, words) {
  where.textContent = words;
  where.hidden = words === '';
}
