import { spaced } from '../lib/say.ts'
import { type Reader, type Said, type Saying, sayWhen } from './letter.ts'
import { type BatchTold, sayBatchTold } from './say-batch.ts'
import { type CalendarTold, sayCalendarTold } from './say-calendar.ts'
import { type CardTold, sayCardTold } from './say-card.ts'
import { type CorrectionTold, sayCorrectionTold } from './say-correction.ts'
import { type DoorsTold, sayDoorsTold } from './say-doors.ts'
import { type EmergencyTold, sayEmergency } from './say-emergency.ts'
import { type ExtrasTold, sayExtrasTold } from './say-extras.ts'
import { type LetterTold, sayLetterTold } from './say-letter.ts'
import { type LossTold, sayLossTold } from './say-loss.ts'
import { type PhotoTold, sayPhotoTold } from './say-photo.ts'
import { type PlacesTold, sayPlacesTold } from './say-places.ts'
import { type ProxyTold, sayProxyTold } from './say-proxy.ts'
import { type RefundTold, sayRefundTold } from './say-refund.ts'
import { type ReissueTold, sayReissueTold } from './say-reissue.ts'
import { type DoorDigestTold, type StaffTold, sayDoorDigest, sayStaffTold } from './say-staff.ts'
import { type StatusTold, sayStatusTold } from './say-status.ts'
import { words } from './words.ts'

/** What a message tells of. Names and places are already in the reader's language. */
export type Told =
  | CardTold
  | BatchTold
  | LossTold
  | PlacesTold
  | ExtrasTold
  | ReissueTold
  | RefundTold
  | ProxyTold
  | DoorsTold
  | StatusTold
  | PhotoTold
  | CorrectionTold
  | CalendarTold
  | StaffTold
  | DoorDigestTold
  | EmergencyTold
  | LetterTold

const sayings = {
  ...sayCardTold,
  ...sayBatchTold,
  ...sayLossTold,
  ...sayPlacesTold,
  ...sayExtrasTold,
  ...sayReissueTold,
  ...sayRefundTold,
  ...sayProxyTold,
  ...sayDoorsTold,
  ...sayStatusTold,
  ...sayPhotoTold,
  ...sayCorrectionTold,
  ...sayCalendarTold,
  ...sayStaffTold,
  ...sayDoorDigest,
  ...sayEmergency,
  ...sayLetterTold,
}

export type MessageKind = Told['kind']

/** What people are told of, each once for what it tells of. */
export const messageKinds = Object.keys(sayings) as MessageKind[]

/** A message as it stands in the outbox. */
export interface Composed {
  kind: MessageKind
  subject: string
  body: string
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

export type SendState =
  | 'sent'
  | 'not-needed'
  | 'no-address'
  | 'no-mail-server'
  | 'given-up'
  | 'failing'
  | 'waiting'

/** How it stands with mailing a message; `mails` is whether a mail server is configured. */
export function sendStateOf(
  message: {
    recipient: string
    madeAt: Temporal.Instant
    sentAt: Temporal.Instant | null
    lastError: string | null
    /** It brings a code that was worth nothing before it was mailed. */
    codeEnded: boolean
  },
  now: Temporal.Instant,
  mails: boolean,
): SendState {
  if (message.sentAt !== null) return 'sent'
  if (message.codeEnded) return 'not-needed'
  if (message.recipient === '') return 'no-address'
  if (!mails) return 'no-mail-server'
  const until = message.madeAt.add({ hours: mailedWithinHours })
  if (Temporal.Instant.compare(now, until) >= 0) return 'given-up'
  return message.lastError === null ? 'waiting' : 'failing'
}
