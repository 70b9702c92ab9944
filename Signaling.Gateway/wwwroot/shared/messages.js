// The list of messages on a page. What others say is text, never HTML.

// Whoever says more than this pushes out what was said first.
const MOST = 500;

/**
 * @param {HTMLElement} list
 * @param {'own' | 'other' | 'notice'} kind
 * @param {string} words
 * @param {string} [name] who says it
 */
export function addMessage(list, kind, words, name = '') {
  const item = document.createElement('li');
  item.className = kind;
  if (name !== '') {
    const who = document.createElement('strong');
    who.textContent = name;
    item.append(who, ' ');
  }
  item.append(words);
  list.append(item);
  while (list.childElementCount > MOST) {
    list.firstElementChild.remove();
  }
  item.scrollIntoView({ block: 'nearest' });
}

/** What the other end may say at once, as text; empty where it is none. */
export function cleanText(text) {
  return typeof text === 'string' ? text.trim().slice(0, 2000) : '';
}

/** What the other end may be called. */
export function cleanName(name) {
  return (typeof name === 'string' ? [...name.trim()].slice(0, 32).join('').trim() : '') || 'Somebody';
}
