// Why did this call fail? One address' life, in sentences.

import { ask } from './access.js';
import { element, make, showError } from './elements.js';
import { clock } from './words.js';

element.trace.addEventListener('submit', async event => {
  event.preventDefault();
  showError('');
  try {
    const named = new URLSearchParams({ app: element['trace-app'].value, address: element['trace-address'].value });
    show(await (await ask(`trace?${named}`)).json());
  } catch (error) {
    showError(error.message);
  }
});

/** Offers the apps that there are. @param {string[]} paths */
export function offerApps(paths) {
  const select = element['trace-app'];
  for (const path of paths.filter(path => !Array.from(select.options).some(option => option.value === path)))
    select.append(make('option', { value: path }, path));
}

function show({ verdict, steps, silent }) {
  const unknown = silent.length === 0 ? '' : ` What these nodes know is missing, they have not answered: ${silent.join(', ')}.`;
  element.verdict.textContent = (verdict ?? wordsForNone(steps)) + unknown;
  element.verdict.hidden = false;
  element.steps.replaceChildren(...steps.map(step => make('li', step.isFailure ? { class: 'bad' } : {},
    make('span', { class: 'hint' }, `${clock(Date.parse(step.at))} ${step.node} `),
    step.what)));
}

function wordsForNone(steps) {
  return steps.length === 0
    ? 'Nobody has asked for this address, as far as is still known.'
    : 'Nothing has gone wrong here, as far as is still known.';
}
