// The page that shows which ICE servers work from here.

import { gather, kindOf } from './gather.js';

const form = document.querySelector('#servers');
const results = document.querySelector('#results');
const status = document.querySelector('#status');
const problem = document.querySelector('#error');
const field = name => form.elements[name].value.trim();

form.addEventListener('submit', async event => {
  event.preventDefault();
  form.elements.start.disabled = true;
  problem.hidden = true;
  results.replaceChildren();
  try {
    await run();
  } catch (error) {
    problem.textContent = error.message;
    problem.hidden = false;
    status.textContent = 'Not done.';
  } finally {
    form.elements.start.disabled = false;
  }
});

async function run() {
  status.textContent = 'Gathering …';
  const policy = form.elements.relay.checked ? 'relay' : 'all';
  const servers = [...await ownServers(), ...otherServers()];
  const urls = servers.flatMap(({ urls, ...credentials }) => [urls].flat().map(url => ({ url, credentials })));
  const tried = policy === 'relay' ? urls.filter(({ url }) => kindOf(url) === 'relay') : [{ url: null, credentials: {} }, ...urls];
  if (tried.length === 0) {
    throw new Error(`There is no ${policy === 'relay' ? 'TURN ' : ''}server to try: this service has none, and none is given.`);
  }
  const outcomes = await Promise.all(tried.map(async ({ url, credentials }) => {
    const outcome = await gather(url, credentials, policy);
    show(outcome);
    return outcome;
  }));
  const failed = outcomes.filter(({ works }) => !works).length;
  status.textContent = failed === 0 ? 'All work.' : `${failed} of ${outcomes.length} do not work.`;
}

/** Those that the service hands out, with the credentials that it made just now. */
async function ownServers() {
  if (!form.elements.own.checked) {
    return [];
  }
  const query = new URLSearchParams({ app: field('app') });
  if (field('token')) {
    query.set('userToken', field('token'));
  }
  const answer = await fetch(`../api/ice?${query}`, { cache: 'no-store' });
  if (!answer.ok) {
    throw new Error(`The service hands out no servers: ${(await answer.text()).trim()} (${answer.status})`);
  }
  return (await answer.json()).iceServers;
}

function otherServers() {
  const urls = field('url').split(/[\s,]+/).filter(Boolean);
  return urls.length === 0 ? [] : [{ urls, username: field('username'), credential: field('password') }];
}

function show({ url, candidates, errors, works, seesOwnAddress, milliseconds }) {
  const kind = kindOf(url);
  const item = element('section', '');
  item.dataset.url = url ?? '';
  item.dataset.works = works;
  item.append(
    element('h2', url ?? 'This machine'),
    element('p', !works ? `No ${kind} candidate within ${milliseconds} ms.`
      : seesOwnAddress ? `Works: it answers within ${milliseconds} ms, and sees the address that this machine has itself: no NAT is between.`
        : `Works: ${kind} after ${milliseconds} ms.`));
  for (const { code, text, meaning } of works ? [] : errors) {
    item.append(element('p', `${code || ''} ${text} ${meaning}`.trim(), 'error'));
  }
  const list = element('ul', '');
  for (const candidate of candidates.filter(one => url === null || one.type === kind)) {
    list.append(element('li', line(candidate)));
  }
  item.append(list);
  results.append(item);
}

function line({ type, protocol, address, port, relatedAddress, relatedPort, relayProtocol }) {
  const from = relatedAddress ? `, from ${relatedAddress}:${relatedPort}` : '';
  const by = relayProtocol ? `, relayed by ${relayProtocol}` : '';
  return `${type} ${protocol} ${address}:${port}${from}${by}`;
}

function element(name, text, className = '') {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}
