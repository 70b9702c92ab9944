// Brings together what the user does, the conference and what is shown of it.

import { randomAddress } from '../shared/address.js';
import { cameraObstacle, openMedia, stopMedia } from '../shared/media.js';
import * as choice from '../shared/media-choice.js';
import { Settings } from '../shared/settings.js';
import { Conference } from './conference.js';
import * as view from './view.js';

// Each sends its picture to each: small ones, and few of them.
const FORMAT = { width: 320, height: 240, framesPerSecond: 5 };

const settings = new Settings('/conferenceapp', 'room');
let conference = null;

view.room.value = settings.placeAskedFor ?? randomAddress();
view.enter.addEventListener('submit', event => {
  event.preventDefault();
  void enter();
});
view.leave.addEventListener('click', () => conference?.leave());
window.addEventListener('pagehide', () => conference?.leave());
if (cameraObstacle() !== null) {
  choice.disableCamera();
  void showObstacle(cameraObstacle());
}

async function enter() {
  history.replaceState(null, '', settings.linkTo(view.room.value));
  view.clear();
  view.showState('media');
  const { stream, obstacle } = await openMedia(choice.chosenMedia(), FORMAT);
  void showObstacle(obstacle ?? cameraObstacle());
  view.showOwn(stream, view.name.value);

  conference = new Conference({
    signalingUrl: settings.signalingUrl,
    room: view.room.value,
    name: view.name.value,
    stream,
    findServers: () => settings.findServers(),
    relayedOnly: settings.relayedOnly,
  });
  const on = (type, then) => conference.addEventListener(type, ({ detail }) => then(detail));
  on('state', ({ state }) => view.showState(state));
  on('signaling', ({ state }) => view.showSignaling(state));
  on('found', ({ page, name, stream: theirs }) => view.showOther(page, name, theirs));
  on('came', ({ page, name }) => {
    view.showStanding(page);
    view.addNotice(`${name} has come.`);
  });
  on('gone', ({ page, name, reason }) => {
    view.removeOther(page);
    view.addNotice(reason.code === 'other-left' ? `${name} has left.` : `${name} is not here any more: ${reason.message}`);
  });
  on('notice', ({ text }) => view.addNotice(text));
  on('ended', ({ error }) => {
    conference = null;
    stopMedia(stream);
    view.removeAll();
    view.showState('idle');
    view.showError(error?.message ?? '');
  });
  await conference.start();
}

async function showObstacle(obstacle) {
  choice.showObstacle(obstacle, await settings.httpsLinkTo(view.room.value));
}
