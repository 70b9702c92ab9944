// Figures as people read them.

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** @param {number} bytes */
export function size(bytes) {
  const step = bytes < 1 ? 0 : Math.min(BYTES.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${short(bytes / 2 ** (10 * step))} ${BYTES[step]}`;
}

/** A count or a rate, with the digits that say something. @param {number} number */
export function short(number) {
  return number.toLocaleString('en', { maximumFractionDigits: number < 10 ? 1 : 0 });
}

/** @param {number} seconds */
export function duration(seconds) {
  if (seconds < 120)
    return `${Math.floor(seconds)} s`;
  if (seconds < 2 * 3600)
    return `${Math.floor(seconds / 60)} min`;
  return seconds < 48 * 3600 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} days`;
}

/** @param {number} at in milliseconds */
export function clock(at) {
  return new Date(at).toLocaleTimeString('en-GB');
}

/** How many days are left. @param {string} until */
export function daysUntil(until) {
  return Math.floor((Date.parse(until) - Date.now()) / 86_400_000);
}
