import { sayDay, sayList, sayTime } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import { words } from './words.ts'

/** What people are told of, each once for what it tells of. */
export const messageKinds = [
  'card-handed-over',
  'card-activated',
  'card-reported-lost',
  'doors-confirmed',
  'doors-waiting',
] as const
export type MessageKind = (typeof messageKinds)[number]

/** Who reads, and from where: times are said in the campus's zone, with their date, since mail is read later. */
export interface Reader {
  language: Language
  name: string
  campus: string
  /** The campus's zone, by name. */
  zone: string
  /** When it is written; only the year depends on it. */
  now: Temporal.Instant
  /** Where questions are answered, said in the reader's language. */
  askAt: string
}

/** What a message tells of. Names and places are already in the reader's language. */
export type Told =
  | {
      kind: 'card-handed-over'
      printedNumber: string | null
      edition: string
      counter: string | null
      at: Temporal.Instant
      /** The old card, while it has campus access; `until` is when that ends anyway. */
      old: { until: Temporal.Instant | null; kept: boolean } | null
    }
  | {
      kind: 'card-activated'
      printedNumber: string | null
      at: Temporal.Instant
      /** Start of the window that carries it; null where it does not wait for one (the last night). */
      windowStartsAt: Temporal.Instant | null
      /** The promise (the notice's point 9): until then the old card, from then on the new one. */
      oldUntil: Temporal.Instant | null
      newFrom: Temporal.Instant
      /** What does not move (the notice's point 10), and whom to ask. */
      staysBehind: readonly { name: string; owner: string }[]
    }
  | {
      kind: 'card-reported-lost'
      printedNumber: string | null
      at: Temporal.Instant
      issuer: { name: string; phones: string; riskHours: number; fromReceipt: boolean }
    }
  | {
      kind: 'doors-confirmed'
      printedNumber: string | null
      since: Temporal.Instant
      controllers: number
      replacesOld: boolean
    }
  | {
      kind: 'doors-waiting'
      printedNumber: string | null
      confirmed: number
      controllers: number
      /** Buildings whose controllers have not confirmed the new card; `oldWorks`: they hold the old one. */
      waiting: readonly { building: string; oldWorks: boolean }[]
    }

/** A message as it stands in the outbox. */
export interface Composed {
  kind: MessageKind
  subject: string
  body: string
}

/** A card number of which only the last four digits are shown. */
export const masked = (printedNumber: string): string =>
  `${'*'.repeat(Math.max(0, printedNumber.length - 4))}${printedNumber.slice(-4)}`

function sayWhen(moment: Temporal.Instant, { zone, language, now }: Reader): string {
  const local = moment.toZonedDateTimeISO(zone)
  const day = sayDay(local.toPlainDate(), language, now.toZonedDateTimeISO(zone).toPlainDate())
  const time = sayTime(local.toPlainTime())
  return language === 'zh-TW' ? `${day} ${time}` : `${time} on ${day}`
}

type Part = string | false | null
type Said = { subject: string; parts: readonly Part[] }

/** What is said between greeting and closing; a part that does not apply is false or null. */
function say(told: Told, reader: Reader): Said {
  const w = words[reader.language]
  const when = (moment: Temporal.Instant) => sayWhen(moment, reader)
  const card = told.printedNumber === null ? '' : w.lastDigits(told.printedNumber.slice(-4))
  switch (told.kind) {
    case 'card-handed-over': {
      const { edition, old, counter, printedNumber } = told
      const s = w.handedOver
      return {
        subject: s.subject(edition),
        parts: [
          [
            s.receipt(edition, when(told.at)),
            ...(counter === null ? [] : [s.counter(counter)]),
            ...(printedNumber === null ? [] : [s.number(masked(printedNumber))]),
          ].join('\n'),
          s.next,
          old && (old.until ? s.oldUntil(when(old.until)) : s.oldGoesOn),
          old?.kept === true && s.oldKept,
          w.askIfNotYou(reader.askAt),
        ],
      }
    }
    case 'card-activated': {
      const { windowStartsAt, oldUntil, newFrom, staysBehind } = told
      const s = w.activated
      const times = [
        windowStartsAt === null ? s.atOnce : s.window(when(windowStartsAt)),
        ...(oldUntil ? [s.old(when(oldUntil))] : []),
        s.new(when(newFrom)),
        ...(oldUntil ? [s.carryBoth(when(newFrom))] : []),
      ]
      return {
        subject: s.subject(when(newFrom)),
        parts: [
          s.accepted(card, when(told.at)),
          times.join('\n'),
          oldUntil !== null && s.purse,
          oldUntil !== null &&
            staysBehind.length > 0 &&
            s.staysBehind(staysBehind.map(each => s.stays(each.name, each.owner))),
          s.next,
          w.askIfNotYou(reader.askAt),
        ],
      }
    }
    case 'card-reported-lost': {
      const { issuer } = told
      const s = w.lost
      return {
        subject: s.subject,
        parts: [
          s.reported(card, when(told.at)),
          s.access,
          [
            s.purse(issuer.name),
            ...(issuer.phones ? [s.call(issuer.name, issuer.phones)] : []),
            ...(issuer.riskHours > 0 ? [s.risk(issuer.riskHours, issuer.name, issuer.fromReceipt)] : []),
          ].join('\n'),
          w.askIfNotYou(reader.askAt),
        ],
      }
    }
    case 'doors-confirmed': {
      const since = when(told.since)
      const s = w.confirmed
      return {
        subject: s.subject(since),
        parts: [s.since(card, since, told.controllers), told.replacesOld && s.leaveOld],
      }
    }
    case 'doors-waiting': {
      const { waiting } = told
      const s = w.waiting
      const named = (oldWorks: boolean) => {
        const buildings = waiting.filter(each => each.oldWorks === oldWorks).map(each => each.building)
        return sayList([...new Set(buildings)], reader.language, 'and')
      }
      const [withOld, withNone] = [named(true), named(false)]
      return {
        subject: s.subject,
        parts: [
          s.count(card, told.confirmed, told.controllers),
          withOld !== '' && s.oldWorks(withOld),
          withNone !== '' && s.noneWorks(withNone, reader.askAt),
          s.next,
        ],
      }
    }
  }
}

/** Writes a message to one reader: what happened, until when what works, and what it does not touch. */
export function compose(told: Told, reader: Reader): Composed {
  const w = words[reader.language]
  const { subject, parts } = say(told, reader)
  const kept = parts.filter(part => typeof part === 'string')
  const body = [w.greeting(reader.name), ...kept, w.closing(reader.campus)].join('\n\n')
  return { kind: told.kind, subject, body: `${body}\n` }
}

/** After this a message is not mailed any more: "until 15:00" helps nobody days later. It stays in the outbox. */
export const mailedWithinHours = 48

export type SendState = 'sent' | 'no-address' | 'no-mail-server' | 'given-up' | 'failing' | 'waiting'

/** How it stands with mailing a message; `mails` is whether a mail server is configured. */
export function sendStateOf(
  message: {
    recipient: string
    madeAt: Temporal.Instant
    sentAt: Temporal.Instant | null
    lastError: string | null
  },
  now: Temporal.Instant,
  mails: boolean,
): SendState {
  if (message.sentAt !== null) return 'sent'
  if (message.recipient === '') return 'no-address'
  if (!mails) return 'no-mail-server'
  const until = message.madeAt.add({ hours: mailedWithinHours })
  if (Temporal.Instant.compare(now, until) >= 0) return 'given-up'
  return message.lastError === null ? 'waiting' : 'failing'
}
