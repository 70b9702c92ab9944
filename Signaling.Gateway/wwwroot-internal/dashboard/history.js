// What was seen, as plots want it: totals and rates over time.

const KEPT_MS = 15 * 60 * 1000;

/** By what it counts, each counter as it was when its node last answered. */
const before = new Map();

/** @type {{at: number, apps: Map<string, object>, nodes: Map<string, object>}[]} the oldest first */
const samples = [];

/**
 * Adds a view.
 * @returns {{at: number, apps: Map<string, object>, nodes: Map<string, object>}} what there is to see of it
 */
export function add(view) {
  const at = Date.parse(view.at);
  const sample = { at, apps: new Map(), nodes: new Map() };
  for (const node of view.nodes) {
    sample.nodes.set(node.address, { sockets: node.sockets, memory: node.memoryBytes, refusalRate: rateOf(`${node.uid}`, at, node.refusals) });
    for (const app of node.apps)
      addTo(sample.apps, app, node, at);
  }

  samples.push(sample);
  while (samples[0].at < at - KEPT_MS)
    samples.shift();
  return sample;
}

/**
 * A figure over time.
 * @param {'apps' | 'nodes'} kind of what
 * @param {string} figure which
 * @returns {{names: string[], data: number[][]}} the times in seconds, and a row for each that was ever more than nothing
 */
export function over(kind, figure) {
  const all = new Set(samples.flatMap(sample => [...sample[kind].keys()]));
  const names = [...all].filter(name => samples.some(sample => sample[kind].get(name)?.[figure] > 0)).sort();
  return {
    names,
    data: [
      samples.map(sample => sample.at / 1000),
      ...names.map(name => samples.map(sample => sample[kind].get(name)?.[figure] ?? null)),
    ],
  };
}

function addTo(apps, app, node, at) {
  const sum = apps.get(app.path) ?? { addresses: 0, linkEnds: 0, messageRate: 0, byteRate: 0, failureRate: 0, failures: new Map() };
  const failures = app.failures ?? [];
  const name = `${node.uid} ${app.path}`;
  sum.addresses += app.addresses;
  sum.linkEnds += app.linkEnds;
  sum.messageRate += rateOf(`${name} messages`, at, app.messages);
  sum.byteRate += rateOf(`${name} bytes`, at, app.bytes);
  sum.failureRate += rateOf(`${name} failures`, at, failures.reduce((total, { count }) => total + count, 0));
  for (const { reason, count } of failures)
    sum.failures.set(reason, (sum.failures.get(reason) ?? 0) + count);
  apps.set(app.path, sum);
}

// A node that has not answered for a while has gone on counting: what it counted is spread over that time.
function rateOf(name, at, count = 0) {
  const last = before.get(name);
  before.set(name, { at, count });
  return last === undefined || at <= last.at ? 0 : Math.max(0, count - last.count) / ((at - last.at) / 1000);
}
