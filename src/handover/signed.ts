import { type Decision, no, yes } from '../lib/decision.ts'
import { isDrawing } from './drawing.ts'
import type { SigningManner } from './signature.ts'
import type { UseRefusal } from './signing-rules.ts'

/** A name as it is compared: case, blanks and the width of letters do not matter. */
const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s.,·-]/g, '')
    .toLowerCase()

/** How somebody signed; or what became of the signature that the desk asked for elsewhere. */
export type SignatureGiven =
  | { manner: SigningManner; picture: string }
  | { elsewhere: Decision<object, UseRefusal> }

/** Whether what somebody did here is a signature of theirs: lines, their own name or a part of it, or somebody's word for it. */
export function isSignedHere(
  { manner, picture }: { manner: SigningManner; picture: string },
  names: readonly string[],
): Decision<object, 'not-signed' | 'name-differs'> {
  if (manner === 'witnessed' || manner === 'confirmed') return yes({})
  if (manner === 'drawn') return isDrawing(picture) ? yes({}) : no('not-signed')
  const written = plainName(picture)
  if (written === '') return no('not-signed')
  const isName = written.length > 1 && names.some(name => plainName(name).includes(written))
  return isName ? yes({}) : no('name-differs')
}

/**
 * Whether this is a signature: lines that were drawn, the signer's own name or a part of it (so that a scan which
 * fell into the field is none), the button on the own phone, or a clerk's word for it.
 */
export function isSigned(
  given: SignatureGiven,
  names: readonly string[],
): Decision<object, 'not-signed' | 'name-differs' | UseRefusal> {
  return 'elsewhere' in given ? given.elsewhere : isSignedHere(given, names)
}
