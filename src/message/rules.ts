import { sayDay, sayList, sayTime, spaced } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import type { LeftUndone, NoticeKind } from '../update/notices.ts'
import { words } from './words.ts'

/** What people are told of, each once for what it tells of. */
export const messageKinds = [
  'card-handed-over',
  'card-activated',
  'card-reported-lost',
  'doors-confirmed',
  'doors-waiting',
  'staff-notice',
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

/** Why a building waits: somebody holds its updates, its controller is silent, or did not confirm. */
export type WaitingCause = 'held' | 'silent' | 'unconfirmed'

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
      waiting: readonly { building: string; oldWorks: boolean; cause: WaitingCause }[]
      /** The latest end of the next update, for what was sent and not confirmed. */
      expectedBy: Temporal.Instant
    }
  | {
      /** To the staff: an update needs somebody. It names buildings and counts, nobody. */
      kind: 'staff-notice'
      printedNumber: null
      cause: NoticeKind
      startsAt: Temporal.Instant
      /** People whose changes a guard stopped; else 0. */
      people: number
      /** Of missed windows: how many, and the start of the first; else null. */
      missed: { windows: number; first: Temporal.Instant } | null
      left: readonly { building: string; outcome: LeftUndone['outcome']; numbers: number }[]
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
  return language === 'zh-TW' ? `${day}${time}` : `${time} on ${day}`
}

type Of<Kind extends MessageKind> = Extract<Told, { kind: Kind }>

/** A subject, and what is said between greeting and closing; a part that does not apply is false or null. */
interface Said {
  subject: string
  parts: readonly (string | false | null)[]
}

/** A reader, and how a moment and the card are said to them. */
interface Saying extends Reader {
  when(this: void, moment: Temporal.Instant): string
  card: string
}

const sayings: { [Kind in MessageKind]: (told: Of<Kind>, to: Saying) => Said } = {
  'card-handed-over': ({ edition, old, counter, printedNumber, at }, { language, when, askAt }) => {
    const w = words[language].handedOver
    const receipt = [
      w.receipt(edition, when(at)),
      ...(counter === null ? [] : [w.counter(counter)]),
      ...(printedNumber === null ? [] : [w.number(masked(printedNumber))]),
    ]
    return {
      subject: w.subject(edition),
      parts: [
        receipt.join('\n'),
        w.next,
        old && (old.until ? w.oldUntil(when(old.until)) : w.oldGoesOn),
        old?.kept === true && w.oldKept,
        words[language].askIfNotYou(askAt),
      ],
    }
  },

  'card-activated': (told, { language, when, card, askAt }) => {
    const { windowStartsAt, oldUntil, newFrom, staysBehind } = told
    const w = words[language].activated
    const times = [
      windowStartsAt === null ? w.atOnce : w.window(when(windowStartsAt)),
      ...(oldUntil ? [w.old(when(oldUntil))] : []),
      w.new(when(newFrom)),
      ...(oldUntil ? [w.carryBoth(when(newFrom))] : []),
    ]
    const left = staysBehind.map(({ name, owner }) => w.stays(name, owner))
    return {
      subject: w.subject(when(newFrom)),
      parts: [
        w.accepted(card, when(told.at)),
        times.join('\n'),
        oldUntil !== null && w.purse,
        oldUntil !== null && left.length > 0 && w.staysBehind(left),
        w.next,
        words[language].askIfNotYou(askAt),
      ],
    }
  },

  'card-reported-lost': ({ at, issuer }, { language, when, card, askAt }) => {
    const w = words[language].lost
    const purse = [
      w.purse(issuer.name),
      ...(issuer.phones ? [w.call(issuer.name, issuer.phones)] : []),
      ...(issuer.riskHours > 0 ? [w.risk(issuer.riskHours, issuer.name, issuer.fromReceipt)] : []),
    ]
    return {
      subject: w.subject,
      parts: [w.reported(card, when(at)), w.access, purse.join('\n'), words[language].askIfNotYou(askAt)],
    }
  },

  'doors-confirmed': ({ since, controllers, replacesOld }, { language, when, card }) => {
    const w = words[language].confirmed
    return {
      subject: w.subject(when(since)),
      parts: [w.since(card, when(since), controllers), replacesOld && w.leaveOld],
    }
  },

  'doors-waiting': ({ waiting, confirmed, controllers, expectedBy }, { language, when, card, askAt }) => {
    const w = words[language].waiting
    const named = (which: (each: (typeof waiting)[number]) => boolean) =>
      sayList([...new Set(waiting.filter(which).map(each => each.building))], language, 'and')
    const [withOld, withNone] = [named(each => each.oldWorks), named(each => !each.oldWorks)]
    const of = (cause: WaitingCause) => named(each => each.cause === cause)
    const expected = [
      of('silent') && w.silent(of('silent')),
      of('held') && w.held(of('held')),
      of('unconfirmed') && w.unconfirmed(of('unconfirmed'), when(expectedBy)),
    ]
    return {
      subject: w.subject,
      parts: [
        w.count(card, confirmed, controllers),
        withOld !== '' && w.oldWorks(withOld),
        withNone !== '' && w.noneWorks(withNone, askAt),
        expected.filter(said => said !== '').join('\n') || null,
        w.next,
      ],
    }
  },

  'staff-notice': ({ cause, startsAt, people, missed, left }, { language, when }) => {
    const w = words[language].staff
    const places = left.map(({ building, outcome, numbers }) => w.left(building, w.outcome[outcome], numbers))
    return {
      subject: w.subject[cause](when(startsAt)),
      parts: [
        w.about[cause](when(startsAt), missed?.windows ?? people, when(missed?.first ?? startsAt)),
        places.length > 0 && w.where(places),
        w.next[cause],
        w.why,
      ],
    }
  },
}

/** Writes a message to one reader: what happened, until when what works, and what it does not touch. */
export function compose(told: Told, reader: Reader): Composed {
  const w = words[reader.language]
  const digits = told.printedNumber?.slice(-4)
  const to: Saying = {
    ...reader,
    when: moment => sayWhen(moment, reader),
    card: digits === undefined ? '' : w.lastDigits(digits),
  }
  const say = sayings[told.kind] as (told: Told, to: Saying) => Said
  const { subject, parts } = say(told, to)
  const kept = parts.filter(part => typeof part === 'string').map(spaced)
  const body = [w.greeting(reader.name), ...kept, w.closing(reader.campus)].join('\n\n')
  return { kind: told.kind, subject: spaced(subject), body: `${body}\n` }
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
