import { Type } from 'typebox'
import { sayMoney } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import { joined, piecesOf } from '../programme/notice.ts'
import { passRefundTable, phonesOn } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { templateValues } from '../programme/template.ts'
import { nextWindow } from '../programme/timetable.ts'
import type { Act } from '../server/register.ts'
import { Moment, orNull } from '../server/shapes.ts'
import { type DoorExtra, type Extra, extrasOf, marks } from './rules.ts'
import { extraFacts, type NamedGrant } from './store.ts'

const DoorShape = Type.Object({
  id: Type.String(),
  door: Type.String(),
  building: Type.String(),
  owner: Type.String(),
  grantedAt: Moment,
  state: Type.Enum(['set-up-again', 'requested', 'declined', 'not-needed', 'done', 'works']),
  requestedAt: orNull(Moment),
  reason: orNull(Type.String({ description: 'Why its owner declined' })),
  opensFrom: orNull(
    Type.Object(
      { startsAt: Moment, endsBy: Moment },
      { description: 'Granted again: the update that tells the door' },
    ),
  ),
  worksSince: orNull(
    Type.String({ format: 'date-time', description: 'When the door was read and held the new card' }),
  ),
})

const ItemShape = Type.Object({
  id: Type.String(),
  name: Type.String(),
  owner: Type.String({ description: 'Who sets it up for the new card' }),
  advice: Type.String(),
  warning: orNull(Type.String()),
  place: orNull(Type.String()),
  hours: orNull(Type.String()),
  phones: Type.Array(Type.String()),
  link: orNull(Type.String()),
  until: orNull(Type.String({ format: 'date', description: 'The last day on which it can be done' })),
  state: Type.Enum(['ask-yourself', 'set-up-again', 'requested', 'declined', 'done', 'not-mine']),
  markedAt: orNull(Moment),
  refund: orNull(
    Type.Object(
      {
        price: Type.String(),
        days: Type.Array(Type.Object({ day: Type.Integer(), amount: Type.Integer(), said: Type.String() })),
      },
      { description: 'Of a pass that is returned early: what is paid back on its n-th day, down to nothing' },
    ),
  ),
  runsUntil: orNull(
    Type.String({
      format: 'date',
      description: 'Until when the pass on the old card runs, as its holder said',
    }),
  ),
  doors: Type.Array(DoorShape),
})

/** The checklist of what stays on the old card, as the API and the page show it. */
export const ExtrasShape = Type.Object({ items: Type.Array(ItemShape) })
export type ExtrasList = Type.Static<typeof ExtrasShape>
export type ExtraItem = ExtrasList['items'][number]

/** What a holder may say of an item; null takes it back. */
export const MarkShape = orNull(Type.Enum([...marks]))

function doorReply(
  { grant, state, grantedAgainAt }: DoorExtra<NamedGrant>,
  { timetable, campus }: Programme,
  language: Language,
): ExtraItem['doors'][number] {
  const window = grantedAgainAt && nextWindow(timetable, campus.zone, grantedAgainAt)
  return {
    id: grant.doorId,
    door: grant.door[language],
    building: grant.building[language],
    owner: grant.owner[language],
    grantedAt: grant.grantedAt.toString(),
    state,
    requestedAt: grant.task?.askedAt.toString() ?? null,
    reason: grant.task?.declined?.reason ?? null,
    opensFrom: window && { startsAt: window.startsAt.toString(), endsBy: window.endsBy.toString() },
    worksSince: state === 'works' ? (grant.readBackAt?.toString() ?? null) : null,
  }
}

function refundReply(
  { refund }: Extra<NamedGrant>['item'],
  { campus: { currency } }: Programme,
): ExtraItem['refund'] {
  if (refund === undefined) return null
  const days = passRefundTable(refund).map(row => ({ ...row, said: sayMoney(row.amount, currency) }))
  return { price: sayMoney(refund.price, currency), days }
}

/** The same as a desk sees it: until when a pass runs was told to its holder to be seen by nobody else. */
export async function extrasAtDesk(act: Act, personId: number, language: Language): Promise<ExtrasList> {
  const { items } = await listExtras(act, personId, language)
  return { items: items.map(item => ({ ...item, runsUntil: null })) }
}

/** The person's checklist in one language; empty for who has no earlier card. */
export async function listExtras(act: Act, personId: number, language: Language): Promise<ExtrasList> {
  const programme = await programmeInForce(act)
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const values = templateValues(programme, language, today)
  const extras = extrasOf(programme, await extraFacts(act, personId, programme))
  return {
    items: extras.map(extra => {
      const { item, state, doors, mark, runsUntil } = extra
      return {
        id: item.id,
        name: item.name[language],
        owner: item.owner[language],
        advice: joined(piecesOf(programme, item.advice[language], values)),
        warning: item.warning?.[language] ?? null,
        place: item.place?.[language] ?? null,
        hours: item.hours?.[language] ?? null,
        phones: phonesOn(item.phones ?? [], today),
        link: item.link ?? null,
        until: item.until ?? null,
        state,
        markedAt: mark?.at.toString() ?? null,
        refund: refundReply(item, programme),
        runsUntil: runsUntil?.toString() ?? null,
        doors: doors.map(door => doorReply(door, programme, language)),
      }
    }),
  }
}
