// The elements of the page, and how others are made. Texts are never taken for markup.

/** @type {Record<string, HTMLElement>} */
export const element = Object.fromEntries(Array.from(document.querySelectorAll('[id]'), found => [found.id, found]));

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} content
 */
export function make(tag, attributes = {}, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    made.setAttribute(name, value);
  made.append(...content);
  return made;
}

/** @param {[name: string, value: string, isBad?: boolean][]} figures */
export function figureList(figures) {
  return make('dl', { class: 'figures' }, ...figures.flatMap(([name, value, isBad]) => [
    make('dt', {}, name),
    make('dd', isBad ? { class: 'bad' } : {}, value),
  ]));
}

/** A button. @param {string} words @param {() => void} act @param {Record<string, string>} attributes */
export function button(words, act, attributes = {}) {
  const made = make('button', { type: 'button', ...attributes }, words);
  made.addEventListener('click', act);
  return made;
}

/** What went wrong; empty takes it away. @param {string} words */
export function showError(words) {
  show('error', words);
}

/** What has come of an act. @param {string} words */
export function showDone(words) {
  show('done', words);
}

function show(id, words) {
  element[id].textContent = words;
  element[id].hidden = words === '';
}
