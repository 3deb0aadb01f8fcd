import { eligibility, type Holder } from '../eligibility/rules.ts'
import type { PersonFacts } from '../programme/cohorts.ts'
import { editionIssuedOn } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { isDueACard } from './rules.ts'

const groupsSql = `
  select department, entry_year as "enteredYear", status, kind, site, leave_terms as "leaveTerms" from kinds_of_people()`

/** What the desk's rule says of everybody whose plain facts are these. */
interface DecidedGroup extends Omit<PersonFacts, 'leaveTerms'> {
  leaveTerms: readonly string[]
  cohort: string
  /** The first counter they are sent to, and, where they collect at these alone, all of them. */
  place: string | null
  onlyAt: readonly string[] | null
  /** Due a card of the edition issued today: who has none yet, and who holds one. */
  due: boolean
  dueHolding: boolean
}

/** Everything that the overview's statements start from: decided once a group of people with the same plain facts. */
export interface Decided {
  programme: Programme
  today: Temporal.PlainDate
  edition: string
  /** The groups as JSON, for SQL that joins people to them. */
  groups: string
}

const nothing: Omit<Holder, 'person' | 'cards'> = { oldCardLost: false, reissuePaid: false, reissue: null }

function decide(
  person: PersonFacts,
  programme: Programme,
  today: Temporal.PlainDate,
  edition: string,
): DecidedGroup {
  const card = { edition, producedOn: today, misprinted: false, counter: '', handedOverOn: null }
  const waiting = eligibility({ person, cards: [], ...nothing }, programme, today)
  const holding = eligibility(
    { person, cards: [{ ...card, handedOverOn: today }], ...nothing },
    programme,
    today,
  )
  // A card that lies at no counter of the programme: whether that is said to be another one than theirs.
  const elsewhere = eligibility({ person, cards: [card], ...nothing }, programme, today)
  const deadlineOn = Temporal.PlainDate.from(programme.deadline.on)
  const { where } = 'errand' in waiting ? waiting.errand : waiting
  return {
    ...person,
    cohort: ('errand' in waiting ? waiting.errand : waiting).cohort,
    place: where[0] ?? null,
    onlyAt: !elsewhere.ok && elsewhere.refusal === 'card-at-another-counter' ? elsewhere.errand.where : null,
    due: isDueACard(waiting, deadlineOn),
    dueHolding: isDueACard(holding, deadlineOn),
  }
}

/*
 * How many people a group has the planner cannot know, and for few it would walk through all of them once a person. What is
 * counted here is everybody: every join is a hash join in memory, and no time goes into compiling. Processes that help would
 * use a third more processor time, which desks need at the same moment.
 */
const planned = {
  enable_nestloop: 'off',
  jit: 'off',
  work_mem: '64MB',
  max_parallel_workers_per_gather: '0',
} as const

const planSql = `select ${Object.entries(planned)
  .map(([setting, value]) => `set_config('${setting}', '${value}', true)`)
  .join(', ')}`

const asUsualSql = `
  select set_config(name, reset_val, true) from pg_settings where name in (${Object.keys(planned)
    .map(setting => `'${setting}'`)
    .join(', ')})`

/** Lets the rest of the act be planned as usual again. */
export const planAsUsual = async (act: Act): Promise<void> => {
  await act.statement('overview_plan_as_usual', asUsualSql, [])
}

/** Asks the desk's rule once for each kind of person that the roster has; some thousand for any number of people. */
export async function decideGroups(act: Act): Promise<Decided> {
  const [programme, people] = await Promise.all([
    programmeInForce(act),
    act.statement<PersonFacts>('overview_groups', groupsSql, []),
    act.statement('overview_plan', planSql, []),
  ])
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const edition = editionIssuedOn(programme, today)?.id ?? ''
  const groups = people.map(person => decide(person, programme, today, edition))
  return { programme, today, edition, groups: JSON.stringify(groups) }
}
