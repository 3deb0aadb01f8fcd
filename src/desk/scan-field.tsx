import { TextInput } from '@mantine/core'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { useWords } from '../web/surroundings.tsx'
import {
  type Burst,
  endsScan,
  isComposed,
  isScan,
  type Pressed,
  readerSilenceMs,
  signOf,
  withStroke,
} from './burst.ts'
import { deskWords } from './screen-words.ts'

/** How the reader of this computer ends a scan. */
export type ReaderEnds = 'suffix' | 'nothing'

/** Where typing belongs to somebody else: another field, a list that is open, or what waits for a key. */
const takesText = (element: Element | null): boolean =>
  element?.matches('input:not([type=checkbox]):not([type=radio]), textarea, select, [data-own-keys]') ?? false

/** Whether a click was meant for something that has a use of its own. */
const hasOwnUse = (element: Element | null): boolean =>
  element?.closest('a, button, input, textarea, select, label, summary, [tabindex]:not(#main)') !== null

const asPressed = (event: KeyboardEvent): Pressed => ({
  key: event.key,
  code: event.code,
  keyCode: event.keyCode,
  isComposing: event.isComposing,
  shiftKey: event.shiftKey,
  capsLock: event.getModifierState('CapsLock'),
})

/** A letter is a shortcut only where nothing follows it for so long. */
const aloneMs = 400

/**
 * The one field of the desk. A reader types into it wherever the clerk has clicked: letters and digits that nobody else takes
 * come here, and so does the focus after a click on nothing, and when the window comes back. What comes faster than anybody
 * types is a scan, also where an input method has taken its keys; what a hand typed before stays where it is.
 */
export function ScanField({
  ref,
  ends,
  hint,
  typed,
  onTyped,
  onScan,
  onAlone,
}: {
  ref: Ref<HTMLInputElement>
  ends: ReaderEnds
  /** Something quiet about the reader. */
  hint: string | null
  /** What stood in the field when the page was left. */
  typed: string
  onTyped: (text: string) => void
  onScan: (text: string, by: 'reader' | 'hand') => void
  /** A letter that stands alone; says whether it did something. */
  onAlone: (letter: string) => boolean
}) {
  const w = useWords(deskWords)
  const field = useRef<HTMLInputElement>(null)
  useImperativeHandle(ref, () => field.current!, [])
  const now = useRef({ ends, onTyped, onScan, onAlone })
  now.current = { ends, onTyped, onScan, onAlone }

  useEffect(() => {
    const input = field.current!
    let burst: Burst | null = null
    let silence: ReturnType<typeof setTimeout> | undefined
    let alone: ReturnType<typeof setTimeout> | undefined
    // After a burst that an input method took, what it still brings into the field is nobody's.
    let leftover: string | null = null
    const focus = () => input.focus({ preventScroll: true })
    const write = (text: string) => {
      input.value = text
      now.current.onTyped(text)
    }

    function scanned({ signs, composed, before }: Burst) {
      burst = null
      if (composed) {
        leftover = before
        input.blur()
        focus()
      }
      write(before)
      now.current.onScan(signs, 'reader')
    }
    function end(event: KeyboardEvent, pressed: Pressed) {
      if (isScan(burst)) {
        event.preventDefault()
        scanned(burst)
        return
      }
      burst = null
      // With nothing in the field Tab goes on as everywhere; Enter of an input method is its own.
      if (document.activeElement !== input || input.value.trim() === '' || isComposed(pressed)) return
      event.preventDefault()
      const text = input.value.slice(0, 4_096)
      write('')
      now.current.onScan(text, 'hand')
    }
    function pressedKey(event: KeyboardEvent) {
      clearTimeout(silence)
      clearTimeout(alone)
      const other = document.activeElement !== input && takesText(document.activeElement)
      if (other || event.ctrlKey || event.altKey || event.metaKey) {
        burst = null
        return
      }
      const pressed = asPressed(event)
      if (endsScan(pressed)) return end(event, pressed)
      const stroke = signOf(pressed)
      if (stroke === null) {
        // Shift comes between the signs of a reader; arrows and the like do not.
        if (!['Shift', 'CapsLock'].includes(event.key) && !event.code.startsWith('Shift')) burst = null
        return
      }
      if (event.repeat || (stroke.sign === ' ' && document.activeElement !== input)) {
        burst = null
        return
      }
      if (document.activeElement !== input) focus()
      leftover = null
      burst = withStroke(burst, { ...stroke, atMs: event.timeStamp }, input.value)
      if (now.current.ends === 'nothing')
        silence = setTimeout(() => {
          if (isScan(burst)) scanned(burst)
        }, readerSilenceMs)
      if (input.value === '' && burst.signs.length === 1 && /^[A-Za-z]$/.test(stroke.sign))
        alone = setTimeout(() => {
          if (burst?.signs === stroke.sign && now.current.onAlone(stroke.sign.toUpperCase())) write('')
        }, aloneMs)
    }
    function changed() {
      if (leftover !== null) input.value = leftover
      now.current.onTyped(input.value)
    }
    function clicked(event: MouseEvent) {
      // What is gone by now was a button's: the click has done what it was meant for.
      const { target } = event
      if (target instanceof Element && target.isConnected && !hasOwnUse(target)) focus()
    }
    focus()
    window.addEventListener('keydown', pressedKey, true)
    window.addEventListener('click', clicked)
    window.addEventListener('focus', focus)
    input.addEventListener('input', changed)
    return () => {
      clearTimeout(silence)
      clearTimeout(alone)
      window.removeEventListener('keydown', pressedKey, true)
      window.removeEventListener('click', clicked)
      window.removeEventListener('focus', focus)
      input.removeEventListener('input', changed)
    }
  }, [])

  return (
    <TextInput
      ref={field}
      className="desk-scan"
      label={w.scan}
      description={hint}
      inputWrapperOrder={['label', 'input', 'description']}
      size="lg"
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      maxLength={4096}
      defaultValue={typed}
    />
  )
}
