// The cluster as it is now, again and again: server-sent events, read by fetch, since an EventSource can't show a token.

import { ask, Refusal } from './access.js';

const AGAIN_AFTER = 2000;

/** Who says nothing for as long is as good as gone: even while another node keeps it waiting, a node tells more often. */
const SILENCE = 10_000;

/**
 * Watches the cluster until it is told to stop.
 * @param {(view: object) => void} seen takes each view
 * @param {(error: Error, isTriedAgain: boolean) => void} lost takes why there is none for now
 * @returns {() => void} stops it
 */
export function watch(seen, lost) {
  const stop = new AbortController();
  follow(seen, lost, stop.signal);
  return () => stop.abort();
}

async function follow(seen, lost, signal) {
  while (!signal.aborted) {
    const silence = new AbortController();
    const giveUp = () => silence.abort(new Error(`This node has said nothing for ${SILENCE / 1000} s.`));
    let timer = setTimeout(giveUp, SILENCE);
    try {
      const answer = await ask('live', { signal: AbortSignal.any([signal, silence.signal]) });
      for await (const view of views(answer.body)) {
        clearTimeout(timer);
        timer = setTimeout(giveUp, SILENCE);
        seen(view);
      }
      throw new Error('This node has ended the connection.');
    } catch (error) {
      if (signal.aborted)
        return;
      const isRefused = error instanceof Refusal; // the same token again would be a guess more
      lost(error, !isRefused);
      if (isRefused)
        return;
    } finally {
      clearTimeout(timer);
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
