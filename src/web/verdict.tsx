import type { ReactNode } from 'react'

/** How a verdict stands: yes, no, it waits, mind this, or plain information. */
export type Tone = 'yes' | 'no' | 'wait' | 'warn' | 'info'

/** What a verdict says: its tone (colour and shape) and its word. */
export interface VerdictSaid {
  tone: Tone
  word: string
}

/** The shape of a tone: a disc, an octagon, an hourglass in a ring, a triangle, a square. Each is told apart without colour. */
export const Shape = ({ tone }: { tone: Tone }) => (
  <svg className="shape" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
    {shapes[tone]}
  </svg>
)

const shapes: Record<Tone, ReactNode> = {
  yes: (
    <>
      <circle cx="12" cy="12" r="11" className="ground" />
      <path d="M6.8 12.4l3.5 3.6 7-7.6" className="sign" />
    </>
  ),
  no: (
    <>
      <path d="M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z" className="ground" />
      <path d="M6.5 12h11" className="sign" />
    </>
  ),
  wait: (
    <>
      <circle cx="12" cy="12" r="9.75" className="ring" />
      <path d="M12 6.5V12l3.8 2.4" className="hand" />
    </>
  ),
  warn: (
    <>
      <path d="M12 1.8L23.2 21.6H.8z" className="ground" />
      <path d="M12 9v5.4M12 17.6v.6" className="sign" />
    </>
  ),
  info: (
    <>
      <rect x="1.5" y="1.5" width="21" height="21" rx="4" className="ground" />
      <path d="M12 11v6.2M12 6.6v.6" className="sign" />
    </>
  ),
}

/** A verdict with colour, shape and word, never colour alone. `large` is for the one verdict a screen is about. */
export const Verdict = ({ tone, word, large }: VerdictSaid & { large?: boolean }) => (
  <span className={`verdict tone-${tone}${large ? ' large' : ''}`}>
    <Shape tone={tone} />
    <span>{word}</span>
  </span>
)
