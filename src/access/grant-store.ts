import type { Programme } from '../programme/shape.ts'
import { isNarrowed } from '../server/acting.ts'
import type { Act } from '../server/register.ts'
import { rowsOf, unlimited } from '../server/rows-of.ts'
import type { GrantFacts } from './grant-rules.ts'
import { inUse } from './store.ts'

// Locked, so that of a grant and an activation at the same time the later one sees what the earlier one wrote.
const personSql = `
  select id, status, department, hall from person where student_number = $1 for no key update`

const cardSql = `
  select u.card_id as "cardId", c.printed_number as "printedNumber", upper(u.during) as until
  from card_use u join card c on c.id = u.card_id
  where u.person_id = $1 and u.kind = 'student' and ${inUse}
  order by lower(u.during) desc limit 1`

const grantedSql = `
  select granted_at as "grantedAt", owner_zh as "ownerZh", owner_en as "ownerEn"
  from individual_grant where card_id = $1 and door_id = $2 and ended_at is null`

const groupSql = `
  select g.id, g.name_zh as "nameZh", g.name_en as "nameEn"
  from access_group g join access_group_door d on d.group_id = g.id
  where d.door_id = $1 and case g.members when 'campus' then true when 'faculty' then g.member_key = $2
    else g.member_key = $3 end
  order by g.id limit 1`

interface Person {
  id: number
  status: string
  department: string
  hall: string | null
}

interface Card {
  cardId: number
  printedNumber: string | null
  until: Temporal.Instant | null
}

/** What the rule asks, and whom and which card it is about. */
export interface GrantLoaded {
  facts: GrantFacts
  personId: number | null
  card: Card | null
}

/**
 * What decides whether a student's card may be granted a door, read under a lock on the person: whoever it is, also of an
 * owner whose doors the student opens none of yet.
 */
export const grantFacts = (
  act: Act,
  programme: Programme,
  about: { studentNumber: string; doorId: string },
): Promise<GrantLoaded> =>
  isNarrowed(act.actor)
    ? act.asItself(() => readGrant(act, programme, about))
    : readGrant(act, programme, about)

async function readGrant(
  act: Act,
  programme: Programme,
  { studentNumber, doorId }: { studentNumber: string; doorId: string },
): Promise<GrantLoaded> {
  const [person] = await act.statement<Person>('grant_person', personSql, [studentNumber])
  if (!person)
    return { facts: { person: null, card: null, granted: null, group: null }, personId: null, card: null }
  const faculty = programme.departments.find(({ id }) => id === person.department)?.faculty ?? null
  const [[card], [group]] = await Promise.all([
    act.statement<Card>('grant_card', cardSql, [person.id]),
    act.statement<NonNullable<GrantFacts['group']>>('grant_group', groupSql, [doorId, faculty, person.hall]),
  ])
  type Granted = { grantedAt: Temporal.Instant; ownerZh: string; ownerEn: string }
  const [granted] = card
    ? await act.statement<Granted>('grant_granted', grantedSql, [card.cardId, doorId])
    : []
  const { zone } = programme.campus
  const on = granted?.grantedAt.toZonedDateTimeISO(zone).toPlainDate().toString()
  return {
    facts: {
      person: { enrolled: person.status === 'enrolled' },
      card: card ? { cardId: card.cardId } : null,
      granted: granted ? { on: on!, ownerZh: granted.ownerZh, ownerEn: granted.ownerEn } : null,
      group: group ?? null,
    },
    personId: person.id,
    card: card ?? null,
  }
}

const grantSql = `
  select g.id, g.card_id as "cardId", g.ended_at as "endedAt", h.person_id as "personId"
  from individual_grant g join handover h on h.card_id = g.card_id
  where g.id = $1 and g.door_id = $2 for update of g`

/** A grant of a door, held until the act ends; null where the door has no such grant. */
export async function grantOf(act: Act, grantId: number, doorId: string) {
  type Row = { id: number; cardId: number; personId: number; endedAt: Temporal.Instant | null }
  const [row] = await act.statement<Row>('grant_of', grantSql, [grantId, doorId])
  return row ?? null
}

/** Keeps that a grant ended. */
export async function keepEnd(act: Act, grantId: number): Promise<void> {
  const sql = 'update individual_grant set ended_at = greatest(granted_at, $2) where id = $1'
  await act.statement('end_grant', sql, [grantId, act.now])
}

/** A grant as its door's list shows it. */
export interface ListedGrant {
  id: number
  personId: number
  studentNumber: string
  printedNumber: string | null
  owner: { 'zh-TW': string; en: string }
  grantedAt: Temporal.Instant
  endedAt: Temporal.Instant | null
  /** Whether the card has campus access now, and its holder is enrolled. */
  opens: boolean
  /** Whether the holder has another card in use, to which the door was not granted. */
  movedOn: boolean
}

const grantsSql = `
  select g.id, p.id as "personId", p.student_number as "studentNumber", c.printed_number as "printedNumber",
         jsonb_build_object('zh-TW', g.owner_zh, 'en', g.owner_en) as owner,
         g.granted_at as "grantedAt", g.ended_at as "endedAt",
         g.ended_at is null and p.status = 'enrolled' and mine.card_id is not null as opens,
         g.ended_at is null and mine.card_id is null and exists (
           select from card_use u where u.person_id = p.id and u.during @> $2::timestamptz
             and not exists (select from individual_grant i where i.card_id = u.card_id and i.door_id = $1
                             and i.ended_at is null)) as "movedOn"
  from individual_grant g
  join card c on c.id = g.card_id
  join handover h on h.card_id = g.card_id
  join person p on p.id = h.person_id
  left join card_use mine on mine.card_id = g.card_id and mine.during @> $2::timestamptz
  where g.door_id = $1 and ($5 or g.ended_at is null) and g.id > $3
  order by g.id limit $4`

/** A door's grants, oldest first, after one of them; with the ended ones when asked. */
export const grantsOf = (
  act: Act,
  doorId: string,
  page: { after: number; limit: number; ended: boolean },
): Promise<ListedGrant[]> =>
  act.statement<ListedGrant>('grants_of_door', grantsSql, [
    doorId,
    act.now,
    page.after,
    page.limit,
    page.ended,
  ])

/** All of a door's grants that go on, a few hundred in memory at a time. */
export const everyGrantOf = (act: Act, doorId: string): AsyncGenerator<ListedGrant> =>
  rowsOf<ListedGrant>(act, 'export_grants', grantsSql, [doorId, act.now, 0, unlimited, false])
