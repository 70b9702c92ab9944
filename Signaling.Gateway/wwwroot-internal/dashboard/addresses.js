// The addresses that are held, page by page, and who holds them.

import { act } from './acts.js';
import { ask } from './access.js';
import { button, element, make, showError } from './elements.js';

const IN_PAGE = 25;
let next;

element['first-page'].addEventListener('click', () => load());
element['next-page'].addEventListener('click', () => load(next));

async function load(after = '') {
  showError('');
  try {
    show(await (await ask(`addresses?${new URLSearchParams({ limit: IN_PAGE, after })}`)).json());
  } catch (error) {
    showError(error.message);
  }
}

function show(page) {
  next = page.next;
  element['next-page'].hidden = next === undefined;
  element['first-page'].textContent = 'Show from the start';
  element.addresses.replaceChildren(...page.addresses.map(itemOf), ...missing(page));
}

function itemOf({ key, shared, holders }) {
  return make('li', { class: 'card', 'data-key': key },
    make('code', {}, key),
    make('span', { class: 'hint' }, shared ? 'shared' : 'one holder'),
    ...holders.map(holderOf));
}

function holderOf(peer) {
  const line = make('div', { class: 'holder', 'data-peer': peer },
    make('span', {}, `peer ${peer}`),
    button('Links', () => showLinks(line), { 'aria-label': `Links of ${peer}` }),
    button('Disconnect', () => disconnect(peer, line), { class: 'danger', 'aria-label': `Disconnect ${peer}` }));
  return line;
}

async function disconnect(peer, line) {
  if (await act('DELETE', `peers/${peer.replace(':', '/')}`, `Peer ${peer} is disconnected.`))
    line.replaceChildren(`peer ${peer}, who was disconnected`);
}

async function showLinks(line) {
  try {
    const key = line.closest('[data-key]').dataset.key;
    const { holders } = await (await ask(`address?${new URLSearchParams({ key })}`)).json();
    const holder = holders.find(one => one.peer === line.dataset.peer);
    line.querySelector('ul')?.remove();
    line.append(make('ul', {}, ...wordsOf(holder).map(words => make('li', {}, words))));
  } catch (error) {
    showError(error.message);
  }
}

function wordsOf(holder) {
  if (holder === undefined)
    return ['It does not hold the address any more.'];
  return [
    `In ${holder.app}, at ${holder.node}, ${holder.links.length === 0 ? 'without links' : 'with links to'}`,
    ...holder.links.map(({ other, sent, received }) => `peer ${other}: ${sent.messages} messages sent, ${received.messages} received`),
  ];
}

function missing({ addresses, silent }) {
  return [
    ...(addresses.length === 0 ? [make('li', { class: 'hint' }, 'There are none.')] : []),
    ...(silent.length === 0 ? [] : [make('li', { class: 'bad' }, `What these nodes know is missing, they have not answered: ${silent.join(', ')}.`)]),
  ];
}
