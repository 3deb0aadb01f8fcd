import { type ReactNode, useEffect, useRef } from 'react'

/** Takes the focus when it appears in place of what was pressed, so that the keyboard goes on from there. */
export function Focused({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  return (
    <div ref={place} tabIndex={-1}>
      {children}
    </div>
  )
}
