// The apps: what their peers do, and what has failed.

import { element, figureList, make } from './elements.js';
import { short, size } from './words.js';

/** Why something failed, where the reason's name does not say it. */
const WHY = {
  Taken: 'address taken',
  Full: 'address full',
  NobodyThere: 'nobody there',
  NoRight: 'no right',
  TooManyLinks: 'too many links',
  TooLong: 'address too long',
  BadRequest: 'bad request',
  NoAnswer: 'no answer',
  OtherGone: 'link without its other end',
  NodeLost: 'node lost',
  TooSlow: 'other end too slow',
};

/** @param {Map<string, object>} apps by path, as they are now */
export function showApps(apps) {
  element.apps.replaceChildren(...[...apps].sort(([one], [other]) => one.localeCompare(other)).map(([path, app]) =>
    make('article', { class: 'card', 'data-app': path }, make('h3', {}, path), figureList(figuresOf(app)))));
}

function figuresOf(app) {
  return [
    ['Addresses', short(app.addresses)],
    ['Ends of links', short(app.linkEnds)],
    ['Messages/s', short(app.messageRate)],
    ['Bytes/s', size(app.byteRate)],
    ...[...app.failures].map(([reason, count]) => [`Failed: ${WHY[reason] ?? reason}`, short(count), true]),
  ];
}
