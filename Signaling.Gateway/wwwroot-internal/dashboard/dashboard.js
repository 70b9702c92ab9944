// The page: shows each view of the cluster as it comes.

import { hasToken, useToken } from './access.js';
import './addresses.js';
import { showApps } from './apps.js';
import { element, make, showError } from './elements.js';
import { add } from './history.js';
import { watch } from './live.js';
import { showNodes } from './nodes.js';
import { draw } from './plots.js';
import { offerApps } from './trace.js';
import { clock, short, size } from './words.js';

let stop = watch(show, showLost);

element.access.addEventListener('submit', event => {
  event.preventDefault();
  change(element.token.value);
});
element.forget.addEventListener('click', () => change(''));
showAccess();

function show(view) {
  const sample = add(view);
  element.live.dataset.state = view.silent.length === 0 ? 'live' : 'partial';
  element.live.textContent = `Live, ${clock(Date.parse(view.at))}`;
  showNodes(view);
  showApps(sample.apps);
  showTotals(view, [...sample.apps.values()]);
  offerApps([...sample.apps.keys()]);
  draw();
}

function showLost(error, isTriedAgain) {
  element.live.dataset.state = 'lost';
  element.live.textContent = isTriedAgain ? `No news: ${error.message} It is tried again.` : `No news: ${error.message}`;
}

function showTotals({ nodes, silent }, apps) {
  const sum = (all, figure) => all.reduce((total, one) => total + one[figure], 0);
  const totals = [
    ['Nodes', silent.length === 0 ? `${nodes.length}` : `${nodes.length}, ${silent.length} silent`],
    ['Sockets', short(sum(nodes, 'sockets'))],
    ['Addresses', short(sum(nodes, 'reservations'))],
    ['Ends of links', short(sum(apps, 'linkEnds'))],
    ['Messages/s', short(sum(apps, 'messageRate'))],
    ['Bytes/s', size(sum(apps, 'byteRate'))],
    ['Failures/s', short(sum(apps, 'failureRate'))],
  ];
  element.totals.replaceChildren(...totals.map(([name, value]) =>
    make('div', {}, make('dt', {}, name), make('dd', { 'data-total': name }, value))));
}

// With another token it may be let in where it was not.
function change(token) {
  useToken(token);
  element.token.value = '';
  showError('');
  showAccess();
  stop();
  stop = watch(show, showLost);
}

function showAccess() {
  element.forget.hidden = !hasToken();
  element.token.placeholder = hasToken() ? 'kept in this tab' : '';
}
