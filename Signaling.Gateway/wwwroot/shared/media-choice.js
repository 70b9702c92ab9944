// What the user shows: the choice on the page, and why there is none.

const element = id => document.getElementById(id);
const choices = () => document.querySelectorAll('input[name=media]');

/** @returns {'camera' | 'picture'} */
export function chosenMedia() {
  return [...choices()].find(({ checked }) => checked).value;
}

/** Leaves the user no choice but the generated picture. */
export function disableCamera() {
  choices().forEach(choice => {
    choice.checked = choice.value === 'picture';
    choice.disabled = choice.value === 'camera';
  });
}

/**
 * Why there is no camera.
 * @param {import('./media.js').Obstacle | null} obstacle
 * @param {string | null} httpsLink this page where it would be given one
 */
export function showObstacle(obstacle, httpsLink) {
  element('obstacle').hidden = obstacle === null;
  element('why').textContent = obstacle?.why ?? '';
  element('https').hidden = !obstacle?.httpsHelps || httpsLink === null;
  element('ask-for-https').hidden = !obstacle?.httpsHelps || httpsLink !== null;
  if (httpsLink !== null) {
    element('https').href = httpsLink;
  }
}
