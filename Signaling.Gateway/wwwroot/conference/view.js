// What the page shows. It knows the elements and their words, and nothing of conferences.

import { addMessage } from '../shared/messages.js';

const STATUS = {
  idle: 'In no conference.',
  media: 'Opening camera and microphone…',
  server: 'Connecting to the signaling server…',
  open: 'In the conference.',
};

const SIGNALING = {
  off: 'Signaling server: not connected.',
  on: 'Signaling server: connected.',
  lost: 'Signaling server: lost, and tried again. Whoever is connected stays.',
};

const element = Object.fromEntries(
  Array.from(document.querySelectorAll('[id]'), found => [found.id, found]));
const tiles = new Map();

/** The elements that the user acts on. */
export const { enter, room, name, leave } = element;

/** @param {keyof STATUS} state */
export function showState(state) {
  element.conference.dataset.state = state;
  element.status.textContent = STATUS[state];
  element.enter.hidden = state !== 'idle';
  element.leave.hidden = state === 'idle' || state === 'media';
}

/** @param {keyof SIGNALING} state */
export function showSignaling(state) {
  element.conference.dataset.signaling = state;
  element.signaling.textContent = SIGNALING[state];
}

/** What went wrong and what to do; empty takes it away. */
export function showError(words) {
  element.error.textContent = words;
  element.error.hidden = words === '';
}

/** What has happened in the conference. */
export function addNotice(words) {
  addMessage(element.messages, 'notice', words);
}

/** @param {MediaStream} stream what this end shows */
export function showOwn(stream, who) {
  const { tile, video } = makeTile(who, stream);
  tile.className = 'own';
  video.muted = true;
  tiles.set('', tile);
  element.tiles.append(tile);
}

/**
 * Shows another, in place of what was shown of the same page before.
 * @param {string} page
 * @param {MediaStream} stream
 */
export function showOther(page, who, stream) {
  const { tile, video } = makeTile(who, stream);
  tile.dataset.state = 'connecting';
  // Some browsers want a tap before they play sound.
  video.addEventListener('canplay', () => video.play().catch(() => {
    video.controls = true;
  }));
  removeOther(page);
  tiles.set(page, tile);
  element.tiles.append(tile);
}

/** Shows that the connection to another stands. */
export function showStanding(page) {
  tiles.get(page).dataset.state = 'connected';
}

/** Takes away what is shown of another. */
export function removeOther(page) {
  tiles.get(page)?.remove();
  tiles.delete(page);
}

/** Takes all pictures away. */
export function removeAll() {
  tiles.forEach(tile => tile.remove());
  tiles.clear();
}

/** Takes away what has happened, and what went wrong. */
export function clear() {
  element.messages.replaceChildren();
  showError('');
}

function makeTile(who, stream) {
  const tile = document.createElement('figure');
  const video = document.createElement('video');
  const caption = document.createElement('figcaption');
  video.autoplay = true;
  video.playsInline = true;
  video.srcObject = stream;
  video.setAttribute('aria-label', who);
  caption.textContent = who;
  tile.append(video, caption);
  return { tile, video };
}
