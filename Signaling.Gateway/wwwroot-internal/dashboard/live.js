// The cluster as it is now, again and again: server-sent events, read by fetch, since an EventSource can't show a token.

import { ask } from './access.js';

const AGAIN_AFTER = 2000;

/**
 * Watches the cluster until it is told to stop.
 * @param {(view: object) => void} seen takes each view
 * @param {(error: Error) => void} lost takes why there is none for now; it is tried again
 * @returns {() => void} stops it
 */
export function watch(seen, lost) {
  const stop = new AbortController();
  follow(seen, lost, stop.signal);
  return () => stop.abort();
}

async function follow(seen, lost, signal) {
  while (!signal.aborted) {
    try {
      const answer = await ask('live', { signal });
      for await (const view of views(answer.body))
        seen(view);
      throw new Error('The node has ended the connection.');
    } catch (error) {
      if (signal.aborted)
        return;
      lost(error);
    }
    await new Promise(done => setTimeout(done, AGAIN_AFTER));
  }
}

// All that the node sends are lines `data: {...}`, each with an empty line behind it.
async function* views(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done)
      return;
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    for (const event of events.filter(one => one.startsWith('data: ')))
      yield JSON.parse(event.slice('data: '.length));
  }
}
