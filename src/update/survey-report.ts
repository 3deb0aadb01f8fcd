import type { Transaction } from '../server/database.ts'
import { rowsOf, unlimited } from '../server/rows-of.ts'
import type { FoundCard, Standing, SurveyOutcome } from './rules.ts'

/** How many cards of each kind a complete reading of a controller's list found. */
export interface Found {
  readAt: Temporal.Instant
  ours: number
  different: number
  missing: number
  leftOver: number
  others: number
}

/** A controller's list: the newest reading, whatever came of it, and what the last complete one found. */
export interface SurveyReport {
  controllerId: number
  buildingZh: string
  buildingEn: string
  capacity: number
  askedAt: Temporal.Instant | null
  beganAt: Temporal.Instant | null
  placesRead: number
  endedAt: Temporal.Instant | null
  outcome: SurveyOutcome | null
  wrongPlace: number | null
  found: Found | null
  /** Numbers that a card of ours has, that are due here, and that another's card holds. */
  taken: number
  /** Cards of the register that stand here and that nobody adopted yet. */
  toAdopt: number
  adoptedAt: Temporal.Instant | null
}

const notAdopted = `not s.ours
    and not exists (select from adopted_number a where a.controller_id = c.id and a.number = s.number)`

const surveysSql = `
  select c.id as "controllerId", c.building_zh as "buildingZh", c.building_en as "buildingEn", c.capacity,
         n.asked_at as "askedAt", n.began_at as "beganAt", coalesce(n.places_read, 0) as "placesRead",
         n.ended_at as "endedAt", n.outcome, n.wrong_place as "wrongPlace",
         d.ended_at as "readAt", d.ours, d.different, d.missing, d.left_over as "leftOver", d.others,
         (select count(*) from survey_card s
          where s.survey_id = d.id and s.taken_at is not null and ${notAdopted}) as taken,
         (select count(*) from survey_card s
          where s.survey_id = d.id and s.standing <> 'foreign' and ${notAdopted}) as "toAdopt",
         (select max(adopted_at) from adopted_number where controller_id = c.id) as "adoptedAt"
  from controller c
  left join lateral (select * from controller_survey where controller_id = c.id order by id desc limit 1) n on true
  left join lateral (select * from controller_survey
                     where controller_id = c.id and outcome = 'complete' order by id desc limit 1) d on true
  order by c.id`

type Row = Omit<SurveyReport, 'found'> & { [Of in keyof Found]: Found[Of] | null }

/** Every controller with what is known of its card list. */
export async function surveysNow(trx: Transaction): Promise<SurveyReport[]> {
  const rows = await trx.statement<Row>('report_surveys', surveysSql, [])
  return rows.map(({ readAt, ours, different, missing, leftOver, others, ...row }) => ({
    ...row,
    found:
      readAt === null
        ? null
        : {
            readAt,
            ours: ours!,
            different: different!,
            missing: missing!,
            leftOver: leftOver!,
            others: others!,
          },
  }))
}

/** A card that stands on a controller: number, doors and days; whose it is, a controller does not know. */
export interface StandingReport extends FoundCard {
  place: number
  standing: Standing
  /** Since when a card of ours with this number was kept back because of it. */
  takenAt: Temporal.Instant | null
  adopted: boolean
}

// Those that keep one of ours back first, then left over, different, others', each by number.
const cardsSql = `
  select s.number, s.place, s.doors, s.valid_from as "from", s.valid_to as "to", s.with_pin as "withPin", s.standing,
         case when not s.ours and a.number is null then s.taken_at end as "takenAt", a.number is not null as adopted
  from survey_card s
  left join adopted_number a on a.controller_id = $1 and a.number = s.number
  where s.survey_id = (select max(id) from controller_survey where controller_id = $1 and outcome = 'complete')
    and (s.standing <> 'ours')
  order by case when not s.ours and a.number is null then s.taken_at end is null,
           array_position('{left-over,different,foreign}'::text[], s.standing), s.number
  limit $2`

/** The cards on a controller that are not ours or not as they should be, as the last complete reading found them. */
export const cardsOf = (trx: Transaction, controllerId: number, limit: number): Promise<StandingReport[]> =>
  trx.statement<StandingReport>('report_survey_cards', cardsSql, [controllerId, limit])

/** All of them, a few hundred in memory at a time. */
export const everyCardOn = (trx: Transaction, controllerId: number): AsyncGenerator<StandingReport> =>
  rowsOf<StandingReport>(trx, 'export_survey_cards', cardsSql, [controllerId, unlimited])
