// What the page's buttons have the cluster do.

import { ask } from './access.js';
import { showDone, showError } from './elements.js';

/**
 * Does it, and says what has come of it.
 * @param {string} method
 * @param {string} path
 * @param {string} done what to say then
 * @returns {Promise<boolean>} whether it was done
 */
export async function act(method, path, done) {
  showError('');
  showDone('');
  try {
    const { silent } = await (await ask(path, { method })).json();
    showDone(silent.length === 0 ? done : `${done} These nodes have not answered: ${silent.join(', ')}.`);
    return true;
  } catch (error) {
    showError(error.message);
    return false;
  }
}
