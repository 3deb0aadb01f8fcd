import { TextInput } from '@mantine/core'
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { useWords } from '../web/surroundings.tsx'
import { deskWords } from './desk-words.ts'

/** Where typing belongs to somebody else: another field, or a list that is open. */
const takesText = (element: Element | null): boolean =>
  element?.matches('input:not([type=checkbox]):not([type=radio]), textarea, select') ?? false

/** Whether a click was meant for something that has a use of its own. */
const hasOwnUse = (element: Element | null): boolean =>
  element?.closest('a, button, input, textarea, select, label, summary, [tabindex]:not(#main)') !== null

/**
 * The one field of the desk. A reader types into it wherever the clerk has clicked: letters and digits that nobody
 * else takes come here, and so does the focus after a click on nothing, and when the window comes back.
 */
export function ScanField({ ref, onScan }: { ref: Ref<HTMLInputElement>; onScan: (text: string) => void }) {
  const w = useWords(deskWords)
  const field = useRef<HTMLInputElement>(null)
  useImperativeHandle(ref, () => field.current!, [])

  useEffect(() => {
    const focus = () => field.current?.focus({ preventScroll: true })
    const typed = (event: globalThis.KeyboardEvent) => {
      const isSign = event.key.length === 1 && event.key !== ' '
      if (!isSign || event.ctrlKey || event.altKey || event.metaKey) return
      if (!takesText(document.activeElement)) focus()
    }
    const clicked = (event: MouseEvent) => {
      if (event.target instanceof Element && !hasOwnUse(event.target)) focus()
    }
    focus()
    window.addEventListener('keydown', typed)
    window.addEventListener('click', clicked)
    window.addEventListener('focus', focus)
    return () => {
      window.removeEventListener('keydown', typed)
      window.removeEventListener('click', clicked)
      window.removeEventListener('focus', focus)
    }
  }, [])

  function send(event: KeyboardEvent<HTMLInputElement>) {
    const text = event.currentTarget.value
    // Some readers end a scan with Tab; with nothing in the field Tab goes on as everywhere.
    const ends = event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)
    if (!ends || text.trim() === '' || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.currentTarget.value = ''
    onScan(text)
  }

  return (
    <TextInput
      ref={field}
      className="desk-scan"
      label={w.scan}
      size="lg"
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      maxLength={4096}
      onKeyDown={send}
    />
  )
}
