// The nodes: how each is, and what it can be told to do.

import { act } from './acts.js';
import { button, element, figureList, make } from './elements.js';
import { clock, daysUntil, duration, short, size } from './words.js';

const FEW_DAYS = 14;
const GONE_SHOWN_MS = 15 * 60 * 1000;

/** @type {Map<string, {node: object, at: number}>} by address, each as it was when it last answered */
const known = new Map();

/** Shows the nodes of a view, and those that have been seen before. */
export function showNodes({ at, shards, nodes, silent }) {
  const now = Date.parse(at);
  for (const node of nodes)
    known.set(node.address, { node, at: now });
  for (const [address, last] of known) {
    if (last.at < now - GONE_SHOWN_MS && !silent.includes(address))
      known.delete(address);
  }
  const answered = new Set(nodes.map(node => node.address));
  const missing = [...new Set([...known.keys(), ...silent])].filter(address => !answered.has(address));
  const cards = new Map([
    ...nodes.map(node => [node.address, cardOf(node, shards)]),
    ...missing.map(address => [address, cardOfMissing(address, silent.includes(address))]),
  ]);
  replace(cards);
}

// What has not changed stays, so that nobody loses a button under the finger.
function replace(cards) {
  const shown = new Map(Array.from(element.nodes.children, card => [card.dataset.node, card]));
  const wanted = [...cards].sort(([one], [other]) => one.localeCompare(other)).map(([address, fresh]) => {
    const old = shown.get(address);
    if (old?.dataset.same !== fresh.dataset.same)
      return fresh;
    old.querySelector('.now').replaceWith(fresh.querySelector('.now'));
    old.querySelector('.states').replaceWith(fresh.querySelector('.states'));
    return old;
  });
  if (wanted.some((card, index) => element.nodes.children[index] !== card) || wanted.length !== element.nodes.children.length)
    element.nodes.replaceChildren(...wanted);
}

function cardOf(node, shards) {
  return card(node.address, node.obstacle ? 'unready' : 'ready', `${node.uid} ${node.heldBack} ${node.draining}`,
    make('p', { class: 'states' }, ...statesOf(node)),
    make('div', { class: 'now' },
      make('div', { class: 'shards' },
        `Shards ${node.shards.length} of ${shards}`,
        make('meter', { max: `${shards}`, value: `${node.shards.length}`, 'aria-label': 'Shards' })),
      figureList(figuresOf(node))),
    make('div', { class: 'acts' }, ...buttonsOf(node)));
}

function cardOfMissing(address, isMember) {
  const last = known.get(address);
  return card(address, isMember ? 'silent' : 'gone', '',
    make('p', { class: 'states' }, state(isMember ? 'does not answer' : 'gone from the cluster', 'bad')),
    make('div', { class: 'now' }, last ? `Last answered at ${clock(last.at)}. Sockets then: ${short(last.node.sockets)}.` : 'It has not answered yet.'));
}

// `buttons` says which these are, so that a card is kept as long as they stay the same.
function card(address, state, buttons, ...content) {
  return make('article', { class: 'card', 'data-node': address, 'data-state': state, 'data-same': `${state} ${buttons}` },
    make('h3', {}, address), ...content);
}

function statesOf(node) {
  return [
    node.obstacle ? state('not ready', 'bad') : state('ready', 'good'),
    ...(node.status === 'Up' ? [] : [state(node.status, 'bad')]),
    ...(node.leaseHeld ? [] : [state('may not serve', 'bad')]),
    ...(node.draining ? [state('drains', 'bad')] : []),
    ...(node.heldBack ? [state('held back', 'bad')] : []),
    ...(node.obstacle ? [make('span', { class: 'hint' }, node.obstacle)] : []),
  ];
}

function state(words, kind) {
  return make('span', { class: `state ${kind}` }, words);
}

function figuresOf(node) {
  return [
    ['Sockets', short(node.sockets)],
    ['Addresses', short(node.reservations)],
    ['Ends of links', short(node.apps.reduce((sum, app) => sum + app.linkEnds, 0))],
    ['Refused sockets', short(node.refusals ?? 0)],
    ['Memory', size(node.memoryBytes)],
    ['Runs for', duration(node.uptimeSeconds)],
    ['Version', node.version],
    ['Sees nodes', `${node.members.length}`],
    ...node.certificates.map(({ use, notAfter }) => [`Certificate, ${use}`, `${daysUntil(notAfter)} days`, daysUntil(notAfter) < FEW_DAYS]),
  ];
}

function buttonsOf({ uid, address, heldBack, draining }) {
  const hold = heldBack
    ? button('Take back', () => act('DELETE', `nodes/${uid}/hold`, `${address} is taken back.`))
    : button('Hold back', () => act('POST', `nodes/${uid}/hold`, `${address} is held back: balancers send it nobody.`));
  const drain = button('Drain', () => {
    if (confirm(`Drain ${address}? That can't be taken back: its peers are sent to other nodes, and it serves no more.`))
      act('POST', `nodes/${uid}/drain`, `${address} drains.`);
  }, { class: 'danger' });
  return draining ? [] : [hold, drain];
}
