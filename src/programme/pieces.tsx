import { useWords } from '../web/surroundings.tsx'
import type { Piece } from './notice.ts'
import { words } from './notice-words.ts'

/** The mark of a sample value; what it means stands once at the page's foot. */
export function Unconfirmed() {
  const w = useWords(words)
  return (
    <sup className="unconfirmed">
      <a href="#unconfirmed" aria-label={w.unconfirmed} title={w.unconfirmed}>
        ※
      </a>
    </sup>
  )
}

/** What the mark means. */
export function UnconfirmedNote() {
  const w = useWords(words)
  return (
    <p id="unconfirmed" className="unconfirmed-note">
      <span aria-hidden="true">※</span> {w.unconfirmedNote}
    </p>
  )
}

/** A sentence of the programme: what is exact set apart, and what is not confirmed marked. */
export const Pieces = ({ pieces }: { pieces: readonly Piece[] }) => (
  <>
    {pieces.map((piece, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a sentence is written in one go and never reordered
      <span key={at}>
        <span className={piece.exact ? 'exact' : undefined}>{piece.text}</span>
        {piece.unconfirmed && <Unconfirmed />}
      </span>
    ))}
  </>
)
