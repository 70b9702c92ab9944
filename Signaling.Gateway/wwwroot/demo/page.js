// Brings together what the user does, the call and what is shown of it.

import { randomAddress } from '../shared/address.js';
import { cameraObstacle, openMedia, stopMedia } from '../shared/media.js';
import * as choice from '../shared/media-choice.js';
import { Settings } from '../shared/settings.js';
import { Call } from './call.js';
import * as view from './view.js';

const settings = new Settings('/callapp', 'address');
let call = null;
let obstacle = cameraObstacle();

view.address.value = settings.placeAskedFor ?? randomAddress();
view.chooseRelayedOnly(settings.relayedOnly);
view.address.addEventListener('input', () => {
  view.showCopied('');
  void showObstacle();
});
view.copy.addEventListener('click', copyLink);
view.join.addEventListener('submit', event => {
  event.preventDefault();
  void join();
});
view.say.addEventListener('submit', event => {
  event.preventDefault();
  say();
});
view.hangUp.addEventListener('click', () => call?.hangUp());
window.addEventListener('pagehide', () => call?.hangUp());

if (obstacle !== null) {
  choice.disableCamera();
  void showObstacle();
}

async function join() {
  const address = view.address.value;
  history.replaceState(null, '', settings.linkTo(address));
  view.showError('');
  view.showNote('');
  view.showCopied('');
  view.clearMessages();
  view.showState('media');

  const media = await openMedia(choice.chosenMedia());
  obstacle = media.obstacle ?? cameraObstacle();
  void showObstacle();
  view.showLocal(media.stream);

  call = new Call({
    signalingUrl: settings.signalingUrl,
    address,
    stream: media.stream,
    findServers: () => settings.findServers(),
    relayedOnly: view.choosesRelayedOnly(),
  });
  follow(call, media.stream);
  await call.start();
}

function follow(followed, stream) {
  const on = (type, then) => followed.addEventListener(type, ({ detail }) => then(detail));
  on('state', ({ state }) => {
    view.showState(state);
    if (state === 'connected') {
      view.showNote('');
      void view.playRemote();
    }
  });
  on('signaling', ({ state }) => view.showSignaling(state));
  on('note', ({ text }) => view.showNote(text));
  on('stream', detail => view.showRemote(detail.stream));
  on('text', ({ text }) => view.addMessage('other', text));
  on('ended', ({ error }) => {
    call = null;
    stopMedia(stream);
    view.showLocal(null);
    view.showRemote(null);
    const otherLeft = error?.code === 'other-left';
    view.showNote(otherLeft ? error.message : '');
    view.showError(error === null || otherLeft ? '' : error.message);
  });
}

function say() {
  call.say(view.text.value);
  view.addMessage('own', view.text.value);
  view.text.value = '';
}

async function copyLink() {
  const link = settings.linkTo(view.address.value);
  try {
    await navigator.clipboard.writeText(link);
    view.showCopied('Link copied.');
  } catch {
    // Plain http has no clipboard: what can be selected can be copied by hand.
    view.showForCopying(link);
  }
}

async function showObstacle() {
  const link = await settings.httpsLinkTo(view.address.value);
  choice.showObstacle(obstacle, link);
}
