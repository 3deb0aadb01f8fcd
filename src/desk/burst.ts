/** One key as it was pressed: the sign that it means on the keyboard, at which millisecond of the page's own time. */
export interface Stroke {
  sign: string
  atMs: number
  /** An input method took the key: the sign is read from the key's place, not from what was typed. */
  composed: boolean
}

/** Signs that came one after the other, from a reader or from a hand. */
export interface Burst {
  signs: string
  /** After how many of them the next one came faster than anybody types. */
  fast: number
  /** When its last sign came. */
  atMs: number
  /** Whether an input method took any of them. */
  composed: boolean
  /** What stood in the field before. */
  before: string
}

/** The longest pause between two signs of a reader; a very fast typist is below it for a pair, and never for most of six. */
export const readerGapMs = 40
/** A hand that has paused for so long begins with something else. */
const pauseMs = 500
/** How many signs are enough to tell a reader, and how many to tell that one has begun. */
export const fewestScanned = 6
const fewestBegun = 3
/** What share of the pauses is short where it was a reader: a busy computer holds some signs back. */
const shareFast = 0.7
/** A reader without a suffix has ended when nothing came for so long. */
export const readerSilenceMs = 200
/** More than any scan has; what comes after is dropped, and the server says that it is too long. */
const mostSigns = 4_096

const fromReader = ({ signs, fast }: Burst, fewest: number): boolean =>
  signs.length >= fewest && fast >= shareFast * (Math.min(signs.length, mostSigns) - 1)

/** Whether that was a reader. */
export const isScan = (burst: Burst | null): burst is Burst =>
  burst !== null && fromReader(burst, fewestScanned)

/** Takes one sign more: into what goes on, or as the first of something else. A reader that was held back is never cut. */
export function withStroke(burst: Burst | null, stroke: Stroke, inField: string): Burst {
  const { sign, atMs, composed } = stroke
  const gap = burst === null ? 0 : atMs - burst.atMs
  if (burst === null || (gap > pauseMs && !fromReader(burst, fewestBegun)))
    return { signs: sign, fast: 0, atMs, composed, before: inField }
  const whole = burst.signs.length >= mostSigns
  return {
    ...burst,
    signs: whole ? burst.signs : burst.signs + sign,
    fast: burst.fast + (gap <= readerGapMs && !whole ? 1 : 0),
    atMs,
    composed: burst.composed || composed,
  }
}

/** A key's event, as far as it is looked at. */
export interface Pressed {
  key: string
  code: string
  keyCode: number
  isComposing: boolean
  shiftKey: boolean
  capsLock: boolean
}

const signsOfPlaces: Readonly<Record<string, readonly [string, string]>> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  Period: ['.', '>'],
  Comma: [',', '<'],
  Slash: ['/', '?'],
  Semicolon: [';', ':'],
  NumpadSubtract: ['-', '-'],
  NumpadDecimal: ['.', '.'],
}
const shifted = ')!@#$%^&*('

/** What a key's place means on the keyboard that readers pretend to be (US), or null where it is no sign. */
function signOfPlace({ code, shiftKey, capsLock }: Pressed): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return shiftKey === capsLock ? letter.toLowerCase() : letter
  const digit = /^(Digit|Numpad)([0-9])$/.exec(code)
  if (digit) return shiftKey && digit[1] === 'Digit' ? shifted[Number(digit[2])]! : digit[2]!
  return signsOfPlaces[code]?.[shiftKey ? 1 : 0] ?? null
}

/** Whether an input method has taken the key (a Chinese one is on): the event then tells its place alone. */
export const isComposed = ({ key, keyCode, isComposing }: Pressed): boolean =>
  isComposing || keyCode === 229 || key === 'Process'

/** The sign of a key, also while an input method is on; null where it is none. */
export function signOf(pressed: Pressed): { sign: string; composed: boolean } | null {
  const composed = isComposed(pressed)
  const sign = composed ? signOfPlace(pressed) : Array.from(pressed.key).length === 1 ? pressed.key : null
  return sign === null ? null : { sign, composed }
}

/** Whether the key ends a scan: Enter, or Tab as some readers send; also while an input method is on. */
export const endsScan = (pressed: Pressed): boolean =>
  ['Enter', 'NumpadEnter', 'Tab'].includes(isComposed(pressed) ? pressed.code : pressed.key) &&
  !(pressed.shiftKey && pressed.code === 'Tab')
