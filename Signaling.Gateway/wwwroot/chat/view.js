// What the page shows. It knows the elements and their words, and nothing of rooms.

import { addMessage } from '../shared/messages.js';

const STATUS = {
  idle: 'In no room.',
  server: 'Connecting to the signaling server…',
  connecting: 'Found the room. Connecting directly…',
  open: 'In the room.',
};

const SIGNALING = {
  off: 'Signaling server: not connected.',
  on: 'Signaling server: connected.',
  lost: 'Signaling server: lost, and tried again. Whoever is in the room stays.',
  left: 'Signaling server: left. The room goes on without it.',
};

const element = Object.fromEntries(
  Array.from(document.querySelectorAll('[id]'), found => [found.id, found]));

/** The elements that the user acts on. */
export const { enter, room, name, open, leave, say, text } = element;

/** @param {keyof STATUS} state */
export function showState(state) {
  element.chat.dataset.state = state;
  element.status.textContent = STATUS[state];
  element.enter.hidden = state !== 'idle';
  element.leave.hidden = state === 'idle';
  element.say.hidden = state !== 'open';
}

/** @param {keyof SIGNALING} state */
export function showSignaling(state) {
  element.chat.dataset.signaling = state;
  element.signaling.textContent = SIGNALING[state];
}

/** What went wrong and what to do; empty takes it away. */
export function showError(words) {
  element.error.textContent = words;
  element.error.hidden = words === '';
}

/** @param {string[]} names who is in the room */
export function showPeople(names) {
  element.people.textContent = names.join(', ');
  element.present.hidden = names.length === 0;
}

/** @param {'own' | 'other'} whose */
export function addSaid(whose, words, who = '') {
  addMessage(element.messages, whose, words, who);
}

/** What has happened in the room. */
export function addNotice(words) {
  addMessage(element.messages, 'notice', words);
}

/** Takes away what was said, and what went wrong. */
export function clear() {
  element.messages.replaceChildren();
  showError('');
}
