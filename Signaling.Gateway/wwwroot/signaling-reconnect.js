// When a client that reconnects tries again, and whether that is of any use.

// A connection that was lost sooner tells nothing good of the server: the pauses go on growing.
const STEADY_MS = 10_000;

/** What would be no better the next time. */
const LASTING = new Set(['refused', 'too-large', 'bad-frame', 'bad-url']);

/**
 * How a client reconnects. Before attempt n it waits for a random time of at most `firstSeconds` * 2^(n-1), and never more
 * than `mostSeconds`: those who lost the same server do not all come back at once.
 */
export class Reconnection {
  #firstSeconds;
  #mostSeconds;
  #attempts;
  #made = 0;
  #openedAt = null;

  /**
   * @param {object} options
   * @param {number} [options.firstSeconds]
   * @param {number} [options.mostSeconds]
   * @param {number} [options.attempts] how many in a row may fail before it is given up
   */
  constructor({ firstSeconds = 0.5, mostSeconds = 30, attempts = Infinity }) {
    this.#firstSeconds = firstSeconds;
    this.#mostSeconds = mostSeconds;
    this.#attempts = attempts;
  }

  /** Whether a connection has stood yet: the first one is not tried again. */
  hasStood = false;

  /** Takes that the connection stands. */
  opened() {
    this.hasStood = true;
    this.#openedAt = performance.now();
  }

  /**
   * Says what follows on a lost connection, or an attempt that failed.
   * @param {import('./signaling-error.js').SignalingError} error
   * @param {boolean} mayChange whether the next attempt shows the server another URL than the one that it had taken
   * @returns {{attempt: number, seconds: number} | null} the next attempt, and the pause before it; null where it is given up
   */
  next(error, mayChange) {
    if (!this.hasStood || (LASTING.has(error.code) && !(error.code === 'refused' && mayChange))) {
      return null;
    }
    if (this.#openedAt !== null && performance.now() - this.#openedAt >= STEADY_MS) {
      this.#made = 0;
    }
    this.#openedAt = null;
    if (this.#made >= this.#attempts) {
      return null;
    }
    const seconds = Math.random() * Math.min(this.#mostSeconds, this.#firstSeconds * 2 ** this.#made);
    this.#made++;
    return { attempt: this.#made, seconds };
  }
}
