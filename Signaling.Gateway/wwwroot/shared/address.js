// Addresses that can be read out over a phone, yet not guessed: eight syllables, 48 bits.

const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aeiu';
const WORDS = 4;

/** A new address such as "bato-kilu-reza-dimu". */
export function randomAddress() {
  const words = Array.from({ length: WORDS }, () => syllable() + syllable());
  return words.join('-');
}

function syllable() {
  const [byte] = crypto.getRandomValues(new Uint8Array(1));
  return CONSONANTS[byte % CONSONANTS.length] + VOWELS[(byte >> 4) % VOWELS.length];
}
