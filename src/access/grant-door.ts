import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { nextWindow, type Window } from '../programme/timetable.ts'
import type { Act } from '../server/register.ts'
import { type GrantRefusal, mayGrant } from './grant-rules.ts'
import { grantFacts, grantOf, keepEnd } from './grant-store.ts'
import { reachesDoor } from './reach.ts'

/** Individual access to one door for one card, granted by the door's owner. */
export interface DoorGrant {
  cardId: number
  personId: number
  doorId: string
  owner: { 'zh-TW': string; en: string }
  grantedAt: Temporal.Instant
}

const grantSql = `
  insert into individual_grant (card_id, door_id, owner_zh, owner_en, granted_at)
  select * from jsonb_to_recordset($1::jsonb)
    as r("cardId" bigint, "doorId" text, "ownerZh" text, "ownerEn" text, "grantedAt" timestamptz)
  on conflict (card_id, door_id) where ended_at is null do nothing returning id`

/**
 * Grants doors to cards, beside what the access groups open. A grant hangs on the card and does not follow to
 * the next one (the notice's point 10). Says the ids of those that were not granted already.
 */
export async function grantDoors(act: Act, grants: readonly DoorGrant[]): Promise<number[]> {
  if (grants.length === 0) return []
  const rows = grants.map(({ owner, ...grant }) => ({ ...grant, ownerZh: owner['zh-TW'], ownerEn: owner.en }))
  const kept = await act.statement<{ id: number }>('grant_doors', grantSql, [JSON.stringify(rows)])
  await act.note(
    ...grants.map(({ personId, cardId, doorId }) => ({
      act: 'door granted',
      personId,
      cardId,
      facts: { door: doorId },
    })),
  )
  return kept.map(({ id }) => id)
}

/** A door as it was granted: to which card, and which window carries it. */
export interface Granted {
  grantId: number
  printedNumber: string | null
  /** When the card's own campus access ends, and the grant with it; null where no end is set. */
  until: Temporal.Instant | null
  window: Window
}

async function windowFor(act: Act): Promise<Window> {
  const { timetable, campus } = await programmeInForce(act)
  return nextWindow(timetable, campus.zone, act.now)
}

/**
 * Grants a door to the card that a student uses now, in the name of the door's owner. Null where the actor reaches no such door.
 * It opens with the next window.
 */
export async function grantDoor(
  act: Act,
  wish: { doorId: string; studentNumber: string; owner: DoorGrant['owner'] },
): Promise<Decision<Granted, GrantRefusal> | null> {
  const { doorId, owner } = wish
  if (!(await reachesDoor(act, doorId))) return null
  const { facts, personId, card } = await grantFacts(act, await programmeInForce(act), wish)
  const decision = mayGrant(facts)
  if (!decision.ok) return decision
  const { cardId } = decision
  const [grantId] = await grantDoors(act, [
    { cardId, personId: personId!, doorId, owner, grantedAt: act.now },
  ])
  if (grantId === undefined) throw new Error(`door ${doorId} was granted to card ${cardId} meanwhile`)
  const { printedNumber, until } = card!
  return yes({ grantId, printedNumber, until, window: await windowFor(act) })
}

/**
 * Ends a grant; the door refuses the card from the next window on. Null where the actor reaches no such
 * door, or it has no such grant. Ending it again is harmless.
 */
export async function endGrant(
  act: Act,
  { grantId, doorId }: { grantId: number; doorId: string },
): Promise<{ again: boolean; endedAt: Temporal.Instant; window: Window } | null> {
  const grant = (await reachesDoor(act, doorId)) ? await grantOf(act, grantId, doorId) : null
  if (grant === null) return null
  const window = await windowFor(act)
  if (grant.endedAt) return { again: true, endedAt: grant.endedAt, window }
  await keepEnd(act, grantId)
  const { personId, cardId } = grant
  await act.note({ act: 'door grant ended', personId, cardId, facts: { door: doorId, grant: grantId } })
  return { again: false, endedAt: act.now, window }
}
