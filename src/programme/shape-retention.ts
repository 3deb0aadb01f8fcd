import { Type } from 'typebox'
import { closed } from './shape-parts.ts'

const Days = Type.Integer({ minimum: 1, maximum: 36_500 })

/** For how long what is kept of people is kept, before it is forgotten at night (src/privacy, src/update/retention.ts). */
export const Retention = closed({
  signatureDays: Days,
  photoDays: Days,
  /** For how long after its end a refund's account or address is kept, for what banks send back; 90 unless said. */
  refundDays: Type.Optional(Days),
  /** For how long after the end of a naming it is kept who the proxy was; 90 unless said. */
  proxyDays: Type.Optional(Days),
  /** Answers that are kept for a request which comes again; 48 unless said. */
  requestHours: Type.Optional(Type.Integer({ minimum: 24, maximum: 720 })),
  /** Files that an office or another access system gave or was given, after they were applied or came; 30 unless said. */
  fileDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })),
  /** Wrong guesses, proofs that were shown, and second persons who were asked to no use; 30 unless said. */
  attemptDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })),
  /** What people were told: messages, letters, and the devices that had them; 12 unless said. */
  messageMonths: Type.Optional(Type.Integer({ minimum: 1, maximum: 120 })),
  /** Files for the issuer, and what it answered; 12 unless said. */
  issuerMonths: Type.Optional(Type.Integer({ minimum: 1, maximum: 120 })),
  /** Who somebody was, after they graduated or withdrew; 24 unless said. */
  leaverMonths: Type.Optional(Type.Integer({ minimum: 6, maximum: 240 })),
  /** Who looked at whom; 12 unless said. */
  lookMonths: Type.Optional(Type.Integer({ minimum: 6, maximum: 36 })),
  /** Corrections that people asked for, after their answer; 12 unless said. */
  correctionMonths: Type.Optional(Type.Integer({ minimum: 6, maximum: 120 })),
  /** What happened at the doors, by whole months of storing; 3 unless said. */
  eventMonths: Type.Optional(Type.Integer({ minimum: 1, maximum: 120 })),
  /** What was wanted and confirmed at the doors before what is now; 24 unless said. */
  historyMonths: Type.Optional(Type.Integer({ minimum: 3, maximum: 240 })),
})
