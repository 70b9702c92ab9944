// Gathers candidates from one ICE server at a time, so that each outcome belongs to the server it came from.

const PATIENCE_MS = 15_000;

/** What the browser's codes mean (RFC 8489, RFC 8656, and 701 of WebRTC itself). */
const MEANINGS = new Map([
  [300, 'The server asks to try another one instead.'],
  [400, 'The server does not understand the request.'],
  [401, 'The server refuses the user name or password: expired, forged, or of another secret.'],
  [403, 'The server forbids it.'],
  [437, 'The server has lost the allocation.'],
  [438, 'The credentials are stale.'],
  [441, 'The user name is not the one that the allocation was made by.'],
  [442, 'The server does not relay by this protocol.'],
  [486, 'This user has as many allocations as it may.'],
  [508, 'The server has no room left.'],
  [600, 'The name of the server could not be found, or it has no address of this kind.'],
  [701, 'The server did not answer: a wrong name or port, or a firewall in the way.'],
]);

/**
 * What one server gave.
 * @typedef {object} Outcome
 * @property {string} url
 * @property {RTCIceCandidate[]} candidates
 * @property {{code: number, text: string, meaning: string}[]} errors
 * @property {boolean} works whether the server does what it is for
 * @property {boolean} seesOwnAddress whether it told this machine no other address than its own
 * @property {number} milliseconds until a candidate of its kind came; else until the end
 */

/**
 * Gathers from one server.
 * @param {string} url such as "turn:turn.example.com:3478?transport=udp"; null gathers the machine's own addresses alone
 * @param {{username?: string, credential?: string}} credentials
 * @param {RTCIceTransportPolicy} policy
 * @returns {Promise<Outcome>}
 */
export async function gather(url, credentials, policy) {
  const started = performance.now();
  const outcome = { url, candidates: [], errors: [], works: false, seesOwnAddress: false, milliseconds: 0 };
  const wanted = kindOf(url);
  let peer;
  try {
    peer = new RTCPeerConnection({
      iceServers: url === null ? [] : [{ urls: url, ...credentials }],
      iceTransportPolicy: policy,
    });
  } catch (error) {
    outcome.errors.push({ code: 0, text: error.message, meaning: 'The browser does not take this for an ICE server.' });
    return outcome;
  }

  const done = new Promise(resolve => {
    peer.addEventListener('icegatheringstatechange', () => peer.iceGatheringState === 'complete' && resolve());
    setTimeout(resolve, PATIENCE_MS);
  });
  peer.addEventListener('icecandidate', ({ candidate }) => {
    if (!candidate?.candidate) {
      return;
    }
    outcome.candidates.push(candidate);
    if (candidate.type === wanted && !outcome.works) {
      outcome.works = true;
      outcome.milliseconds = Math.round(performance.now() - started);
    }
  });
  peer.addEventListener('icecandidateerror', ({ errorCode, errorText }) => {
    // One for each network of the machine: said once.
    if (!outcome.errors.some(({ code, text }) => code === errorCode && text === errorText)) {
      outcome.errors.push({ code: errorCode, text: errorText, meaning: MEANINGS.get(errorCode) ?? '' });
    }
  });
  peer.createDataChannel('ice');
  await peer.setLocalDescription();
  await done;
  const isComplete = peer.iceGatheringState === 'complete';
  peer.close();
  if (!outcome.works) {
    outcome.milliseconds = Math.round(performance.now() - started);
    interpret(outcome, wanted, isComplete);
  }
  return outcome;
}

/** What it means that there is no candidate of the kind that is wanted, where the browser names no error. */
function interpret(outcome, wanted, isComplete) {
  if (outcome.errors.length > 0 || wanted === 'host') {
    return;
  }
  // A STUN server that sees the address which the machine has itself gives no candidate; for one that is silent the browser waits on.
  if (wanted === 'srflx' && isComplete && outcome.candidates.length > 0) {
    outcome.works = true;
    outcome.seesOwnAddress = true;
  } else {
    outcome.errors.push({ code: 0, text: '', meaning: MEANINGS.get(701) });
  }
}

/** The kind of candidate that a server is for: `host`, `srflx` or `relay`. */
export function kindOf(url) {
  return url === null ? 'host' : url.startsWith('turn') ? 'relay' : 'srflx';
}
