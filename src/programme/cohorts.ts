import type { Cohort, PersonStatus, Programme } from './shape.ts'
import type { PersonKind } from './shape-parts.ts'

/** The plain facts about a person that cohorts ask for, as the roster has them today. */
export interface PersonFacts {
  /** The first calendar year of the academic year of entry: 2023 is academic year 112. */
  enteredYear: number
  status: PersonStatus
  kind: PersonKind
  /** The id of the department, or null when the roster does not say. */
  department: string | null
  /** The id of the campus site, or null: then the department's site counts. */
  site: string | null
  /** The terms spent on leave, this one included: `2023-1` is fall 2023. */
  leaveTerms: readonly string[]
}

/** The site a person belongs to: their own, else their department's, else unknown. */
export const siteOf = (programme: Programme, person: PersonFacts): string | null =>
  person.site ?? programme.departments.find(each => each.id === person.department)?.site ?? null

/** The conditions of a cohort in the order in which they are looked at. */
export const conditions = [
  'enteredFrom',
  'enteredThrough',
  'statuses',
  'kinds',
  'sites',
  'leaveTerms',
] as const
export type Condition = (typeof conditions)[number]

/** Whether one condition holds for a person; one that is not written holds. */
function meets(
  programme: Programme,
  when: Cohort['when'],
  person: PersonFacts,
): Record<Condition, () => boolean> {
  const site = siteOf(programme, person)
  return {
    enteredFrom: () => when.enteredFrom === undefined || person.enteredYear >= when.enteredFrom,
    enteredThrough: () => when.enteredThrough === undefined || person.enteredYear <= when.enteredThrough,
    statuses: () => when.statuses === undefined || when.statuses.includes(person.status),
    kinds: () => when.kinds === undefined || when.kinds.includes(person.kind),
    sites: () => when.sites === undefined || (site !== null && when.sites.includes(site)),
    leaveTerms: () =>
      when.leaveTerms === undefined || when.leaveTerms.some(term => person.leaveTerms.includes(term)),
  }
}

/** The first condition of a cohort that does not hold for a person, or null where all do. */
export function firstUnmet(
  programme: Programme,
  when: Cohort['when'],
  person: PersonFacts,
): Condition | null {
  const met = meets(programme, when, person)
  return conditions.find(condition => !met[condition]()) ?? null
}

const holds = (programme: Programme, when: Cohort['when'], person: PersonFacts): boolean =>
  firstUnmet(programme, when, person) === null

/** Why a cohort decides about a person, or does not: another before it took them, or a condition does not hold. */
export type WhyNot =
  | { kind: 'decides' }
  | { kind: 'taken-before'; by: Cohort }
  | { kind: 'condition'; condition: Condition }

/** Why a cohort does not decide about a person; where it would and an earlier one does, that one. */
export function whyNot(programme: Programme, cohort: Cohort, person: PersonFacts): WhyNot {
  const condition = firstUnmet(programme, cohort.when, person)
  if (condition !== null) return { kind: 'condition', condition }
  const by = cohortOf(programme, person)
  return by.id === cohort.id ? { kind: 'decides' } : { kind: 'taken-before', by }
}

/** The cohort that decides about a person: the first whose conditions all hold. The last one catches everybody. */
export function cohortOf(programme: Programme, person: PersonFacts): Cohort {
  const cohort = programme.cohorts.find(each => holds(programme, each.when, person))
  if (!cohort) throw new Error('No cohort catches this person; readProgramme refuses such a programme.')
  return cohort
}
