import { type Decision, no, yes } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { type PushHost, reachable } from './push-hosts.ts'
import { areDeviceKeys, type DeviceKeys } from './push-seal.ts'
import { type MessageKind, mailedWithinHours } from './rules.ts'

/** Why somebody is not told on a device, in the order in which it is told. */
export const deviceRefusals = [
  'no-push',
  'not-a-device',
  'service-not-allowed',
  'someone-elses-device',
  'too-many-devices',
] as const
export type DeviceRefusal = (typeof deviceRefusals)[number]

/** How many devices a person may be told on at a time; the table says the same. */
export const mostDevices = 5

/** A device as a browser tells it. */
export interface DeviceTold extends DeviceKeys {
  endpoint: string
}

/** What the rule goes by. */
export interface DeviceFacts {
  personId: number
  /** The push services allowed; null where nothing is pushed here. */
  hosts: readonly PushHost[] | null
  /** The device that is told of at this address now. */
  known: ({ id: number; personId: number } & DeviceKeys) | null
  /** The places that other devices of the person have. */
  taken: readonly number[]
}

/** What follows: where the device is kept, and which one ends for it; or that it had been told of. */
export type DeviceFollows =
  | { again: true }
  | {
      again: false
      place: number
      service: string
      ends: { id: number; because: 'another-holder' | 'renewed' } | null
    }

/**
 * Whether a person is told on a device from now on. Who signs in on somebody else's phone and asks for it has the same keys
 * in hand, and takes the device over; the address alone takes nothing from anybody.
 */
export function mayTellOn(device: DeviceTold, facts: DeviceFacts): Decision<DeviceFollows, DeviceRefusal> {
  const { personId, hosts, known, taken } = facts
  if (hosts === null) return no('no-push')
  if (!areDeviceKeys(device) || !URL.canParse(device.endpoint)) return no('not-a-device')
  const url = reachable(device.endpoint, hosts)
  if (url === null) return no('service-not-allowed', { service: new URL(device.endpoint).hostname })
  const same = known?.p256dh.equals(device.p256dh) === true && known.auth.equals(device.auth)
  if (known && same && known.personId === personId) return yes({ again: true })
  if (known && !same && known.personId !== personId) return no('someone-elses-device')
  const places = Array.from({ length: mostDevices }, (_, at) => at + 1)
  const place = places.find(each => !taken.includes(each))
  if (place === undefined) return no('too-many-devices', { most: mostDevices })
  const because = known?.personId === personId ? 'renewed' : 'another-holder'
  return yes({ again: false, place, service: url.hostname, ends: known && { id: known.id, because } })
}

const more: Record<Language, string> = {
  'zh-TW': '內容請看「我的學生證」的通知。',
  en: 'Read it under Messages on My card.',
}

/** Longest subject that is pushed, in characters; the whole of it is in the message. */
const longestTitle = 120

/** What a device is sent: the subject and one line, in the message's own language. Nothing that the subject does not say. */
export function pushText(message: { id: number; language: Language; subject: string }): string {
  const { id, language, subject } = message
  const characters = [...subject]
  const title =
    characters.length > longestTitle ? `${characters.slice(0, longestTitle - 1).join('')}…` : subject
  return JSON.stringify({ lang: language, title, body: more[language], tag: `message-${id}` })
}

/** Messages for which a phone that sleeps is woken: somebody's doors are concerned now. */
const urgent: readonly MessageKind[] = [
  'card-reported-lost',
  'access-paused',
  'access-resumed',
  'doors-waiting',
]

/** How urgently a push service hands a message on (RFC 8030, 5.3). */
export const urgencyOf = (kind: MessageKind): 'high' | 'normal' => (urgent.includes(kind) ? 'high' : 'normal')

/** For how many seconds a push service keeps a message for a phone that is off: as long as it would be mailed. */
export const keptSeconds = (madeAt: Temporal.Instant, now: Temporal.Instant): number =>
  Math.max(0, Math.floor(now.until(madeAt.add({ hours: mailedWithinHours })).total('seconds')))

const firstRestSeconds = 15
const longestRestSeconds = 3_600
/** A push service may ask for a longer rest, up to this. */
const longestAskedSeconds = 6 * 3_600

/** How long a device's push rests after so many tries in vain; longer where the push service says so. */
export const restSeconds = (tries: number, asked: number | null): number =>
  Math.max(
    Math.min(firstRestSeconds * 2 ** (Math.min(tries, 20) - 1), longestRestSeconds),
    Math.min(asked ?? 0, longestAskedSeconds),
  )
