import { type Decision, no, yes } from '../lib/decision.ts'
import type { SigningManner } from './signature.ts'

/** A name as it is compared: case, blanks and the width of letters do not matter. */
const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s.,·-]/g, '')
    .toLowerCase()

/**
 * Whether this is a signature: lines that were drawn, the signer's own name or a part of it (so that a scan which
 * fell into the field is none), or a clerk's word for it.
 */
export function isSigned(
  { manner, picture }: { manner: SigningManner; picture: string },
  names: readonly string[],
): Decision<object, 'not-signed' | 'name-differs'> {
  if (manner === 'witnessed') return yes({})
  if (manner === 'drawn') return /L/.test(picture) ? yes({}) : no('not-signed')
  const written = plainName(picture)
  if (written === '') return no('not-signed')
  const isName = written.length > 1 && names.some(name => plainName(name).includes(written))
  return isName ? yes({}) : no('name-differs')
}
