import { type Decision, no, yes } from '../lib/decision.ts'

/** What the desk's keys do. */
export const deskActs = [
  'seen',
  'document1',
  'document2',
  'document3',
  'ask',
  'name',
  'witnessed',
  'handOver',
  'phone',
  'tablet',
  'undo',
  'clear',
] as const
export type DeskAct = (typeof deskActs)[number]
export type DeskKeys = Readonly<Record<DeskAct, string>>

/** The keys as they come. */
export const usualKeys: DeskKeys = {
  seen: 'F2',
  document1: 'F6',
  document2: 'F7',
  document3: 'F3',
  ask: 'F10',
  name: 'F4',
  witnessed: 'F8',
  handOver: 'F9',
  phone: 'F1',
  tablet: 'T',
  undo: 'Z',
  clear: 'Escape',
}

/** Why a key is not taken. */
export const keyRefusals = ['key-types', 'key-of-the-browser', 'key-in-use'] as const
export type KeyRefusal = (typeof keyRefusals)[number]

/** A key as it is kept: letters as capitals. */
export const plainKey = (key: string): string => (/^[a-z]$/.test(key) ? key.toUpperCase() : key)

const functionKey = /^F([1-9]|1[0-2])$/
const ofBrowser = new Set(['F5', 'F11', 'F12'])

/**
 * Whether a key may do this: function keys but the browser's own, Escape, and single letters, which count only where one stands
 * alone in an empty field. Digits begin numbers, and Enter and Tab end scans.
 */
export function mayUseKey(
  keys: DeskKeys,
  act: DeskAct,
  pressed: string,
): Decision<{ keys: DeskKeys }, KeyRefusal> {
  const key = plainKey(pressed)
  if (ofBrowser.has(key)) return no('key-of-the-browser', { key })
  if (!functionKey.test(key) && key !== 'Escape' && !/^[A-Z]$/.test(key)) return no('key-types', { key })
  const other = deskActs.find(each => each !== act && keys[each] === key)
  if (other) return no('key-in-use', { key, act: other })
  return yes({ keys: { ...keys, [act]: key } })
}

/** Keys that were kept, or the usual ones where what was kept is none. */
export function readKeys(kept: string | null): DeskKeys {
  let keys: DeskKeys = usualKeys
  try {
    const read = JSON.parse(kept ?? '{}') as Partial<Record<DeskAct, unknown>>
    keys = Object.fromEntries(
      deskActs.map(act => [act, typeof read[act] === 'string' ? read[act] : usualKeys[act]]),
    ) as unknown as DeskKeys
  } catch {
    return usualKeys
  }
  return deskActs.every(act => mayUseKey(keys, act, keys[act]).ok) ? keys : usualKeys
}
