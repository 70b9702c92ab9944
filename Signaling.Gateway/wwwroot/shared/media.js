// What this end shows: camera and microphone, or a generated picture where they can't be had.

import { generatedPicture } from './picture.js';

/**
 * @typedef {object} Obstacle why there is no camera
 * @property {string} why in words for the user
 * @property {boolean} httpsHelps whether the same page over https would be given one
 */

/**
 * @typedef {object} Format
 * @property {number} width
 * @property {number} height
 * @property {number} framesPerSecond of the generated picture
 */

/** @type {Format} */
const ONE_OTHER = { width: 640, height: 480, framesPerSecond: 15 };

/**
 * What is in the way of a camera before anybody is asked for it.
 * @returns {Obstacle | null}
 */
export function cameraObstacle() {
  if (navigator.mediaDevices !== undefined) {
    return null;
  }
  return window.isSecureContext
    ? { why: 'This browser gives pages no camera, so the other sees a generated picture.', httpsHelps: false }
    : {
        why: 'Browsers allow a camera only over https, and this page came over plain http. '
          + 'So the other sees a generated picture.',
        httpsHelps: true,
      };
}

/**
 * Opens what the user chose, or the generated picture where that can't be had.
 * @param {'camera' | 'picture'} choice
 * @param {Format} [format]
 * @returns {Promise<{stream: MediaStream, obstacle: Obstacle | null}>}
 */
export async function openMedia(choice, format = ONE_OTHER) {
  if (choice === 'picture') {
    return { stream: generatedPicture(format), obstacle: null };
  }

  const obstacle = cameraObstacle();
  if (obstacle !== null) {
    return { stream: generatedPicture(format), obstacle };
  }

  try {
    return { stream: await openCamera(format), obstacle: null };
  } catch (error) {
    return { stream: generatedPicture(format), obstacle: { why: explain(error), httpsHelps: false } };
  }
}

/** Lets go of camera and microphone. */
export function stopMedia(stream) {
  stream.getTracks().forEach(track => track.stop());
}

async function openCamera({ width, height }) {
  const video = { width: { ideal: width }, height: { ideal: height }, facingMode: 'user' };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: true });
  } catch (error) {
    if (error.name !== 'NotFoundError') {
      throw error;
    }
    return await navigator.mediaDevices.getUserMedia({ video });
  }
}

function explain(error) {
  switch (error.name) {
    case 'NotAllowedError':
      return 'Camera and microphone were not allowed, so the other sees a generated picture. '
        + 'Allow them in the browser\'s settings for this page and join again.';
    case 'NotFoundError':
      return 'This device has no camera, so the other sees a generated picture.';
    case 'NotReadableError':
      return 'Another program uses the camera, so the other sees a generated picture. Close it and join again.';
    default:
      return `The camera could not be opened (${error.name}), so the other sees a generated picture.`;
  }
}
