// Brings together what the user does, the room and what is shown of it.

import { randomAddress } from '../shared/address.js';
import { Settings } from '../shared/settings.js';
import { OwnRoom } from './own-room.js';
import * as view from './view.js';
import { Visit } from './visit.js';

const settings = new Settings('/chatapp', 'room');
let room = null;

view.room.value = settings.placeAskedFor ?? randomAddress();
view.enter.addEventListener('submit', event => {
  event.preventDefault();
  void enter(event.submitter === view.open ? OwnRoom : Visit);
});
view.say.addEventListener('submit', event => {
  event.preventDefault();
  room.say(view.text.value);
  view.addSaid('own', view.text.value);
  view.text.value = '';
});
view.leave.addEventListener('click', () => room?.leave());
window.addEventListener('pagehide', () => room?.leave());

async function enter(Room) {
  history.replaceState(null, '', settings.linkTo(view.room.value));
  view.clear();
  room = new Room({
    signalingUrl: settings.signalingUrl,
    room: view.room.value,
    name: view.name.value,
    findServers: () => settings.findServers(),
    relayedOnly: settings.relayedOnly,
  });
  const on = (type, then) => room.addEventListener(type, ({ detail }) => then(detail));
  on('state', ({ state }) => view.showState(state));
  on('signaling', ({ state }) => view.showSignaling(state));
  on('people', ({ names }) => view.showPeople(names));
  on('said', ({ name, text }) => view.addSaid('other', text, name));
  on('notice', ({ text }) => view.addNotice(text));
  on('ended', ({ error }) => {
    room = null;
    view.showState('idle');
    view.showPeople([]);
    view.showError(error?.message ?? '');
  });
  await room.start();
}
