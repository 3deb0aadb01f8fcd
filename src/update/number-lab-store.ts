import type { Doors } from '../access/rules.ts'
import type { Act } from '../server/register.ts'

/** A card that a number may be, and who holds it or whose pack it lies in. */
export interface LabCard {
  cardId: number
  edition: string
  chip: Buffer
  retired: boolean
  lost: boolean
  personId: number | null
  studentNumber: string | null
  nameZh: string | null
  nameEn: string | null
}

const cardSql = `
  select c.id as "cardId", c.edition, c.chip, c.retired_at is not null as retired, l.card_id is not null as lost,
         p.id as "personId", p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn"
  from card c
  left join handover h on h.card_id = c.id
  left join card_lost l on l.card_id = c.id
  left join person p on p.id = coalesce(h.person_id, c.made_for)`

// Patterns leave bytes open, so that every chip is looked at; a stock of tens of thousands takes some milliseconds.
const matchingSql = `${cardSql}
  where encode(c.chip, 'hex') like any($1::text[]) or c.printed_number = $2
     or c.id in (select card_id from card_number where number = any($3::bigint[]))
  order by c.retired_at is not null, c.id desc limit $4`

/** Cards that fit a pattern (hexadecimal, `??` for an open byte), have this number printed, or have it at some door. */
export const cardsMatching = (
  act: Act,
  {
    patterns,
    printed,
    numbers,
  }: { patterns: readonly string[]; printed: string; numbers: readonly number[] },
  most: number,
): Promise<LabCard[]> =>
  act.statement<LabCard>('lab_cards', matchingSql, [
    patterns.map(pattern => pattern.toLowerCase().replaceAll('?', '_')),
    printed,
    numbers,
    most,
  ])

const sharingSql = `${cardSql}
  where right(encode(c.chip, 'hex'), 6) = any($1::text[]) order by c.retired_at is not null, c.id limit $2`

/** Cards whose chips end in the same 24 bits as one of these. */
export const cardsSharing24Bits = (act: Act, chips: readonly Buffer[], most: number): Promise<LabCard[]> =>
  act.statement<LabCard>('lab_sharing', sharingSql, [chips.map(chip => chip.toString('hex').slice(-6)), most])

/** What stands on a controller under a number: as it confirmed to Gatehouse, or as its list was read. */
export interface OnController {
  controllerId: number
  buildingZh: string
  buildingEn: string
  number: number
  by: 'confirmed' | 'read'
  doors: Doors
  from: Temporal.PlainDate
  to: Temporal.PlainDate
  at: Temporal.Instant
  /** In a list that was read: a card of the register, or another system's. */
  standing: string | null
}

const standsSql = `
  select c.id as "controllerId", c.building_zh as "buildingZh", c.building_en as "buildingEn", h.number, 'confirmed' as by,
         h.doors, h.valid_from as "from", h.valid_to as "to", h.confirmed_at as at, null as standing
  from controller c cross join unnest($1::bigint[]) n join held h on h.controller_id = c.id and h.number = n
  where h.doors <> '{0,0,0,0}'
  union all
  select c.id, c.building_zh, c.building_en, s.number, 'read', s.doors, s.valid_from, s.valid_to, v.ended_at, s.standing
  from controller c
  join controller_survey v on v.id = (
    select max(id) from controller_survey where controller_id = c.id and outcome = 'complete')
  cross join unnest($1::bigint[]) n join survey_card s on s.survey_id = v.id and s.number = n
  where not s.ours or s.standing <> 'ours'
  order by 1, 4, 5 limit $2`

/** What controllers hold under these numbers; of a list that was read, what is not ours as it should be. */
export const standsUnder = (act: Act, numbers: readonly number[], most: number): Promise<OnController[]> =>
  act.statement<OnController>('lab_stands', standsSql, [numbers, most])

/** How many controllers have readers of which format. */
export const formatsByControllers = (act: Act): Promise<{ format: string; controllers: number }[]> =>
  act.statement(
    'lab_formats',
    'select number_format as format, count(*)::int as controllers from controller group by 1 order by 2 desc, 1',
    [],
  )
