import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'

/** Some buttons of which one is taken: arrows move, Enter takes, Escape leaves. A scan is never swallowed by them. */
export function Choices({
  title,
  children,
  onLeave,
}: {
  title: ReactNode
  children: ReactNode
  onLeave: () => void
}) {
  const group = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    group.current?.scrollIntoView({ block: 'nearest' })
    group.current?.querySelector('button')?.focus()
  }, [])
  function pressed(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
    if (event.key === 'Escape') {
      // Only the choice is left; the desk keeps what lies on it.
      event.stopPropagation()
      onLeave()
    }
    if (step === undefined) return
    event.preventDefault()
    const all: (Element | null)[] = [...(group.current?.querySelectorAll('button') ?? [])]
    const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length]
    if (next instanceof HTMLElement) next.focus()
  }
  return (
    <fieldset className="desk-kinds" ref={group} onKeyDown={pressed}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}
