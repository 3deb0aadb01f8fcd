import { useEffect, useRef } from 'react'

/**
 * For what is added to a form: told the id that it will have, it opens it once it stands on the screen, and puts the cursor
 * into its first empty field, or its first one.
 */
export function useAdded(): (id: string) => void {
  const awaited = useRef<string | null>(null)
  useEffect(() => {
    const added = awaited.current === null ? null : document.getElementById(awaited.current)
    const fields = [
      ...(added?.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(
        'input, select, textarea',
      ) ?? []),
    ]
    const first = fields.find(({ value }) => value === '') ?? fields[0]
    if (added === null || first === undefined) return
    awaited.current = null
    if (added instanceof HTMLDetailsElement) added.open = true
    first.focus()
  })
  return id => {
    awaited.current = id
  }
}
