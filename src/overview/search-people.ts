import { stillFetched } from '../card/fetched.ts'
import { printChipNumber } from '../card/numbers.ts'
import { deskFormats, readScan } from '../card/read-scan.ts'
import { editionIssuedOn } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { plainWidth } from '../roster/student-number.ts'
import type { Act } from '../server/register.ts'
import type { CardState } from './card-states.ts'
import { patternsOf } from './searched.ts'

/** People that one search shows; of more it is said that there are more. */
export const mostFound = 50

/** Somebody who was found, with who they are and what became of their card. */
export interface Found {
  personId: number
  studentNumber: string
  nameZh: string
  nameEn: string
  department: string
  status: string
  card: CardState
  counter: string | null
  box: string | null
}

// At most four patterns (searched.ts); those that are missing are null.
const byTextSql = `select id from people_like(${mostFound + 1}, $1, $2, $3, $4) id`

const byCardSql = `
  with found as (
    select c.id from card c where c.chip in (select decode(t.chip, 'hex') from unnest($1::text[]) t(chip))
    union select c.id from card c where c.printed_number = any($2::text[])
    union select n.card_id from (select distinct number_format from controller) f
      join card_number n on n.format = f.number_format and n.number = $3 and n.retired_at is null)
  select distinct coalesce(h.person_id, c.made_for, l.person_id) as id
  from found f join card c on c.id = f.id left join handover h on h.card_id = c.id
  left join card_loan l on l.card_id = c.id and l.returned_at is null
  where coalesce(h.person_id, c.made_for, l.person_id) is not null limit ${mostFound + 1}`

/** The people of a number on a card, in its chip, or as a reader at a desk or a door sends it. */
async function byCard(act: Act, typed: string, programme: Programme): Promise<number[]> {
  const { studentNumber, printedNumber } = programme.campus
  const [chips, printed] = [new Set<string>(), new Set<string>()]
  for (const readerFormat of deskFormats) {
    const read = readScan(typed, { readerFormat, studentNumber, printedNumber })
    for (const mayBe of read.ok ? read.candidates : [])
      if (mayBe.is === 'chip') chips.add(printChipNumber(mayBe.chip))
      else if (mayBe.is === 'printed-number') printed.add(mayBe.printed.digits)
  }
  const plain = plainWidth(typed).trim()
  const atDoor = /^\d{1,10}$/.test(plain) ? Number(plain) : null
  if (chips.size + printed.size === 0 && atDoor === null) return []
  const values = [[...chips], [...printed], atDoor]
  return (await act.statement<{ id: number }>('people_by_card', byCardSql, values)).map(({ id }) => id)
}

const shownSql = `
  select p.id as "personId", p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn",
         p.department, p.status, coalesce(h.counter, k.counter) as counter, k.box,
         case when l.card_id is not null then 'lost' when z.card_id is not null then 'paused' when u.card_id is not null then 'in-use'
              when h.is_fetched then 'fetched' when h.card_id is not null then 'collected' when k.id is not null then 'waits' else 'none' end as card
  from person p
  left join lateral (select h.card_id, h.counter, ${stillFetched('h')} as is_fetched from handover h where h.person_id = p.id and h.edition = $2
                     order by upper_inf(h.held) desc, h.at desc limit 1) h on true
  left join card_lost l on l.card_id = h.card_id
  left join access_pause z on z.card_id = h.card_id and upper_inf(z.during)
  left join card_use u on u.card_id = h.card_id and u.during @> $3::timestamptz
  left join lateral (select c.id, c.counter, c.box from card c where c.made_for = p.id and c.edition = $2 and c.retired_at is null
                     and not exists (select from handover o where o.card_id = c.id) order by c.id limit 1) k on true
  where p.id = any($1::bigint[]) order by p.student_number limit ${mostFound}`

/** Some people as a search shows them, by student number; at most as many as one search shows. */
export async function shownPeople(act: Act, ids: readonly number[], programme: Programme): Promise<Found[]> {
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const edition = editionIssuedOn(programme, today)?.id ?? ''
  return act.statement<Found>('people_found', shownSql, [ids, edition, act.now])
}

/**
 * People by a part of their name in either script, their student number or address, or by a number of a card as it is
 * printed or as a reader sends it. What was searched for is kept nowhere; that it was, and how many were found, is.
 */
export async function searchPeople(act: Act, typed: string): Promise<{ people: Found[]; more: boolean }> {
  const patterns = patternsOf(typed)
  if (patterns.length === 0) return { people: [], more: false }
  const programme = await programmeInForce(act)
  const [byText, cards] = await Promise.all([
    act.statement<{ id: number }>('people_by_text', byTextSql, [...patterns, null, null, null].slice(0, 4)),
    byCard(act, typed, programme),
  ])
  const ids = [...new Set([...cards, ...byText.map(({ id }) => id)])]
  const people = await shownPeople(act, ids.slice(0, mostFound), programme)
  const more = ids.length > mostFound
  await act.note({ act: 'people searched', facts: { found: people.length, more } })
  return { people, more }
}
