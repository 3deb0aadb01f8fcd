import { Type } from 'typebox'
import {
  BothNames,
  bringGroups,
  closed,
  DateOn,
  dated,
  Id,
  many,
  Phone,
  personKinds,
  SourceText,
  WallTime,
} from './shape-parts.ts'

/** What a fee is asked for; `exchange` is the change of edition itself (notice's point 3: free). */
export const feePurposes = [
  'exchange',
  'reissue',
  'loss-handling',
  'registered-mail',
  'bank-transfer',
] as const
export type FeePurpose = (typeof feePurposes)[number]

/** A fee in whole minor units, on its days; with `kinds` only of these people, before a fee of everybody's. */
export const Fee = closed({
  id: Id,
  for: Type.Enum([...feePurposes]),
  kinds: Type.Optional(many(Type.Enum([...personKinds]), 10)),
  amount: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
  ...dated,
  source: Type.Optional(SourceText),
})

/** The refund of a pass: its price less so much for each day begun, less handling; never below nothing. */
const PassRefund = closed({
  price: Type.Integer({ minimum: 0 }),
  perDay: Type.Integer({ minimum: 1 }),
  handling: Type.Integer({ minimum: 0 }),
  source: Type.Optional(SourceText),
})

/** How what is on a card gets back to its holder; the issuer pays, the money never passes the desk. */
export const refundWays = ['bank', 'registered-mail'] as const
export type RefundWay = (typeof refundWays)[number]

/** How the banks of a country write an account. */
export const bankAccounts = ['taiwan', 'iban'] as const
export type BankAccountForm = (typeof bankAccounts)[number]

/** Who keeps the stored value: what a report costs the holder in time and risk, and how the issuer is told. */
export const Issuer = closed({
  name: BothNames,
  phones: many(Phone, 20, 0),
  /** For so long after the clock starts the holder bears what is spent from a lost card. */
  riskHours: Type.Integer({ minimum: 0, maximum: 240 }),
  clockStarts: Type.Enum(['reported', 'received-by-issuer']),
  /** Wall times at which loss reports leave for the issuer; none: at once, and then nothing can be taken back. */
  sendsAt: many(WallTime, 24, 0),
  /** How many days ahead the holder may put a report off ("send it at 18:00 unless I find it"); 0: not at all. */
  schedulesAtMostDays: Type.Integer({ minimum: 0, maximum: 30 }),
  refundWays: many(Type.Enum([...refundWays]), 2),
  refundWorkingDays: Type.Integer({ minimum: 1, maximum: 365 }),
  /** How accounts are written for transfers: bank, branch and 14 digits as in Taiwan unless said, or an IBAN. */
  bankAccount: Type.Optional(Type.Enum([...bankAccounts])),
  /** What a card can hold at most, in whole minor units: a payment of more is told as a difference. */
  balanceAtMost: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000 })),
})

/** Why a card is issued anew. */
export const reissueReasons = ['lost', 'damaged', 'name-changed'] as const
export type ReissueReason = (typeof reissueReasons)[number]

/** How a reissue is paid. */
export const paymentWays = ['online', 'kiosk', 'counter'] as const
export type PaymentWay = (typeof paymentWays)[number]

/** A card issued anew: who pays what and how, where it is collected, and what becomes of it when the lost one is found. */
export const Reissue = closed({
  lostOldBeforePickup: Type.Enum(['free-new-card', 'pays-reissue']),
  /** Until when a card found again gets its campus access back; its stored value stays locked in any case. */
  foundAgain: Type.Enum(['until-produced', 'never']),
  /** What becomes of a fee that was paid when the lost card is found again. */
  feeWhenFoundAgain: Type.Enum(['kept', 'paid-back']),
  unpaidLapsesAfterMonths: Type.Integer({ minimum: 1, maximum: 24 }),
  /** Days after the application on which who has not paid is reminded. */
  remindsUnpaidAfterDays: many(Type.Integer({ minimum: 1, maximum: 700 }), 20, 0),
  /** Where reissued cards are collected, and with what: a lost card cannot be shown. */
  at: many(Id, 50),
  bring: bringGroups,
  /** Who pays how; the first that names the person's kind counts, and each kind is named. */
  pays: many(
    closed({
      kinds: many(Type.Enum([...personKinds]), 10),
      ways: many(Type.Enum([...paymentWays]), 3),
    }),
    10,
  ),
  /** Of which reasons the holder may say that the fee is not due ("it broke by itself"); the office decides. */
  feeDisputedFor: many(Type.Enum([...reissueReasons]), 3, 0),
  kiosks: many(closed({ id: Id, name: BothNames, place: BothNames, site: Id }), 50, 0),
})

/** How much one of the staff pays back alone on a day, in whole minor units; more waits for a second person. No limit unless said. */
export const Repayments = closed({
  /** To the same person; and to whoever paid at a kiosk and is not known. */
  aloneAtMost: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
  /** To everybody together. */
  aloneAtMostADay: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
  /** For how many days it waits, the first included; then it ends by itself. */
  waitsDays: Type.Integer({ minimum: 1, maximum: 60 }),
})
export type Repayments = Type.Static<typeof Repayments>

/** How the holder proves to have the card in hand. */
export const Activation = closed({
  /** After so many wrong guesses within the minutes, further ones are not looked at until the first of them is that old. */
  wrongTries: Type.Integer({ minimum: 3, maximum: 20 }),
  waitMinutes: Type.Integer({ minimum: 1, maximum: 1_440 }),
})

/** Cards of a pool that a counter lends, for some days, to who stands there with a card that opens no door. */
export const TemporaryCards = closed({
  /** Their own edition: never one that is given, and none that the deadline ends. */
  edition: Id,
  /** How many days a loan goes on at most, its first one included. */
  daysAtMost: Type.Integer({ minimum: 1, maximum: 60 }),
  /** Where they lie, are lent and taken back. */
  counters: many(Id, 50),
})

/** What a holder may have somebody else collect. */
export const proxyErrands = ['first-card', 'reissue'] as const
export type ProxyErrand = (typeof proxyErrands)[number]

/** Whether, and for which cards and groups, a holder may name somebody else who collects; one person at a time. */
export const ProxyRules = closed({
  allowed: Type.Boolean(),
  for: many(Type.Enum([...proxyErrands]), 2),
  /** Only these cohorts; without it every one. */
  cohorts: Type.Optional(many(Id, 100)),
  /** What the proxy brings beside the one-time code. */
  bring: bringGroups,
  /** For how many days a naming is good, its first one included. */
  daysGood: Type.Integer({ minimum: 1, maximum: 60 }),
})
export type ProxyRules = Type.Static<typeof ProxyRules>

/** Whether a class representative fetches the cards of others, how many at once, and until when they bring back the rest. */
export const BatchRules = closed({
  mostCards: Type.Integer({ minimum: 1, maximum: 200 }),
  /** For how many days they keep what they could not give, the first included. */
  backWithinDays: Type.Integer({ minimum: 1, maximum: 60 }),
})
export type BatchRules = Type.Static<typeof BatchRules>

/** One thing that stays on the old card. */
export const StaysBehind = closed({
  id: Id,
  name: BothNames,
  owner: BothNames,
  advice: BothNames,
  /** Where it is set up again, and when somebody is there, as people read it. */
  place: Type.Optional(BothNames),
  hours: Type.Optional(BothNames),
  phones: Type.Optional(many(Phone, 20)),
  link: Type.Optional(Type.String({ pattern: '^https://[^\\s]{4,300}$' })),
  /** The last day on which it can be done. */
  until: Type.Optional(DateOn),
  /** Whether money is lost by waiting, or by not waiting: it stands first. */
  moneyAtStake: Type.Optional(Type.Boolean()),
  /** What costs the holder something if it is done in the wrong order. */
  warning: Type.Optional(BothNames),
  refund: Type.Optional(PassRefund),
})

/** What the holder of a missing card may do. */
export const Loss = closed({
  /** How often the holder gives a card's paused campus access back without coming to a desk. */
  pausesAtMost: Type.Integer({ minimum: 0, maximum: 100 }),
  /** Of a new card that is lost before the doors have switched to it: whether the old one goes on opening them. */
  newLostBeforeDoors: Type.Enum(['old-card-goes-on', 'neither-opens']),
  /** Places of the university that are written to when a card is reported lost, and when that is over; none unless said. */
  tells: Type.Optional(
    many(
      closed({
        id: Id,
        name: BothNames,
        email: Type.String({ pattern: '^[^@\\s\\x00-\\x1f]+@[^@\\s\\x00-\\x1f]+$', maxLength: 254 }),
        language: Type.Enum(['zh-TW', 'en']),
        /** Whether it needs to know whose card it is (a library); else only the card's last digits are said. */
        withStudentNumber: Type.Optional(Type.Boolean()),
      }),
      20,
      0,
    ),
  ),
})

/** What a photo must be like, and whether holders send one themselves. */
export const PhotoRules = closed({
  /** In pixels, upright. */
  minWidth: Type.Integer({ minimum: 50, maximum: 4_000 }),
  minHeight: Type.Integer({ minimum: 50, maximum: 4_000 }),
  /** Of a photo that fits the card, and by how much one may differ. */
  proportions: closed({
    width: Type.Integer({ minimum: 1, maximum: 1_000 }),
    height: Type.Integer({ minimum: 1, maximum: 1_000 }),
    tolerancePercent: Type.Integer({ minimum: 0, maximum: 50 }),
  }),
  /** Whether a holder may send one from the phone; the office looks at each. */
  holdersSend: Type.Boolean(),
  /** After so many years a clerk is told to look twice. */
  oldAfterYears: Type.Integer({ minimum: 1, maximum: 50 }),
})
export type PhotoRules = Type.Static<typeof PhotoRules>

/** What a card is ordered with from the card maker. */
export const Production = closed({
  /** Whether nobody's card is ordered without an accepted photo, or one is only wished for. */
  photo: Type.Enum(['required', 'wished']),
})

/** At which hours of a day people are told what the day brings, and of what they are told at all. */
export const Messages = closed({
  /** Nobody is written to before or after: what a day brings is told between these wall times. */
  from: WallTime,
  until: WallTime,
  /** The day on which the programme is announced to the people it concerns; its first day unless said. */
  announcedOn: Type.Optional(DateOn),
  /** Whether those whom the change does not concern are told so, too. */
  announcedTo: Type.Enum(['concerned', 'everybody']),
  /** From when on the keepers of doors are told of cards that changed, in one mail a day. */
  doorOwnersFrom: WallTime,
})

/** From when on somebody counts as stuck, and what becomes of cards that nobody collected. */
export const Overview = closed({
  /** Days after which a card that was collected and not activated is a case for the office. */
  notActivatedDays: Type.Integer({ minimum: 1, maximum: 365 }),
  /** Days after which a reissue that is settled should have its card. */
  notMadeDays: Type.Integer({ minimum: 1, maximum: 365 }),
  /** Days after which paused campus access that was neither resumed nor reported lost is a case. */
  pausedDays: Type.Integer({ minimum: 1, maximum: 365 }),
  /** A letter to more people than this is looked at a second time. */
  secondLookPeople: Type.Integer({ minimum: 1, maximum: 20_000 }),
  /** What is done after the deadline with cards that nobody collected. */
  uncollected: Type.Enum(['keep', 'send-back', 'destroy']),
})

/** Until when the student fare lasts that a card carries: which year after entry, and on which day of it. */
export const StudentFare = closed({
  years: Type.Integer({ minimum: 1, maximum: 20 }),
  endsMonth: Type.Integer({ minimum: 1, maximum: 12 }),
  endsDay: Type.Integer({ minimum: 1, maximum: 31 }),
  /** How many days before that its holder is told to have it prolonged; nobody is, unless said. */
  reminds: Type.Optional(
    closed({
      remindDaysBefore: Type.Integer({ minimum: 1, maximum: 300 }),
      /** Where it is prolonged. */
      at: many(Id, 50),
    }),
  ),
})
