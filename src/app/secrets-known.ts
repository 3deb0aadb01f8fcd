/** What stands in this repository, in other programs' examples, or first in every list of guesses. */
const written = [
  'changeme',
  'change-me',
  'example',
  'gatehouse',
  'password',
  'postgres',
  'secret',
  'secret-of-gatehouse-in-tests',
  'test',
]

/** Fewer kinds of characters than this are no accident in a secret that was made by chance. */
const fewestKinds = 6
/** Fewer characters than this can be tried one after the other. */
const shortest = 8

/** Whether each character is the one before or follows it by the same step: all the same, or counted up. */
function isCounted(text: string): boolean {
  const bytes = /^([0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text)
  const step = bytes[1]! - bytes[0]!
  return bytes.every((byte, at) => at === 0 || byte === ((bytes[at - 1]! + step) & 0xff))
}

/**
 * Whether a secret is one that others know or guess at once: one of this repository's tests and examples, a usual word, one
 * byte again and again, a count, or hardly anything. A secret that passes may be bad all the same.
 */
export function knownSecret(secret: string): boolean {
  const plain = secret.toLowerCase()
  return (
    secret.length < shortest ||
    written.includes(plain.replace(/(?<![\d!._])[\d!._]+$/, '')) ||
    new Set(plain).size < fewestKinds ||
    isCounted(secret)
  )
}
