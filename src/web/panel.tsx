import type { ReactNode } from 'react'
import { Shape, type Tone } from './verdict.tsx'

/** A part of a page with its own heading. */
export const Panel = ({ title, children }: { title?: ReactNode; children: ReactNode }) => (
  <section className="panel">
    {title && <h2>{title}</h2>}
    {children}
  </section>
)

/** Something to be told before going on, with colour, shape and words. `urgent` is read out at once by screen readers. */
export const Notice = ({
  tone,
  title,
  children,
  urgent,
}: {
  tone: Tone
  title?: ReactNode
  children?: ReactNode
  urgent?: boolean
}) => (
  <div className={`notice tone-${tone}`} role={urgent ? 'alert' : undefined}>
    <Shape tone={tone} />
    <div>
      {title && <p className="notice-title">{title}</p>}
      {children}
    </div>
  </div>
)

/** A list with nothing in it: says so, and says what to do next. */
export const EmptyState = ({
  title,
  children,
  action,
}: {
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
}) => (
  <div className="empty">
    <svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
      <path d="M8 42V22a16 16 0 0 1 32 0v20M4 42h40M18 42V24a6 6 0 0 1 12 0v18" />
    </svg>
    <p className="empty-title">{title}</p>
    {children && <div className="empty-text">{children}</div>}
    {action && <div className="actions">{action}</div>}
  </div>
)

/** The one sentence a page is about, true now, with the verdict's shape before it. */
export const Lead = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <p className={`lead tone-${tone}`}>
    <Shape tone={tone} />
    <span>{children}</span>
  </p>
)
