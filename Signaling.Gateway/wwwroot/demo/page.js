// Brings together what the user does, the call and what is shown of it.

import { randomAddress } from './address.js';
import { Call } from './call.js';
import { askForServers } from './ice.js';
import { cameraObstacle, openMedia, stopMedia } from './media.js';
import * as settings from './settings.js';
import * as view from './view.js';

const config = settings.loadConfig();
let call = null;
let obstacle = cameraObstacle();

view.address.value = settings.addressAskedFor ?? randomAddress();
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
  view.disableCamera();
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

  const media = await openMedia(view.chosenMedia());
  obstacle = media.obstacle ?? cameraObstacle();
  void showObstacle();
  view.showLocal(media.stream);

  call = new Call({
    signalingUrl: settings.signalingUrl,
    address,
    stream: media.stream,
    findServers,
    relayedOnly: view.choosesRelayedOnly(),
  });
  follow(call, media.stream);
  await call.start();
}

async function findServers() {
  const [{ iceServers }, { servers, problem }] = await Promise.all(
    [config, askForServers(settings.iceUrl, settings.userToken)]);
  return { servers: [...servers, ...iceServers], problem };
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
  const { httpsPort } = await config;
  view.showObstacle(obstacle, settings.httpsLinkTo(view.address.value, httpsPort));
}
