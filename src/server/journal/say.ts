import type { Verified } from './verify.ts'

const sealed = (seal: number | null): string =>
  seal === null ? 'before it was sealed' : `after seal ${seal} was set`

/** What a verification of the journal found, as a sentence for operators. */
export function sayVerified(found: Verified): string {
  if (found.whole)
    return `${found.entries} entries in ${found.seals} seals, whole. ${found.waiting} entries wait for their seal.`
  if (found.what === 'seal')
    return `Seal ${found.seal} does not fit: it was changed, removed or added, or its entries were.`
  if (found.what === 'added')
    return `Entry ${found.entry} was added without a seal: it is the first that does not fit.`
  return `Entry ${found.entry} was ${found.what} ${sealed(found.seal)}: it is the first that does not fit.`
}
